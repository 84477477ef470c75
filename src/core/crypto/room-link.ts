// takes a link's fragment, gives the room secret in it, and back. No libsodium: it is loaded with the first paint.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { fromBase64Url, toBase64Url } from './bytes.ts';

/** Length of a room secret, in bytes. */
export const ROOM_SECRET_BYTES = 32;

/** A fresh room secret, 32 bytes from the browser's own randomness. */
export const newRoomSecret = (): Bytes => crypto.getRandomValues(new Uint8Array(ROOM_SECRET_BYTES));

/** The fragment of a room link, without the `#`: `rf=1.<b64u secret>` (`trust.md` §3). */
export const encodeRoomFragment = (secret: Uint8Array): string => `rf=1.${toBase64Url(secret)}`;

/**
 * The room secret of `location.hash` (with or without `#`). `null` where the fragment speaks of something else;
 * a fragment that means to hold a secret but is broken is never taken for none: `version` for another version than 1,
 * `invalid-secret` for anything that is not exactly 32 bytes of base64url.
 */
export function parseRoomFragment(hash: string): Result<Bytes | null, 'version' | 'invalid-secret'> {
  const parameters = hash.replace(/^#/, '').split('&');
  const found = parameters.filter((parameter) => parameter.startsWith('rf='));
  const [only] = found;
  if (only === undefined) return ok(null);
  if (found.length > 1) return no('invalid-secret');
  if (!only.startsWith('rf=1.')) return no(/^rf=\d+\./.test(only) ? 'version' : 'invalid-secret');
  const secret = fromBase64Url(only.slice('rf=1.'.length), ROOM_SECRET_BYTES);
  return secret.ok ? secret : no('invalid-secret');
}
