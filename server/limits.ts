// takes nothing, gives the bounds inside which one server stays, whoever connects.

import { maxSignalBytes } from '../src/protocol/signaling.ts';

/** What one socket and one server may hold. Each has a defined answer beyond it, named in its comment. */
export interface Limits {
  /** Bytes of one frame. Beyond: the socket is closed, 1009. */
  readonly maxFrameBytes: number;
  /** Unreadable frames in a row. Fewer are dropped and the socket lives on; beyond: closed, 1008. */
  readonly maxBadFrames: number;
  /** Frames a second one socket may send for long; 4 KiB of a frame count as one more. Beyond: it is read more slowly, nothing is lost. */
  readonly framesPerSecond: number;
  /** Frames one socket may send at once before `framesPerSecond` holds. */
  readonly frameBurst: number;
  /** Bytes waiting for one socket to read them. Beyond: it is cut off, and what came for it waits in its mailbox. */
  readonly maxUnreadBytes: number;
  /** Messages waiting for one absent id. Beyond: EXPIRE at once. */
  readonly maxWaitingPerId: number;
  /** Bytes waiting for one absent id: less than `maxUnreadBytes`, since they are sent in one go. Beyond: EXPIRE at once. */
  readonly maxWaitingBytesPerId: number;
  /** Messages one id may have waiting for all absent ids. Beyond: EXPIRE at once. */
  readonly maxWaitingPerSender: number;
  /** Bytes waiting in all mailboxes. Beyond: EXPIRE at once. */
  readonly maxWaitingBytes: number;
  /** Milliseconds a socket has to answer our close before it is cut off. */
  readonly closeTimeoutMs: number;
}

export const defaultLimits: Limits = {
  maxFrameBytes: maxSignalBytes,
  maxBadFrames: 100,
  framesPerSecond: 200,
  frameBurst: 1_000,
  maxUnreadBytes: 4 * maxSignalBytes,
  maxWaitingPerId: 256,
  maxWaitingBytesPerId: 2 * maxSignalBytes,
  maxWaitingPerSender: 1_024,
  maxWaitingBytes: 64 * maxSignalBytes,
  closeTimeoutMs: 2_000,
};
