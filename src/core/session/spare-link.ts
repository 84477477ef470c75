// takes a way to make links, gives one whose offer is under way before anybody knows whom it is for.

import type { Link, LinkEvent } from '../transport/port.ts';

export interface SpareLink {
  /** Gives the link once, with the offer it has begun; its events go to `sink` from then on, those so far first. */
  take(
    sink: (event: LinkEvent) => void,
  ): { readonly link: Link; readonly offered: Promise<string> } | undefined;
  /** Nobody needs it. */
  drop(): void;
}

/**
 * Creating an offer takes tens of milliseconds, and so does loading the cryptography: whoever joins lets both run at
 * once. An offer that nobody takes is closed; it was sent to nobody.
 */
export function prepareLink(create: (sink: (event: LinkEvent) => void) => Link): SpareLink {
  const early: LinkEvent[] = [];
  let sink = (event: LinkEvent): void => void early.push(event);
  let spare: Link | undefined = create((event) => sink(event));
  const offered = spare.offer();
  // Whoever takes the link hears of it; if nobody does, it does not matter.
  offered.catch(() => {});
  return {
    take: (next) => {
      const link = spare;
      if (link === undefined) return undefined;
      spare = undefined;
      sink = next;
      // Later, so that whoever takes the link has it before it speaks.
      queueMicrotask(() => early.splice(0).forEach(next));
      return { link, offered };
    },
    drop: () => {
      spare?.close();
      spare = undefined;
    },
  };
}
