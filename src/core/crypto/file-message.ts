// takes sealed chunks, gives one message for `rf-file`, and back.

import { chunksPerMessage } from '../../protocol/limits.ts';
import type { Sealed } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { readU32 } from './bytes.ts';
import { SEALED_CHUNK_BYTES } from './container-layout.ts';
import { mintSealed } from './mint.ts';

const HEAD = 8;
const TAG = 16;

/** Chunks `index`, `index + 1`, … of a transfer, still sealed. */
export interface FileMessage {
  readonly transfer: number;
  readonly index: number;
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
}

/** `u32 transfer ‖ u32 index ‖ up to 3 sealed chunks`, below 64 KiB. Only the last chunk of a container is shorter. */
export function packFileMessage(transfer: number, index: number, chunks: readonly Sealed[]): Sealed {
  return createFilePacker()(transfer, index, chunks);
}

/** Packs as `packFileMessage`, one message after another into the same memory: a message is there until the next one. */
export function createFilePacker(): typeof packFileMessage {
  const buffer = new Uint8Array(HEAD + chunksPerMessage * SEALED_CHUNK_BYTES);
  const view = new DataView(buffer.buffer);
  return (transfer, index, chunks) => {
    const odd = chunks.slice(0, -1).some(({ length }) => length !== SEALED_CHUNK_BYTES);
    if (odd || chunks.length === 0 || chunks.length > chunksPerMessage) throw new ReformsError('internal');
    view.setUint32(0, transfer);
    view.setUint32(4, index);
    let at = HEAD;
    for (const chunk of chunks) {
      buffer.set(chunk, at);
      at += chunk.length;
    }
    return mintSealed(buffer.subarray(0, at));
  };
}

/** Splits what `packFileMessage` made, without a copy; `bad-frame` otherwise. Nothing is verified before the reader. */
export function unpackFileMessage(bytes: Uint8Array<ArrayBuffer>): Result<FileMessage, 'bad-frame'> {
  const body = bytes.length - HEAD;
  const rest = body % SEALED_CHUNK_BYTES;
  const count = Math.ceil(body / SEALED_CHUNK_BYTES);
  if (body < TAG || count > chunksPerMessage || (rest !== 0 && rest < TAG)) return no('bad-frame');
  const chunks = Array.from({ length: count }, (_, place) => {
    const from = HEAD + place * SEALED_CHUNK_BYTES;
    return bytes.subarray(from, Math.min(from + SEALED_CHUNK_BYTES, bytes.length));
  });
  return ok({ transfer: readU32(bytes, 0), index: readU32(bytes, 4), chunks });
}
