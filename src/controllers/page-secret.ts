// takes the page's address, gives the room secret in its fragment, read once and taken out of sight (`trust.md` §3).

import { parseRoomFragment, type ErrorCode, type Result } from '../core.ts';

export type PageSecret = Result<Uint8Array | null, ErrorCode>;

/** Where the fragment waits for a reload of this tab: in the history entry, which neither server nor other pages see. */
const stateKey = 'reformsFragment';

interface Reading {
  secret: PageSecret;
  readonly listeners: Set<() => void>;
}

const readings = new WeakMap<Document, Reading>();

/** The secret of the link that opened `page`; null where it has none, a reason where it is broken. */
export const pageSecret = (page: Document): PageSecret => readingOf(page).secret;

/** Calls `listener` when the page comes to another room link: one pasted over it, or a step back. */
export function watchPageSecret(page: Document, listener: () => void, signal: AbortSignal): void {
  const { listeners } = readingOf(page);
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
}

function readingOf(page: Document): Reading {
  const known = readings.get(page);
  if (known !== undefined) return known;
  const window = page.defaultView;
  if (window === null) return { secret: { ok: true, value: null }, listeners: new Set() };
  const reading: Reading = { secret: read(window), listeners: new Set() };
  readings.set(page, reading);
  const readAgain = (): void => {
    const next = read(window);
    // An entry that says nothing about a room (a page's own anchor, its own pushState) leaves us where we are.
    if (next.ok && next.value === null) return;
    reading.secret = next;
    for (const listener of [...reading.listeners]) listener();
  };
  // These live as long as the page whose address they read.
  window.addEventListener('hashchange', readAgain);
  window.addEventListener('popstate', readAgain);
  return reading;
}

function read(window: Window): PageSecret {
  const { hash } = window.location;
  const fresh = parseRoomFragment(hash);
  if (!fresh.ok) return fresh;
  if (fresh.value === null) return parseRoomFragment(remembered(window) ?? '');
  strip(window, hash);
  return fresh;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function remembered({ history }: Window): string | undefined {
  const state: unknown = history.state;
  const fragment = isRecord(state) ? state[stateKey] : undefined;
  return typeof fragment === 'string' ? fragment : undefined;
}

function strip({ history, location }: Window, hash: string): void {
  const state: unknown = history.state;
  // A page's own state that is no object cannot carry ours, and without it a reload would open another, unprotected
  // room: there the secret stays in the address.
  if (state !== null && !isRecord(state)) return;
  const parts = hash.slice(1).split('&');
  const secret = parts.find((part) => part.startsWith('rf='));
  const rest = parts.filter((part) => part !== secret).join('&');
  const address = `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`;
  try {
    history.replaceState({ ...state, [stateKey]: secret }, '', address);
  } catch {
    // Sandboxed frames may not touch their history; the secret then stays where it is.
  }
}
