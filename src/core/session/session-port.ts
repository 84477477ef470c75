// takes nothing, gives the shape of a Session as everything above it sees it, and of what one is made from.

import type { CredentialIssuer } from '../crypto/credential.ts';
import type { Transport } from '../transport/port.ts';
import type { Fact } from './facts.ts';
import type { Intent } from './intents.ts';
import type { Snapshot, StreamHandle } from './snapshot.ts';
import type { Requirement } from './trust.ts';

export type IdentityMode = 'room' | 'persistent' | 'ephemeral';

export interface SessionConfig {
  readonly room: string;
  /** 32 bytes from the link's fragment; undefined: a room that anyone who knows its name can enter. */
  readonly secret: Uint8Array | undefined;
  /** Base URLs of signaling servers, tried in order. */
  readonly servers: readonly string[];
  readonly displayName: string;
  /** What `displayName` is for people who give none: it is no name that somebody could be known by. */
  readonly guestName?: string;
  readonly identity: IdentityMode;
  readonly iceServers: readonly RTCIceServer[];
  readonly relayOnly: boolean;
  /** What must be known of a person before anything flows to or from them; undefined: encryption alone. */
  readonly require?: Requirement;
  /** EdDSA JWT (`trust.md` §4) bound to our identity and this room. */
  readonly credential?: string | undefined;
  /** Whose credentials count. */
  readonly issuers?: readonly CredentialIssuer[];
  /** Loopback for stories and tests; undefined: PeerJS and WebRTC, loaded at the first join. */
  readonly transport: Transport | undefined;
}

export interface Session {
  readonly snapshot: Snapshot;
  /** Called after every change, at most once a microtask. */
  subscribe(listener: () => void, options: { readonly signal: AbortSignal }): void;
  /** Called with every fact, in order, after it is in the snapshot. */
  observe(listener: (fact: Fact) => void, options: { readonly signal: AbortSignal }): void;
  dispatch(intent: Intent): void;
  /** The stream that a handle in the snapshot names. */
  stream(handle: StreamHandle): MediaStream | undefined;
  /** The link's quality figures for one participant. */
  stats(participantId: string): Promise<RTCStatsReport | undefined>;
  /** 60 digits to compare with a person, the same at both ends; undefined where they are not here. */
  safetyNumber(participantId: string): string | undefined;
  /** Leaves, and deletes our identity and what is remembered of people in this room. Rejects with `store`. */
  forget(): Promise<void>;
  /** Leaves, releases devices, ends every timer and listener. */
  close(): void;
}
