// takes what someone calls themselves, gives what they are called here: nobody passes for another, or turns a sentence around.

import { cleanName, skeletonOf } from '../core.ts';

/** A claimed name, and its place among its namesakes. */
export interface Named {
  readonly name: string;
  readonly ordinal?: number | undefined;
}

/** What the kit itself calls people, in the language of the element. */
export interface OwnNames {
  readonly guest: string;
  readonly you: string;
}

/** Unicode's first-strong isolate and its end (UAX #9): the name cannot turn what stands around it. */
export const isolate = (name: string): string => `\u2068${name}\u2069`;

/** `Ada`; `Ada (2)` for who came while another Ada was here, and for who calls themselves what the reader is called. */
export function labelOf({ name, ordinal = 1 }: Named, { guest, you }: OwnNames): string {
  const claimed = cleanName(name);
  const isYou = claimed !== '' && skeletonOf(claimed) === skeletonOf(you);
  const place = isYou ? ordinal + 1 : ordinal;
  const shown = claimed === '' ? guest : claimed;
  return place === 1 ? shown : `${isolate(shown)} (${place})`;
}

/** A label ready to stand inside a sentence of any direction. */
export const isolatedLabel = (named: Named, own: OwnNames): string => isolate(labelOf(named, own));
