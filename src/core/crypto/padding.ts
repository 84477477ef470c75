// takes bytes, gives bytes whose length says little, and back.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';

/**
 * The Padmé length for `length` bytes: at most 12 % more, and only O(log log length) bits of it are told
 * (PoPETs 2019, "Reducing Metadata Leakage from Encrypted Files", algorithm 1). Exact up to 2^53 - 1.
 */
export function padme(length: number): number {
  if (length < 2) return length;
  let exponent = 0;
  while (2 ** (exponent + 1) <= length) exponent += 1;
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(length / step) * step;
}

/** `Pad(x, min)` = x ‖ 0x80 ‖ zeros to Padmé(max(len + 1, min)) (`trust.md` §2). */
export function pad(plain: Uint8Array, min: number): Bytes {
  const padded = new Uint8Array(padme(Math.max(plain.length + 1, min)));
  padded.set(plain);
  padded[plain.length] = 0x80;
  return padded;
}

/** Undoes `pad(x, min)`; `bad-frame` for anything `pad` would not have made. */
export function unpad(padded: Uint8Array, min: number): Result<Bytes, 'bad-frame'> {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== 0x80) return no('bad-frame');
  if (padded.length !== padme(Math.max(end + 1, min))) return no('bad-frame');
  return ok(new Uint8Array(padded.subarray(0, end)));
}
