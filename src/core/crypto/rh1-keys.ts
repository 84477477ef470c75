// takes a Noise chaining key and hash, gives every key of an RH1 session by its label (`trust.md` §5).

import type { Bytes } from '../brand.ts';
import { concat, lp, utf8 } from './bytes.ts';
import type { HandshakeContext } from './handshake-types.ts';
import { expand, hmac } from './kdf.ts';
import type { Hash } from './kdf.ts';
import { L } from './labels.ts';
import type { NoisePattern } from './noise.ts';
import { sasOf } from './sas.ts';
import type { Sas } from './sas.ts';

/** The one suite of `reforms/1`. */
export const RH1: NoisePattern = {
  name: 'Noise_NNpsk0+hfs_25519+MLKEM768_ChaChaPoly_SHA512',
  messages: [
    ['psk', 'e', 'e1'],
    ['e', 'ee', 'ekem1'],
  ],
};

/** Least padded length of the payloads of OFFER and ANSWER. */
export const PAYLOAD_MIN = 1024;

export type Role = 'i' | 'r';

/** Role names on the wire: the second byte of CONFIRM. */
export const ROLE_BYTE: Readonly<Record<Role, number>> = { i: 0x69, r: 0x72 };

/** "reforms/1 rh1" ‖ lp(topic) ‖ lp(initiatorPeerId) ‖ lp(responderPeerId) ‖ lp(connectionId) ‖ lp(kind). */
export const prologueOf = (context: HandshakeContext): Bytes =>
  concat(
    utf8('reforms/1 rh1'),
    lp(context.room.topic),
    lp(utf8(context.initiatorPeerId)),
    lp(utf8(context.responderPeerId)),
    lp(utf8(context.connectionId)),
    lp(utf8(context.kind)),
  );

/** K.early = Expand(ck after OFFER, "reforms/1 early" ‖ h1, 32). */
export const earlyKey = (hash: Hash, chain: Uint8Array, h1: Uint8Array): Bytes =>
  expand(hash, chain, concat(utf8('reforms/1 early'), h1), 32);

/** sasc = H(L("sas-commit", nA ‖ IK_A))[0:32]. */
export const sasCommitment = ({ hash }: Hash, nonce: Uint8Array, ik: Uint8Array): Bytes =>
  hash(L('sas-commit', nonce, ik)).slice(0, 32);

/** What the responder signs: L("sig responder", h_pre ‖ H(body2)). */
export const responderSigns = ({ hash }: Hash, hPre: Uint8Array, body: Uint8Array): Bytes =>
  L('sig responder', hPre, hash(body));

/** What the initiator signs: L("sig initiator", h ‖ H(body3)). */
export const initiatorSigns = ({ hash }: Hash, h: Uint8Array, body: Uint8Array): Bytes =>
  L('sig initiator', h, hash(body));

/** The keys that exist once the ANSWER is written or read. */
export interface SessionKeys {
  readonly h: Bytes;
  readonly fin: Bytes;
  readonly signal: Readonly<Record<Role, Bytes>>;
  readonly ctl: Readonly<Record<Role, Bytes>>;
  readonly confirm: Readonly<Record<Role, Bytes>>;
  readonly sas: Bytes;
  readonly ratchetRoot: Bytes;
  readonly ratchetSid: Bytes;
}

/** X = Expand(ck, "reforms/1 exporter", 64); K[label] = Expand(X, label ‖ 0 ‖ h, n). A key of `i` is used by the initiator. */
export function sessionKeys(hash: Hash, chain: Uint8Array, h: Bytes): SessionKeys {
  const exporter = expand(hash, chain, utf8('reforms/1 exporter'), 64);
  const key = (label: string, length = 32) => expand(hash, exporter, concat(utf8(`${label}\0`), h), length);
  return {
    h,
    fin: key('fin'),
    signal: { i: key('sig i2r'), r: key('sig r2i') },
    ctl: { i: key('ctl i2r'), r: key('ctl r2i') },
    confirm: { i: key('confirm i'), r: key('confirm r') },
    sas: key('sas'),
    ratchetRoot: key('dr root'),
    ratchetSid: key('dr sid', 8),
  };
}

/** mac(role) = HMAC(K["confirm "+role], L("dtls", fp_initiator ‖ fp_responder))[0:32]. */
export const confirmMac = (
  hash: Hash,
  keys: SessionKeys,
  role: Role,
  fingerprints: Readonly<Record<Role, Uint8Array>>,
): Bytes => hmac(hash, keys.confirm[role], L('dtls', fingerprints.i, fingerprints.r)).slice(0, 32);

/** SAS = Expand(K.sas, L("sas", IK_A ‖ IK_B ‖ nA ‖ nB ‖ h), 6), A the initiator. */
export const sessionSas = (
  hash: Hash,
  keys: SessionKeys,
  ik: Readonly<Record<Role, Uint8Array>>,
  nonce: Readonly<Record<Role, Uint8Array>>,
): Sas => sasOf(expand(hash, keys.sas, L('sas', ik.i, ik.r, nonce.i, nonce.r, keys.h), 6));
