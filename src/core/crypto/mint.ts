// takes bytes that were just sealed, gives them the name under which they may leave. The only casts of the brands.

import type { Hello, Sealed, Secured } from '../brand.ts';

/**
 * Names bytes `Sealed`. Called where an authenticated encryption has just ended, nowhere else; not exported from
 * `core/crypto/index.ts`.
 */
export const mintSealed = (bytes: Uint8Array<ArrayBuffer>): Sealed => bytes as Sealed;

/** Names bytes `Hello`: OFFER, ANSWER, FIN and CONFIRM of RH1. Not exported from `core/crypto/index.ts`. */
export const mintHello = (bytes: Uint8Array<ArrayBuffer>): Hello => bytes as Hello;

/** The proof that a pair is SECURE. Called once, at the end of the handshake; not exported from `core/crypto/index.ts`. */
export const mintSecured = (): Secured => Object.freeze({}) as Secured;
