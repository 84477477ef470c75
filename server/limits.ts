// takes nothing, gives the bounds inside which one server stays, whoever connects.

import { maxSignalBytes } from '../src/protocol/signaling.ts';

/** What one socket, one address and one server may hold. Each has a defined answer beyond it, named in its comment. */
export interface Limits {
  /** Bytes of one frame. Beyond: the socket is closed, 1009. */
  readonly maxFrameBytes: number;
  /** Unreadable frames in a row. Fewer are dropped and the socket lives on; beyond: closed, 1008. */
  readonly maxBadFrames: number;
  /** Frames a second one socket may send for long; 4 KiB of a frame count as one more. Beyond: it is read more slowly, nothing is lost. */
  readonly framesPerSecond: number;
  /** Frames one socket may send at once before `framesPerSecond` holds. */
  readonly frameBurst: number;
  /** The same for all sockets of one address together. Beyond: they are read more slowly. */
  readonly framesPerSecondPerAddress: number;
  readonly frameBurstPerAddress: number;
  /** WebSockets open from one address. Beyond: 429, unless the socket takes back an id of its own. */
  readonly socketsPerAddress: number;
  /** WebSocket requests a second from one address, and at once. Beyond: 429. */
  readonly connectsPerSecondPerAddress: number;
  readonly connectBurstPerAddress: number;
  /** HTTP requests a second from one address, and at once. Beyond: 429. */
  readonly requestsPerSecondPerAddress: number;
  readonly requestBurstPerAddress: number;
  /** TCP connections from one address, where no proxy stands between. Beyond: cut off. */
  readonly connectionsPerAddress: number;
  /** Milliseconds to send a whole request head, or to shake hands for TLS. Beyond: 408, or cut off. */
  readonly headersTimeoutMs: number;
  /** Milliseconds from the first byte of a frame to its last. Beyond: cut off. */
  readonly frameTimeoutMs: number;
  /** Bytes of frames that are not complete yet, all sockets together. Beyond: those with the most are cut off. */
  readonly maxUnfinishedBytes: number;
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
  /** Milliseconds for which an instance that vanished keeps its ids from others. */
  readonly leaseMs: number;
  /** Milliseconds a socket has to answer our close, or a request to be answered when the server stops, before it is cut off. */
  readonly closeTimeoutMs: number;
}

/** A school of a thousand behind one address stays below all of them. */
export const defaultLimits: Limits = {
  maxFrameBytes: maxSignalBytes,
  maxBadFrames: 100,
  framesPerSecond: 200,
  frameBurst: 1_000,
  framesPerSecondPerAddress: 4_000,
  frameBurstPerAddress: 20_000,
  socketsPerAddress: 1_000,
  connectsPerSecondPerAddress: 50,
  connectBurstPerAddress: 1_000,
  requestsPerSecondPerAddress: 200,
  requestBurstPerAddress: 5_000,
  connectionsPerAddress: 5_000,
  headersTimeoutMs: 10_000,
  frameTimeoutMs: 20_000,
  maxUnfinishedBytes: 64 * maxSignalBytes,
  maxUnreadBytes: 4 * maxSignalBytes,
  maxWaitingPerId: 256,
  maxWaitingBytesPerId: 2 * maxSignalBytes,
  maxWaitingPerSender: 1_024,
  maxWaitingBytes: 64 * maxSignalBytes,
  leaseMs: 5_000,
  closeTimeoutMs: 2_000,
};

/** Whether a bound is about addresses. */
export const isPerAddress = (name: string): boolean => name.endsWith('PerAddress');
