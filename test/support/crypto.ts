// takes a few choices, gives two people who can shake hands in a test.

import { createInitiator, createResponder, loadSodium, roomKeys } from '../../src/core/crypto/index.ts';
import type {
  HandshakeContext,
  Identity,
  Initiator,
  InitiatorReady,
  ResponderReady,
  SecurePair,
  Sodium,
} from '../../src/core/crypto/index.ts';
import type { Bytes, Hello } from '../../src/core/brand.ts';
import type { Result } from '../../src/core/errors.ts';

/** The value of a result, or a failure that names the reason. */
export function valueOf<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}

/** The reason of a refusal, or `accepted`. */
export const reasonOf = (result: Result<unknown, string>): string => (result.ok ? 'accepted' : result.reason);

/** The code of the error a promise or a call ends with, or `none`. */
export async function codeOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

export { concat } from '../../src/core/crypto/bytes.ts';

export const bytes = (...values: readonly number[]): Bytes => new Uint8Array(values);
export const filled = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);

export const hexOf = (data: Uint8Array): string =>
  Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const ofHex = (hex: string): Bytes =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** A copy with one byte changed. */
export function flipped(data: Uint8Array, at: number, mask = 0x01): Bytes {
  const copy = new Uint8Array(data);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
}

/** A smallest SDP whose certificate has the fingerprint `bb:bb:…`. */
export const sdpOf = (byte: number): string =>
  `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => hexOf(bytes(byte)).toUpperCase()).join(':')}\r\n`;

/** An Ed25519 identity of a seed. */
export function identityOfSeed(sodium: Sodium, seed: Uint8Array): Identity {
  const { publicKey, secretKey } = sodium.signKeys(seed);
  return { publicKey, sign: async (message) => sodium.sign(secretKey, message) };
}

/** The context both sides share, as seen by the one of this seed. */
export async function contextOf(
  seed: number,
  changes: Partial<HandshakeContext> & { readonly secret?: Uint8Array | null } = {},
): Promise<HandshakeContext> {
  const sodium = await loadSodium();
  const { secret = filled(32, 7), ...rest } = changes;
  return {
    sodium,
    identity: identityOfSeed(sodium, filled(32, seed)),
    room: roomKeys(sodium, { room: 'hello', secret: secret ?? undefined }),
    initiatorPeerId: 'alice-peer',
    responderPeerId: 'bob-peer',
    connectionId: 'connection-1',
    kind: 'call',
    ...rest,
  };
}

export const ALICE = 1;
export const BOB = 2;
export const ALICE_SDP = sdpOf(0xaa);
export const BOB_SDP = sdpOf(0xbb);

/** A handshake up to the ANSWER, and all that is in the air. */
export interface Halfway {
  readonly offer: Hello;
  readonly initiator: Initiator;
  readonly responder: ResponderReady;
}

/** OFFER and ANSWER between two contexts. */
export async function halfway(alice: HandshakeContext, bob: HandshakeContext): Promise<Halfway> {
  const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
  const responder = await valueOf(await createResponder(bob, offer)).answer({ sdp: BOB_SDP });
  return { offer, initiator: machine, responder };
}

/** A handshake up to FIN. */
export async function authenticated(
  alice: HandshakeContext,
  bob: HandshakeContext,
): Promise<{ readonly a: InitiatorReady; readonly b: ResponderReady }> {
  const { initiator, responder } = await halfway(alice, bob);
  const a = valueOf(await initiator.readAnswer(responder.answer));
  valueOf(responder.readFin(a.fin));
  return { a, b: responder };
}

/** The pair of a stage that must be SECURE. */
export function pairOf(stage: InitiatorReady | ResponderReady): SecurePair {
  const pair = stage.secure();
  if (pair === null) throw new Error('not secure');
  return pair;
}

/** A whole handshake. */
export async function secured(
  alice: HandshakeContext,
  bob: HandshakeContext,
): Promise<{ readonly a: SecurePair; readonly b: SecurePair }> {
  const { a, b } = await authenticated(alice, bob);
  valueOf(b.readConfirm(valueOf(await a.confirm(undefined))));
  valueOf(a.readConfirm(valueOf(await b.confirm(undefined))));
  return { a: pairOf(a), b: pairOf(b) };
}
