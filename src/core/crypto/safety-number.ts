// takes two identity keys, gives the 60 digits both people can compare at leisure.

import type { Bytes } from '../brand.ts';
import { concat, u16 } from './bytes.ts';
import type { Hash } from './kdf.ts';
import { L } from './labels.ts';

/** Signal's iteration count: a search for a key with the same digits costs that much more. */
const ITERATIONS = 5200;
const VERSION = 0;

// Signal's numeric fingerprint: H₀ = version ‖ key ‖ identifier, Hₙ = SHA-512(Hₙ₋₁ ‖ key); ours has a label for identifier.
function digitsOf({ hash }: Hash, ik: Uint8Array): string {
  let state: Bytes = concat(u16(VERSION), ik, L('safety number'));
  for (let round = 0; round < ITERATIONS; round += 1) state = hash(concat(state, ik));
  const groups = [0, 5, 10, 15, 20, 25].map((at) => {
    const value = state.subarray(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, '0');
  });
  return groups.join('');
}

/** 60 digits, 30 for each key, the smaller half first: the same on both sides. Some 20 ms; ask when it is shown. */
export const safetyNumber = (hash: Hash, ikA: Uint8Array, ikB: Uint8Array): string =>
  [digitsOf(hash, ikA), digitsOf(hash, ikB)].toSorted().join('');
