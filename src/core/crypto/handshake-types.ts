// takes nothing, gives the shapes of an RH1 handshake: what goes in, and what each stage allows.

import type { Bytes, Hello, Sealed, Secured } from '../brand.ts';
import type { Result } from '../errors.ts';
import type { Channel, SignalSeal } from './channel.ts';
import type { Identity } from './identity.ts';
import type { RoomKeys } from './kdf.ts';
import type { Sas } from './sas.ts';
import type { Sodium } from './sodium.ts';

/** What a connection is for; part of the prologue, so that one kind cannot be passed off as another. */
export type ConnectionKind = 'call' | 'data';

/** All that both sides must agree on before they start; a difference shows as `decrypt`. */
export interface HandshakeContext {
  readonly sodium: Sodium;
  readonly identity: Identity;
  readonly room: Pick<RoomKeys, 'topic' | 'psk'>;
  readonly initiatorPeerId: string;
  readonly responderPeerId: string;
  readonly connectionId: string;
  readonly kind: ConnectionKind;
  /** EdDSA JWT bound to this identity and room; travels inside ANSWER and FIN only. */
  readonly credential?: string | undefined;
}

/** Who is on the other side: proved by signature. */
export interface Peer {
  /** IK, 32 bytes. */
  readonly ik: Bytes;
  /** A JWT whose `cnf.ik` and `room` are this peer's and this room's; its issuer is not yet verified. */
  readonly credential: string | null;
}

/** After OFFER, on the calling side. */
export interface Initiator {
  /** Seals a candidate found before the ANSWER: `0x03 ‖ …`. Readable by members of the room, not by the server. */
  sealEarlyCandidate(plain: Uint8Array): Sealed;
  /**
   * Reads the ANSWER. A refused one (`decrypt`, `bad-frame`, `version`, `signature`, `policy` for our own IK,
   * `credential`, `fingerprint-count`) changes nothing; after a good one every further one is a `replay`.
   */
  readAnswer(frame: Uint8Array): Promise<Result<InitiatorReady>>;
}

/** After a good OFFER, on the called side. */
export interface Responder {
  /** The offer's SDP, with exactly one fingerprint in it. */
  readonly sdp: string;
  /** Opens what `sealEarlyCandidate` made. */
  openEarlyCandidate(frame: Uint8Array): Result<Bytes>;
  /** Makes the ANSWER, once. Throws `fingerprint-count` where our own SDP has not exactly one. */
  answer(own: { readonly sdp: string }): Promise<ResponderReady>;
}

/** Keys exist; candidates flow; nothing else may before `secure()` gives something. */
export interface Ready {
  /** Candidates, bye and restarts by the signaling server. */
  readonly signal: SignalSeal;
  /**
   * Makes our CONFIRM (34 bytes, `0x01 ‖ role ‖ mac`) once DTLS is connected: the first message on `rf-ctl`.
   * @param remoteCertificate DER from `RTCDtlsTransport.getRemoteCertificates()[0]`, or undefined where the browser has
   *   no such method. `fingerprint-mismatch` where it is not the one in the authenticated SDP: then close.
   */
  confirm(remoteCertificate: Bytes | undefined): Promise<Result<Hello, 'fingerprint-mismatch'>>;
  /** Reads the first 0x01 message of `rf-ctl`. May come before FIN; it is remembered. `confirm` where it is wrong. */
  readConfirm(frame: Uint8Array): Result<null, 'confirm' | 'replay'>;
  /** What the application may use, or null until we confirmed, they confirmed, and both are authenticated. */
  secure(): SecurePair | null;
}

/** AUTH on the calling side. */
export interface InitiatorReady extends Ready {
  /** The answer's SDP, with exactly one fingerprint in it. */
  readonly sdp: string;
  readonly peer: Peer;
  /** `0x02 ‖ …`: first on the CANDIDATE carrier, then again on `rf-ctl`, the same bytes. */
  readonly fin: Hello;
}

/** ANSWER_SENT, and AUTH once FIN was read. */
export interface ResponderReady extends Ready {
  readonly answer: Hello;
  /** Reads FIN (`0x02 ‖ …`). The same FIN again is fine; another one is a `replay`; a bad one changes nothing. */
  readFin(frame: Uint8Array): Result<Peer>;
}

/** SECURE. */
export interface SecurePair {
  /** What the transport asks for before it lets a track through. */
  readonly permit: Secured;
  readonly peer: Peer;
  /** `rf-ctl` from now on. */
  readonly ctl: Channel;
  /** What both people compare; equal on both sides only if nobody sits between. */
  readonly sas: Sas;
  /** Where the Double Ratchet of this pair starts (`trust.md` §6). */
  readonly ratchet: RatchetSeed;
  /** A later SDP must have the fingerprint of the first: `fingerprint-changed` or `fingerprint-count` otherwise. */
  checkRenegotiation(
    sdp: string,
    whose: 'own' | 'peer',
  ): Result<null, 'fingerprint-changed' | 'fingerprint-count'>;
}

/** Root, session id and ratchet keys that RH1 left. */
export interface RatchetSeed {
  /** K["dr root"], 32 bytes. */
  readonly root: Bytes;
  /** K["dr sid"], 8 bytes. */
  readonly sid: Bytes;
  /** Our X25519 ratchet key pair, 32 bytes each. */
  readonly own: { readonly secretKey: Bytes; readonly publicKey: Bytes };
  /** `rpk`: the peer's first ratchet public key, 32 bytes. */
  readonly peer: Bytes;
}
