// takes an Ed25519 key that someone keeps, gives the one shape the handshake signs with.

import type { Bytes } from '../brand.ts';

/** An Ed25519 key that can sign and cannot be read (`trust.md` §4). */
export interface Identity {
  /** IK, 32 bytes. */
  readonly publicKey: Bytes;
  /** Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Promise<Bytes>;
}
