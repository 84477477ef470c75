// takes a manifest's length and a size, gives where every byte of a file container lies.

import { chunkBytes } from '../../protocol/limits.ts';
import { padme } from './padding.ts';

/** A sealed chunk that is not the last: 16 KiB and the tag (C2SP chunked-encryption@v1, "Message chunking"). */
export const SEALED_CHUNK_BYTES = chunkBytes + 16;
/** salt(24) ‖ commitment(32). */
export const CONTAINER_HEADER_BYTES = 56;
/** A chunk's index travels as u32; that is 64 TiB, the least limit C2SP allows. */
export const MAX_CHUNKS = 2 ** 32;

/** Lengths of one container. */
export interface ContainerLayout {
  /** u32 length ‖ manifest, in bytes: where the files begin in the plaintext. */
  readonly filesStart: number;
  /** Bytes of all files together. */
  readonly size: number;
  /** P': the padded plaintext, `filesStart + size` up to Padmé(max(P, 1024)). */
  readonly plainLength: number;
  /** Chunks, the short last one included. */
  readonly chunkCount: number;
  /** Header and all sealed chunks, in bytes: 56 + P' + 16 · (⌊P'/16384⌋ + 1). */
  readonly containerLength: number;
}

/** Bytes `start` to `end` (exclusive) of the files joined one after another. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** The layout for a manifest of `manifestLength` bytes and files of `size` bytes. */
export function containerLayout(manifestLength: number, size: number): ContainerLayout {
  const filesStart = 4 + manifestLength;
  const plainLength = padme(Math.max(filesStart + size, 1024));
  const chunkCount = Math.floor(plainLength / chunkBytes) + 1;
  return {
    filesStart,
    size,
    plainLength,
    chunkCount,
    containerLength: CONTAINER_HEADER_BYTES + plainLength + 16 * chunkCount,
  };
}

/** Plain bytes in chunk `index`. */
export const chunkPlainLength = ({ plainLength, chunkCount }: ContainerLayout, index: number): number =>
  index === chunkCount - 1 ? plainLength % chunkBytes : chunkBytes;

/** Which bytes of the files chunk `index` holds; empty where it holds manifest or padding only. */
export function chunkFileRange({ filesStart, size }: ContainerLayout, index: number): FileRange {
  const clamp = (at: number) => Math.min(Math.max(at - filesStart, 0), size);
  return { start: clamp(index * chunkBytes), end: clamp((index + 1) * chunkBytes) };
}

/** How many chunks a container of this many bytes has, or null where no container has that length. */
export function chunksOfContainer(containerLength: number): number | null {
  const body = containerLength - CONTAINER_HEADER_BYTES;
  if (!Number.isSafeInteger(body) || body < 16) return null;
  const whole = Math.floor(body / SEALED_CHUNK_BYTES);
  return body % SEALED_CHUNK_BYTES >= 16 && whole < MAX_CHUNKS ? whole + 1 : null;
}
