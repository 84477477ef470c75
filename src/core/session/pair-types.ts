// takes nothing, gives what a pair is made from and what it tells.

import type { Frame } from '../../protocol/frame.ts';
import type { Bytes, Hello, Sealed } from '../brand.ts';
import type { Identity } from '../crypto/identity.ts';
import type { RoomKeys } from '../crypto/kdf.ts';
import type { Sas } from '../crypto/sas.ts';
import type { Sodium } from '../crypto/sodium.ts';
import type { ErrorCode } from '../errors.ts';
import type { Link, LinkEvent, SignalKind, TrackSlot } from '../transport/port.ts';

export interface PairOptions {
  readonly role: 'initiator' | 'responder';
  /** Our id in this pair: our own peer id, or the door's when we were dialled there. */
  readonly localPeer: string;
  readonly remotePeer: string;
  readonly connectionId: string;
  readonly sodium: Sodium;
  readonly identity: Identity;
  readonly room: RoomKeys;
  /** The link, and its offer where that is under way already (initiator only). */
  readonly createLink: (
    options: { readonly polite: boolean; readonly signal: AbortSignal },
    sink: (event: LinkEvent) => void,
  ) => { readonly link: Link; readonly offered: Promise<string> | undefined };
  /** Whether content may flow as soon as the pair is SECURE, or only after `admit()`. */
  readonly admitted: boolean;
  /** EdDSA JWT bound to our identity and this room, told inside the handshake. */
  readonly credential: string | undefined;
  readonly sendSignal: (kind: SignalKind, bytes: Hello | Sealed) => boolean;
  readonly track: (slot: TrackSlot) => MediaStreamTrack | null;
  readonly report: (event: PairEvent) => void;
  /** The owner's lifetime. */
  readonly signal: AbortSignal;
}

export type PairEvent =
  /** The OFFER was good: the caller knows the room. Who they are is still to be proved. */
  | { readonly kind: 'called' }
  /** Authenticated, fingerprints confirmed: frames, files and tracks flow from here on. */
  | {
      readonly kind: 'secured';
      readonly ik: Bytes;
      readonly credential: string | null;
      readonly sas: Sas;
      readonly stream: MediaStream;
    }
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** The peer sent something that makes no sense; it was dropped. */
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'file'; readonly bytes: Bytes }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'restored' }
  /** Always last, once. `code` where something went wrong. */
  | {
      readonly kind: 'ended';
      readonly reason: 'left' | 'full' | 'mismatch' | 'lost' | 'failed';
      readonly code: ErrorCode | undefined;
    };

export interface Pair {
  readonly connectionId: string;
  readonly role: 'initiator' | 'responder';
  readonly localPeer: string;
  readonly remotePeer: string;
  readonly secured: boolean;
  /** No ANSWER came in the time that a living peer needs: calling anew may help. */
  readonly stalled: boolean;
  /** Takes what the signaling server brought for this connection id. Never throws. */
  receiveSignal(kind: SignalKind, bytes: Bytes): void;
  /** Whether messages, files and tracks may flow. */
  readonly admitted: boolean;
  /** Lets content flow: what the person sent meanwhile is reported now. */
  admit(): void;
  /** Stops content both ways, tracks and files under way included, until `admit`. */
  hold(): void;
  /** False where the pair is not SECURE, the channel is closed, or the frame is content for someone not admitted. */
  send(frame: Frame): boolean;
  sendTrack(slot: TrackSlot, track: MediaStreamTrack | null): void;
  /** The file channel, once SECURE and admitted. */
  readonly files: Pick<Link, 'sendFile' | 'fileBacklog' | 'fileBacklogBelow'> | undefined;
  stats(): Promise<RTCStatsReport | undefined>;
  /** Says why on every path there is, then closes. Reports nothing more. */
  end(reason: 'left' | 'full' | 'mismatch'): void;
  /** Closes without a word: another link took this one's place, or the peer is gone. */
  drop(): void;
}
