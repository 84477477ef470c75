// takes the SAS key of a handshake, gives what two people compare.

import type { Bytes } from '../brand.ts';

/** The short authentication string in its two shapes. */
export interface Sas {
  /** Seven indexes into the emoji table, 0 to 63 each. */
  readonly emoji: readonly number[];
  /** Three numbers from 1000 to 9191. */
  readonly numbers: readonly number[];
}

/** Six bytes → 42 bits → seven emoji; the first 39 bits → three numbers (`trust.md` §5). */
export function sasOf(bytes: Bytes): Sas {
  const bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const take = (from: number, width: number) =>
    Number((bits >> BigInt(48 - from - width)) & ((1n << BigInt(width)) - 1n));
  return {
    emoji: [0, 1, 2, 3, 4, 5, 6].map((place) => take(place * 6, 6)),
    numbers: [0, 1, 2].map((place) => take(place * 13, 13) + 1000),
  };
}
