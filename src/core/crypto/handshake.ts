// takes a context and an SDP, gives an RH1 handshake: who may call, who may answer (`trust.md` §5).

import type { Hello } from '../brand.ts';
import type { Result } from '../errors.ts';
import type { HandshakeContext, Initiator, Responder } from './handshake-types.ts';
import { startInitiator } from './rh1-initiator.ts';
import { startResponder } from './rh1-responder.ts';

/**
 * Calls: makes the OFFER for our SDP. Rejects with `fingerprint-count` where our own SDP has not exactly one
 * fingerprint, `frame-too-large` where it does not fit 64 KiB.
 */
export async function createInitiator(
  context: HandshakeContext,
  own: { readonly sdp: string },
): Promise<{ readonly offer: Hello; readonly machine: Initiator }> {
  return startInitiator(context, own, context.sodium.random);
}

/**
 * Is called: reads an OFFER. `decrypt` for another room, peer, connection or kind, or any change; `version`,
 * `bad-frame`, `frame-too-large`, `fingerprint-count` for what an insider may have sent. A refused OFFER leaves
 * nothing behind.
 */
export async function createResponder(
  context: HandshakeContext,
  offer: Uint8Array,
): Promise<Result<Responder>> {
  return startResponder(context, offer, context.sodium.random);
}
