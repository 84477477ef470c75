// takes nothing, gives what a mesh is made from: members, and the port to everything around it.

import type { Frame, ProfileFrame } from '../../protocol/frame.ts';
import type { Bytes } from '../brand.ts';
import type { Sas } from '../crypto/sas.ts';
import type { ErrorCode } from '../errors.ts';
import type { IncomingSignal, TrackSlot } from '../transport/port.ts';
import type { Pair, PairEvent } from './pair-types.ts';

/** One person with whom we share a SECURE pair. */
export interface Member {
  readonly id: string;
  readonly pair: Pair;
  readonly sas: Sas;
  readonly stream: MediaStream;
  /** The identity key, 32 bytes: proved. */
  readonly ik: Bytes;
  /** What an issuer says of them, bound to the key; its signature is not yet checked. */
  readonly credential: string | null;
  /** The peer id under which their tab can be dialled. */
  readonly peer: string;
  /** Whether they hold the room's door. */
  readonly door: boolean;
  /** The peer ids of those they are linked to, as they last said. */
  readonly peers: readonly string[];
}

export interface MeshPort {
  /** Our own peer id. */
  readonly peer: string;
  /** The door's id if we hold the door, else undefined. */
  readonly heldDoor: () => string | undefined;
  readonly participantId: (ik: Bytes) => string;
  readonly startPair: (
    options: { role: Pair['role']; via: 'self' | 'door'; remotePeer: string; connectionId: string },
    report: (event: PairEvent) => void,
  ) => Pair;
  readonly newConnectionId: () => string;
  /** False once a source has offered more often than the handshake is willing to answer. */
  readonly mayOffer: (from: string) => boolean;
  /** Whether someone with whom we are linked holds the door. */
  readonly coverDoor: (covered: boolean) => void;
  readonly profile: () => ProfileFrame;
  readonly joined: (member: Member, profile: ProfileFrame) => void;
  readonly left: (member: Member, reason: 'left' | 'lost' | 'mismatch') => void;
  readonly changed: (
    member: Member,
    event: Exclude<PairEvent, { kind: 'called' | 'secured' | 'ended' }>,
  ) => void;
  /** Calls `run` once after `delayMs`, unless the visit ends first; gives a function that calls it off. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  readonly failed: (code: ErrorCode, fatal: boolean) => void;
}

export interface Mesh {
  readonly members: ReadonlyMap<string, Member>;
  dial(peer: string): void;
  /** Calls everyone whom the others see and we do not. */
  reach(): void;
  receive(via: 'self' | 'door', signal: IncomingSignal): void;
  expired(peer: string): void;
  /** Tells everyone who is here and whether we hold the door. */
  tellRoster(): void;
  /** Seals a frame to everyone with whom a pair is SECURE, to those too who have not yet said who they are. */
  tell(frame: Frame): void;
  sendTrack(slot: TrackSlot, track: MediaStreamTrack | null): void;
  /** Says why to one person and ends the link; they are reported as left. */
  hangUp(id: string, reason: 'mismatch'): void;
  /** Says goodbye to everyone. Reports nothing. */
  leave(): void;
}
