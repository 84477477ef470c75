// takes nothing, gives the ports of the files stage: what it needs of the container, the link and the clock, and what it tells.

import type { FileCancelReason } from '../../protocol/frame.ts';
import type { Bytes, Sealed } from '../brand.ts';
import type { ErrorCode, Result } from '../errors.ts';
import type { Link } from '../transport/port.ts';

/** What a file is called, as both ends must say it: in the offer, and inside the container. */
export interface FileDescription {
  /** Sanitised. */
  readonly name: string;
  /** A MIME type, or empty. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

/** The part of a link that files travel on. `sendFile` has taken the bytes when it returns: they may change afterwards. */
export type FileLink = Pick<Link, 'sendFile' | 'fileBacklog' | 'fileBacklogBelow'>;

/** Seals one file's container, chunk by chunk, many at once (`ContainerSealer` of `core/crypto`). */
export interface ContainerSealer {
  readonly layout: {
    /** Bytes of the plaintext in front of the file. */
    readonly filesStart: number;
    readonly chunkCount: number;
  };
  /** Which bytes of the file chunk `index` holds; `end` exclusive. */
  fileRange(index: number): { readonly start: number; readonly end: number };
  /** Rejects with `file-changed` where `fileBytes` is not as long as `fileRange(index)` says. */
  sealChunk(index: number, fileBytes: Bytes): Promise<Sealed>;
}

/**
 * Puts sealed chunks `index`, `index + 1`, … of a transfer into one message, which is there until the next one is packed
 * (`createFilePacker` of `core/crypto`).
 */
export type PackMessage = (transfer: number, index: number, chunks: readonly Sealed[]) => Sealed;

/** Why a chunk is not taken. */
export type ChunkRefusal = 'file-chunk' | 'file-truncated';

/** A container whose first chunk was verified. */
export interface OpenedContainer {
  /** What the container itself says of its file. */
  readonly file: FileDescription;
  readonly chunkCount: number;
  /** The file bytes of chunk 0. */
  readonly bytes: Bytes;
  /** Verifies chunk `index`, many at once; gives its file bytes, none where it is padding. */
  open(index: number, sealed: Uint8Array<ArrayBuffer>): Promise<Result<Bytes, ChunkRefusal>>;
}

/** Opens a container by its chunk 0 (`openFileContainer` of `core/crypto`). */
export type OpenContainer = (
  first: Uint8Array<ArrayBuffer>,
) => Promise<Result<OpenedContainer, ChunkRefusal>>;

/** Time as a port, so that a test can be its own clock. */
export interface FileClock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls `run` once after `delayMs` unless `signal` aborts; gives a function that calls it off. */
  after(delayMs: number, run: () => void, signal: AbortSignal): () => void;
}

/** At most ten times a second; `bytes` of the file, `bytesPerSecond` over the last seconds. */
export interface FileProgressed {
  readonly kind: 'progressed';
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

/** Last report of a transfer that went wrong. `tell`: what to cancel it with at the other end; undefined: nobody is there. */
export interface FileFailed {
  readonly kind: 'failed';
  readonly code: ErrorCode;
  readonly tell: FileCancelReason | undefined;
}
