// takes the keys of a finished ANSWER, gives CONFIRM both ways and, after it, the secure pair.

import type { Bytes, Hello } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat } from './bytes.ts';
import { createChannel, createSignalSeal } from './channel.ts';
import type { SignalSeal } from './channel.ts';
import { certificateFingerprint, sdpFingerprint } from './fingerprint.ts';
import { FRAME_TAG } from './frame-seal.ts';
import type { HandshakeContext, Peer, Ready, SecurePair } from './handshake-types.ts';
import { mintHello, mintSecured } from './mint.ts';
import { ROLE_BYTE, confirmMac, sessionSas } from './rh1-keys.ts';
import type { Role, SessionKeys } from './rh1-keys.ts';

/** A value for each side. */
export type Both<T> = Readonly<Record<Role, T>>;

export interface RatchetKeys {
  readonly secretKey: Bytes;
  readonly publicKey: Bytes;
}

/** What is known once the ANSWER is written or read. */
export interface Agreed {
  readonly context: HandshakeContext;
  readonly role: Role;
  readonly keys: SessionKeys;
  readonly fingerprints: Both<Bytes>;
  readonly ratchet: RatchetKeys;
}

/** What signatures proved about the other side, and both SAS nonces. */
export interface Authenticated {
  readonly peer: Peer;
  readonly rpk: Bytes;
  readonly nonces: Both<Bytes>;
}

const other: Both<Role> = { i: 'r', r: 'i' };

/** CONFIRM and SECURE, the same on both sides. SECURE needs: authenticated, confirmed by us, confirmed by them. */
export class ReadyState implements Ready {
  readonly signal: SignalSeal;
  readonly #agreed: Agreed;
  #authenticated: Authenticated | null;
  #confirmed: Both<boolean> = { i: false, r: false };
  #pair: SecurePair | null = null;

  constructor(agreed: Agreed, authenticated: Authenticated | null) {
    const { context, role, keys } = agreed;
    this.#agreed = agreed;
    this.#authenticated = authenticated;
    this.signal = createSignalSeal({
      sodium: context.sodium,
      connectionId: context.connectionId,
      send: keys.signal[role],
      receive: keys.signal[other[role]],
    });
  }

  /** Tells that the other side's signature was good. */
  authenticate(authenticated: Authenticated): void {
    this.#authenticated = authenticated;
  }

  async confirm(remoteCertificate: Bytes | undefined): Promise<Result<Hello, 'fingerprint-mismatch'>> {
    const { context, role, keys, fingerprints } = this.#agreed;
    if (remoteCertificate !== undefined) {
      const shown = await certificateFingerprint(remoteCertificate);
      if (!context.sodium.equal(shown, fingerprints[other[role]])) return no('fingerprint-mismatch');
    }
    const mac = confirmMac(context.sodium, keys, role, fingerprints);
    this.#confirmed = { ...this.#confirmed, [role]: true };
    return ok(mintHello(concat(new Uint8Array([FRAME_TAG.sealed, ROLE_BYTE[role]]), mac)));
  }

  readConfirm(frame: Uint8Array): Result<null, 'confirm' | 'replay'> {
    const { context, role, keys, fingerprints } = this.#agreed;
    const theirs = other[role];
    if (this.#confirmed[theirs]) return no('replay');
    const mac = confirmMac(context.sodium, keys, theirs, fingerprints);
    const expected = concat(new Uint8Array([FRAME_TAG.sealed, ROLE_BYTE[theirs]]), mac);
    if (!context.sodium.equal(frame, expected)) return no('confirm');
    this.#confirmed = { ...this.#confirmed, [theirs]: true };
    return ok(null);
  }

  secure(): SecurePair | null {
    if (!this.#authenticated || !this.#confirmed.i || !this.#confirmed.r) return null;
    this.#pair ??= securePair(this.#agreed, this.#authenticated);
    return this.#pair;
  }
}

function securePair(agreed: Agreed, { peer, rpk, nonces }: Authenticated): SecurePair {
  const { context, role, keys, fingerprints, ratchet } = agreed;
  const { sodium, connectionId, identity } = context;
  const ours = identity.publicKey;
  const iks: Both<Bytes> = role === 'i' ? { i: ours, r: peer.ik } : { i: peer.ik, r: ours };
  return {
    permit: mintSecured(),
    peer,
    ctl: createChannel({ sodium, connectionId, send: keys.ctl[role], receive: keys.ctl[other[role]] }),
    sas: sessionSas(sodium, keys, iks, nonces),
    ratchet: { root: keys.ratchetRoot, sid: keys.ratchetSid, own: ratchet, peer: rpk },
    checkRenegotiation(sdp, whose) {
      const found = sdpFingerprint(sdp);
      if (!found.ok) return found;
      const bound = fingerprints[whose === 'own' ? role : other[role]];
      return sodium.equal(found.value, bound) ? ok(null) : no('fingerprint-changed');
    },
  };
}
