// takes plain bytes, gives Sealed, and back: candidates by the server, frames on `rf-ctl`.

import type { Bytes, Sealed } from '../brand.ts';
import type { Result } from '../errors.ts';
import { utf8 } from './bytes.ts';
import { FRAME_TAG, frameOpener, frameSealer } from './frame-seal.ts';
import { L } from './labels.ts';
import { replayWindow, strictOrder } from './replay.ts';
import type { Sodium } from './sodium.ts';

/** The sealed control channel `rf-ctl` after SECURE: ordered, each counter higher than the last. */
export interface Channel {
  /** `0x01 ‖ u64 counter ‖ ciphertext`: 25 bytes more than the plain bytes. */
  seal(plain: Uint8Array): Sealed;
  /** The plain bytes, or `bad-frame`, `replay`, `decrypt`; a refused frame changes nothing. */
  open(frame: Uint8Array): Result<Bytes>;
}

/** Sealed frames that the signaling server carries: candidates, bye, restarts. Reordered up to 63 frames. */
export interface SignalSeal {
  /** `0x01 ‖ u64 counter ‖ ciphertext`: 25 bytes more than the plain bytes. */
  seal(plain: Uint8Array): Sealed;
  /** The plain bytes, or `bad-frame`, `replay`, `decrypt`; a refused frame changes nothing. */
  open(frame: Uint8Array): Result<Bytes>;
}

/** Two keys, one for each direction: what one side sealed never opens on the same side (reflection). */
export interface ChannelKeys {
  readonly sodium: Sodium;
  readonly connectionId: string;
  /** 32 bytes, ours to send. */
  readonly send: Uint8Array;
  /** 32 bytes, theirs. */
  readonly receive: Uint8Array;
}

/** `CP(K.ctl, nonce = 0^4 ‖ counter, ad = L("ctl", connectionId))`. */
export function createChannel({ sodium, connectionId, send, receive }: ChannelKeys): Channel {
  const common = { sodium, tag: FRAME_TAG.sealed, ad: L('ctl', utf8(connectionId)) };
  return {
    seal: frameSealer({ ...common, key: send }),
    open: frameOpener({ ...common, key: receive }, strictOrder()),
  };
}

/** `CP(K.sig, nonce = 0^4 ‖ counter, ad = L("sig", connectionId))`, with a 64-entry replay window (`trust.md` §5). */
export function createSignalSeal({ sodium, connectionId, send, receive }: ChannelKeys): SignalSeal {
  const common = { sodium, tag: FRAME_TAG.sealed, ad: L('sig', utf8(connectionId)) };
  return {
    seal: frameSealer({ ...common, key: send }),
    open: frameOpener({ ...common, key: receive }, replayWindow()),
  };
}
