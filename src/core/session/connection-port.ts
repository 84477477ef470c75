// takes nothing, gives the shape of the connected part of a Session, which is loaded at the first join.

import type { Frame } from '../../protocol/frame.ts';
import type { TrackSlot } from '../transport/port.ts';
import type { Fact } from './facts.ts';
import type { SessionConfig } from './session-port.ts';
import type { Snapshot, StreamHandle } from './snapshot.ts';

/** Everything between a joined room's first byte and its last: rendezvous, pairs, transfers. */
export interface Connection {
  /** Seals a frame to everyone present, or to those named. Gives the participant ids whose channel took it. */
  send(frame: Frame, to?: readonly string[]): readonly string[];
  /** Tells everyone our name and whether they can hear and see us, if that has changed. */
  tellProfile(): void;
  sendTrack(slot: TrackSlot, track: MediaStreamTrack | null): void;
  offerFiles(files: readonly File[], to: readonly string[] | undefined): void;
  acceptFile(id: string, handle: FileSystemFileHandle | undefined): void;
  rejectFile(id: string): void;
  cancelFile(id: string): void;
  judge(id: string, matches: boolean): void;
  stream(handle: StreamHandle): MediaStream | undefined;
  /** 60 digits, the same at both ends; undefined where nobody of that id is here. Some 20 ms. */
  safetyNumber(participantId: string): string | undefined;
  stats(participantId: string): Promise<RTCStatsReport | undefined>;
  /** Says goodbye on every path there is, at once: also from `pagehide`. */
  leave(): void;
}

export interface ConnectionOptions {
  readonly config: SessionConfig;
  readonly snapshot: () => Snapshot;
  readonly report: (fact: Fact) => void;
  readonly track: (slot: TrackSlot) => MediaStreamTrack | null;
  readonly signal: AbortSignal;
}

/** Loads what it needs, derives the room's keys and opens the identity; rejects with `ReformsError`. */
export type OpenConnection = (options: ConnectionOptions) => Promise<Connection>;
