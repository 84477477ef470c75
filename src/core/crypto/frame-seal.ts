// takes plain bytes, gives sealed frames `tag ‖ u64 counter ‖ CP(...)`, and back.

import type { Bytes, Sealed } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat, readU64, u64 } from './bytes.ts';
import { mintSealed } from './mint.ts';
import type { Replay } from './replay.ts';
import type { Sodium } from './sodium.ts';

/** First byte of a frame, because several kinds share a carrier. */
export const FRAME_TAG = {
  /** A sealed frame; on `rf-ctl` before SECURE: CONFIRM. */
  sealed: 0x01,
  /** FIN. */
  fin: 0x02,
  /** A candidate that the initiator sealed before the ANSWER came. */
  early: 0x03,
} as const;

/** The key of one direction, and what its frames are bound to. */
export interface FrameKey {
  readonly sodium: Sodium;
  readonly tag: number;
  /** 32 bytes, for one direction only. */
  readonly key: Uint8Array;
  readonly ad: Uint8Array;
}

export type Seal = (plain: Uint8Array) => Sealed;
export type Open = (frame: Uint8Array) => Result<Bytes>;

const HEAD = 9;
const TAG_BYTES = 16;

// nonce = 0^4 ‖ u64 counter (`trust.md` §5). A key seals at most 2^53 frames, each under a counter of its own.
const nonceOf = (counter: number): Bytes => concat(new Uint8Array(4), u64(counter));

/** Seals with counters 0, 1, 2, … */
export function frameSealer({ sodium, tag, key, ad }: FrameKey): Seal {
  let next = 0;
  return (plain) => {
    const counter = next;
    next += 1;
    const body = sodium.seal(key, nonceOf(counter), ad, plain);
    return mintSealed(concat(new Uint8Array([tag]), u64(counter), body));
  };
}

/** Opens what the other side sealed: `bad-frame`, `replay` or `decrypt` otherwise, and no state changes then. */
export function frameOpener({ sodium, tag, key, ad }: FrameKey, replay: Replay): Open {
  return (frame) => {
    if (frame.length < HEAD + TAG_BYTES || frame[0] !== tag) return no('bad-frame');
    const counter = readU64(frame, 1);
    if (counter === null || !replay.fresh(counter)) return no('replay');
    const plain = sodium.open(key, nonceOf(counter), ad, frame.subarray(HEAD));
    if (plain === null) return no('decrypt');
    replay.accept(counter);
    return ok(plain);
  };
}
