// takes nothing, gives the shape of what is known: the frozen Snapshot that `reduce` alone writes.

import type { DeviceCode, ErrorCode } from '../errors.ts';

/** `waiting`: in the room, nobody else is. `reconnecting`: the path to everyone, or to the server, is being mended. */
export type SessionStatus =
  'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'disconnected' | 'failed';

/** Names a MediaStream that `session.stream(handle)` gives; the Snapshot itself carries no payload. */
export type StreamHandle = string;

export interface Snapshot {
  readonly status: SessionStatus;
  /** Why `status` is `failed`, or the last thing that went wrong and was survived. */
  readonly problem: Problem | undefined;
  readonly room: RoomSlice;
  readonly self: SelfSlice;
  readonly people: readonly Participant[];
  readonly call: CallSlice;
  readonly chat: ChatSlice;
  readonly files: FilesSlice;
}

export interface Problem {
  readonly code: ErrorCode;
  readonly fatal: boolean;
}

export interface RoomSlice {
  readonly name: string;
  /** A room secret authenticates everyone by the link; without one the emoji have to. */
  readonly hasSecret: boolean;
  readonly phase: 'outside' | 'joining' | 'joined' | 'left' | 'failed';
  /** Whether a signaling server can be reached; calls go on without one. */
  readonly reachable: boolean;
}

export interface SelfSlice {
  /** Our participant id once joined (derived from the identity key), before that empty. */
  readonly id: string;
  readonly name: string;
}

/** "encrypted, by link" · "verified" · "encrypted, not verified" (`trust.md` §5). */
export type Protection = 'link' | 'verified' | 'unverified';

/**
 * `key-changed`: another key under a verified person's name. `policy`: the room asks to compare the emoji first.
 * `credential`: the room asks for a credential, and they have none. `mismatch`: their emoji did not match at an earlier visit.
 */
export type Held = 'key-changed' | 'policy' | 'credential' | 'mismatch';

export interface Participant {
  /** Derived from the person's identity key, so it is the same after a reload. */
  readonly id: string;
  /** What the person says they are called. A claim. */
  readonly name: string;
  /** From 2 on, for who came while someone of the same or a look-alike name was here: "Ada (2)". */
  readonly ordinal?: number;
  readonly audio: boolean;
  readonly video: boolean;
  readonly link: 'connected' | 'interrupted';
  readonly protection: Protection;
  /** Why nothing flows to them yet; absent: everything may. */
  readonly held?: Held;
  readonly sas: ShortAuthString;
  /** Stream with their microphone and camera. */
  readonly stream: StreamHandle;
  /** Milliseconds since the epoch, by our clock. */
  readonly joinedAt: number;
}

/** What both ends compare aloud: seven indexes into the emoji table (0..63), or three numbers (1000..9191). */
export interface ShortAuthString {
  readonly emoji: readonly number[];
  readonly numbers: readonly number[];
}

export interface CallSlice {
  readonly microphone: LocalDevice;
  readonly camera: LocalDevice;
  /** Own preview (camera only), while the camera is open. */
  readonly preview: StreamHandle | undefined;
  readonly devices: readonly MediaDevice[];
}

export interface LocalDevice {
  readonly status: 'closed' | 'opening' | 'open' | 'refused';
  /** What the person wants: others may hear or see. A microphone that is open and not enabled is muted. */
  readonly enabled: boolean;
  /** Why `status` is `refused`. */
  readonly code: DeviceCode | undefined;
  /** The chosen device, `''` for the system's default. */
  readonly deviceId: string;
  readonly label: string;
}

export interface MediaDevice {
  readonly kind: 'audioinput' | 'videoinput' | 'audiooutput';
  readonly deviceId: string;
  readonly label: string;
}

export interface ChatSlice {
  readonly messages: readonly ChatMessage[];
  /** Absent: none. */
  readonly notices?: readonly ChatNotice[];
}

/** Somebody who was never verified came with another key than before. */
export interface ChatNotice {
  readonly id: string;
  /** The participant's. */
  readonly from: string;
  readonly name: string;
  readonly ordinal?: number;
  /** Id of the message before it; empty: none. */
  readonly after: string;
}

export interface ChatMessage {
  readonly id: string;
  /** `'self'` or a participant's id. */
  readonly from: string;
  /** The sender's name when the message came. */
  readonly name: string;
  /** The sender's, when the message came. */
  readonly ordinal?: number;
  readonly text: string;
  /** Milliseconds since the epoch, by the sender's clock. */
  readonly sentAt: number;
  /** `waiting`: nobody was there, it goes to the next who comes. `delivered`: by everyone it was sent to. */
  readonly delivery: 'waiting' | 'sent' | 'delivered';
  readonly sentTo: readonly string[];
  readonly deliveredTo: readonly string[];
}

export interface FilesSlice {
  readonly transfers: readonly Transfer[];
}

/** One file between us and one person. */
export interface Transfer {
  readonly id: string;
  readonly direction: 'send' | 'receive';
  /** The other person's participant id, and their name when it began. */
  readonly peer: string;
  readonly peerName: string;
  readonly peerOrdinal?: number;
  /** Sanitised. */
  readonly name: string;
  readonly type: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that the receiver has verified. */
  readonly bytes: number;
  /** Over the last seconds; 0 while it does not move. */
  readonly bytesPerSecond: number;
  readonly state: 'offered' | 'moving' | 'completed' | 'rejected' | 'cancelled' | 'failed';
  readonly code: ErrorCode | undefined;
  /** Where a received file went: written to the disk by the picker, or handed to the browser as a download. */
  readonly savedBy: 'picker' | 'download' | undefined;
}
