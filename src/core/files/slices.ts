// takes a File, gives the bytes of one chunk after another, read from the disk in large slices, one slice ahead.

import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import type { ContainerSealer } from './port.ts';

/** Chunks read at once: 255 · 16 KiB, 4 MiB in whole messages of three. Every slice costs a round trip to the browser. */
const sliceChunks = 255;

type Slice = Promise<
  Result<{ readonly start: number; readonly bytes: Uint8Array<ArrayBuffer> }, 'file-changed'>
>;

/** Gives each chunk's file bytes, in ascending order of chunks. Holds two slices at most. */
export class FileSlices {
  readonly #file: Blob;
  readonly #sealer: ContainerSealer;
  #end: number;
  #current: Slice;
  #ahead: Slice;

  /** Begins to read at chunk `from`. */
  constructor(file: Blob, sealer: ContainerSealer, from: number) {
    this.#file = file;
    this.#sealer = sealer;
    this.#end = from + sliceChunks;
    this.#current = this.#read(from);
    this.#ahead = this.#read(this.#end);
  }

  /** The slice that holds chunk `index`. Called with ascending indexes only. */
  at(index: number): Slice {
    if (index >= this.#end) {
      this.#end += sliceChunks;
      this.#current = this.#ahead;
      this.#ahead = this.#read(this.#end);
    }
    return this.#current;
  }

  async #read(first: number): Slice {
    const { chunkCount } = this.#sealer.layout;
    const last = Math.min(first + sliceChunks, chunkCount) - 1;
    if (last < first) return ok({ start: 0, bytes: new Uint8Array(0) });
    const { start } = this.#sealer.fileRange(first);
    const { end } = this.#sealer.fileRange(last);
    try {
      const bytes = new Uint8Array(await this.#file.slice(start, end).arrayBuffer());
      return bytes.length === end - start ? ok({ start, bytes }) : no('file-changed');
    } catch {
      // "If the object's snapshot state is not the state of the underlying storage … NotReadableError" (W3C File API §4.1),
      // NotFoundError where it is gone: either way it is not the file that was offered.
      return no('file-changed');
    }
  }
}
