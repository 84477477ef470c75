// takes nothing, gives the two ports of the transport stage: a session at the signaling server, and a link to a peer.

import type { Bytes, Hello, Sealed, Secured } from '../brand.ts';
import type { SignalingCode } from '../errors.ts';

/** A way to reach peers. Two exist: PeerJS + WebRTC, and loopback (in memory, no network). One contract test holds both. */
export interface Transport {
  /**
   * Opens one session at a signaling server under `id`. Facts arrive by `sink`, never from within a call of ours; the first is
   * `opened`, `taken` or `closed`, and none comes after `close()` or the end of `signal`.
   */
  openServer(options: ServerOptions, sink: (event: ServerEvent) => void): ServerSession;
  /**
   * Creates one end of a peer-to-peer link. Nothing is sent before `offer()` or `answer()`. Facts arrive by `sink`, never
   * from within a call of ours, and none comes after `close()` or the end of `signal`.
   */
  createLink(options: LinkOptions, sink: (event: LinkEvent) => void): Link;
}

export interface ServerOptions {
  /** Base URL of a PeerJS-compatible server, e.g. `https://call.example.org/`. */
  readonly server: string;
  /** The id to hold, in the alphabet of PeerJS ids. */
  readonly id: string;
  /** Secret that lets the same tab take its id back (PeerJS's `token`). */
  readonly token: string;
  /** Ends the session, its socket and its timers. */
  readonly signal: AbortSignal;
}

/** A signaling message's carrier; the server reads these names and nothing else. */
export type SignalKind = 'offer' | 'answer' | 'candidate';

export type ServerEvent =
  | { readonly kind: 'opened' }
  /** The id belongs to someone else. The session is over. */
  | { readonly kind: 'taken' }
  /** The socket ended, before or after `opened`. The session is over; open a new one with the same id and token. */
  | { readonly kind: 'closed'; readonly code: SignalingCode }
  | { readonly kind: 'signal'; readonly signal: IncomingSignal }
  /** The server could not deliver to `to` (PeerJS EXPIRE). */
  | { readonly kind: 'expired'; readonly to: string };

export interface IncomingSignal {
  readonly kind: SignalKind;
  /** Sender as the server stamped it: a claim of the server. */
  readonly from: string;
  /** The connection id `c`, 8 to 64 characters of base64url. */
  readonly connectionId: string;
  readonly bytes: Bytes;
}

export interface ServerSession {
  readonly id: string;
  /** Hands over bytes that are safe in a stranger's hands. Gives false when the socket is not open (nothing is queued). */
  send(kind: SignalKind, to: string, connectionId: string, bytes: Hello | Sealed): boolean;
  close(): void;
}

export interface LinkOptions {
  readonly iceServers: readonly RTCIceServer[];
  /** Use relayed candidates only, so that no peer learns this machine's addresses. */
  readonly relayOnly: boolean;
  /** The polite side gives way when both renegotiate at once (W3C webrtc-pc, "perfect negotiation"). */
  readonly polite: boolean;
  readonly signal: AbortSignal;
}

/** `audio` the microphone, `video` the camera: two transceivers that exist from the first offer on, empty until SECURE. */
export type TrackSlot = 'audio' | 'video';

export interface Candidate {
  readonly candidate: string;
  readonly mid: string | null;
  readonly line: number | null;
  readonly ufrag: string | null;
}

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export type LinkEvent =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  /** A renegotiation (ICE restart included) that the other end must get, sealed. */
  | { readonly kind: 'description'; readonly description: Description }
  /** `rf-ctl` is open both ways, and so is `rf-file`: CONFIRM may go. */
  | { readonly kind: 'control-opened' }
  | { readonly kind: 'control'; readonly bytes: Bytes }
  | { readonly kind: 'file'; readonly bytes: Bytes }
  /** The path is lost and may come back (ICE `disconnected`, `failed`). */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'restored' }
  /** The link is over: closed by the other end or beyond repair. */
  | { readonly kind: 'closed' };

export interface Link {
  /** Initiator, first: creates channels and empty transceivers, gives the SDP for the handshake's OFFER. */
  offer(): Promise<string>;
  /** Responder: takes the SDP of the OFFER, gives the SDP for the ANSWER. Rejects with `webrtc` on an SDP the browser refuses. */
  answer(offerSdp: string): Promise<string>;
  /** Initiator: takes the SDP of the ANSWER. */
  acceptAnswer(answerSdp: string): Promise<void>;
  /** Candidates may come at any time; those too early are kept until a description is there. Useless ones are dropped. */
  addCandidate(candidate: Candidate): Promise<void>;
  /** Takes the other end's renegotiation, after SECURE. Stale ones are dropped; rejects with `webrtc` on a refused SDP. */
  negotiate(description: Description): Promise<void>;
  /** New ICE credentials; the new offer comes out as a `description` event. */
  restartIce(): void;
  /** The DER bytes of the other end's DTLS certificate, where the browser shows them. */
  remoteCertificate(): Bytes | undefined;
  /** False when the channel is not open. */
  sendControl(bytes: Sealed | Hello): boolean;
  sendFile(bytes: Sealed): boolean;
  /** Bytes handed to `sendFile` and not yet on the wire. */
  readonly fileBacklog: number;
  /** Resolves when `fileBacklog` is below `bytes`; rejects (`peer-gone`) when the link ends first. */
  fileBacklogBelow(bytes: number): Promise<void>;
  /** Starts, replaces or (null) stops what this end sends in a slot; no renegotiation. */
  sendTrack(permit: Secured, slot: TrackSlot, track: MediaStreamTrack | null): Promise<void>;
  /** The other end's tracks; the stream is the same object for the link's whole life. */
  remoteStream(permit: Secured): MediaStream;
  /**
   * Takes the other end's video out of `remoteStream`, or puts it back (there at first), by its word that the camera is
   * off or on: a `<video>` with a picture that never comes plays no sound either.
   */
  showVideo(permit: Secured, shown: boolean): void;
  stats(): Promise<RTCStatsReport | undefined>;
  close(): void;
}
