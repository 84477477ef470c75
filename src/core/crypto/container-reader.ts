// takes sealed chunks of a container, gives its manifest and its file bytes, and says when all of it was there.

import { chunkBytes } from '../../protocol/limits.ts';
import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat, readU32 } from './bytes.ts';
import { createContainerOpener } from './container.ts';
import type { ContainerOpener } from './container.ts';
import { chunkFileRange, chunksOfContainer, containerLayout } from './container-layout.ts';
import type { ContainerLayout } from './container-layout.ts';
import { MAX_MANIFEST_BYTES, parseManifest, totalSize } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Sodium } from './sodium.ts';

/** Why a chunk or a container is not taken. */
export type ContainerRefusal = 'file-chunk' | 'file-truncated' | 'version' | 'bad-frame';

/** Verified file bytes. */
export interface FilePart {
  /** Where they belong in the files joined one after another. */
  readonly start: number;
  /** Empty where the chunk holds manifest or padding only. */
  readonly bytes: Bytes;
}

/**
 * Reads one container. The manifest comes first: chunks are read from 0 on, one after the other, until `manifest` is
 * there; from then on in any order, many at once, again where something was lost.
 */
export interface ContainerReader {
  readonly chunkCount: number;
  /** Null until the chunks that hold it were read. */
  readonly manifest: Manifest | null;
  /** Null until the manifest is there. */
  readonly layout: ContainerLayout | null;
  /** True once every chunk, the short last one included, was verified. */
  readonly complete: boolean;
  /** Verifies chunk `index`. A refused one (`file-chunk`, `file-truncated`) changes nothing and may be asked for again. */
  readChunk(index: number, sealed: Uint8Array<ArrayBuffer>): Promise<Result<FilePart, ContainerRefusal>>;
}

/**
 * Opens a container of `containerLength` bytes, header included: `file-commit` for another secret's header,
 * `file-truncated` for a length no container has.
 */
export async function createContainerReader({
  sodium,
  fileSecret,
  header,
  containerLength,
}: {
  readonly sodium: Sodium;
  readonly fileSecret: Uint8Array;
  readonly header: Uint8Array;
  readonly containerLength: number;
}): Promise<Result<ContainerReader, 'file-commit' | 'file-truncated'>> {
  const chunkCount = chunksOfContainer(containerLength);
  if (chunkCount === null) return no('file-truncated');
  const opener = await createContainerOpener({ sodium, fileSecret, header });
  return opener.ok ? ok(new Reader(opener.value, chunkCount, containerLength)) : opener;
}

interface Head {
  readonly manifest: Manifest;
  readonly layout: ContainerLayout;
}

class Reader implements ContainerReader {
  readonly chunkCount: number;
  readonly #opener: ContainerOpener;
  readonly #containerLength: number;
  // One bit a chunk.
  readonly #seen: DataView;
  #missing: number;
  #head: Head | null = null;
  // Plain chunks 0, 1, … while the manifest is not whole.
  #start: readonly Bytes[] = [];

  constructor(opener: ContainerOpener, chunkCount: number, containerLength: number) {
    this.#opener = opener;
    this.chunkCount = chunkCount;
    this.#containerLength = containerLength;
    this.#seen = new DataView(new ArrayBuffer(Math.ceil(chunkCount / 8)));
    this.#missing = chunkCount;
  }

  get manifest(): Manifest | null {
    return this.#head?.manifest ?? null;
  }

  get layout(): ContainerLayout | null {
    return this.#head?.layout ?? null;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  async readChunk(
    index: number,
    sealed: Uint8Array<ArrayBuffer>,
  ): Promise<Result<FilePart, ContainerRefusal>> {
    if (!Number.isInteger(index) || index < 0 || index >= this.chunkCount) return no('file-chunk');
    const plain = await this.#opener.openChunk(index, sealed, index === this.chunkCount - 1);
    if (!plain.ok) return plain;
    const head = this.#head ?? this.#readHead(index, plain.value);
    if (head === null) return ok({ start: 0, bytes: new Uint8Array(0) });
    if ('ok' in head) return head;
    return this.#part(head.layout, index, plain.value);
  }

  // The manifest's length stands first; it may go on in further chunks. Null: not whole yet.
  #readHead(
    index: number,
    plain: Bytes,
  ): Head | null | { readonly ok: false; readonly reason: ContainerRefusal } {
    if (index !== this.#start.length) return no('file-chunk');
    const known = concat(...this.#start, plain);
    if (known.length < 4) return no('file-truncated');
    const length = readU32(known, 0);
    if (length > MAX_MANIFEST_BYTES) return no('bad-frame');
    if (known.length < 4 + length) {
      if (index === this.chunkCount - 1) return no('file-truncated');
      this.#start = [...this.#start, plain];
      this.#mark(index);
      return null;
    }
    const manifest = parseManifest(known.subarray(4, 4 + length));
    if (!manifest.ok) return manifest;
    const layout = containerLayout(length, totalSize(manifest.value));
    if (layout.containerLength !== this.#containerLength) return no('file-truncated');
    this.#head = { manifest: manifest.value, layout };
    this.#start = [];
    return this.#head;
  }

  #part(layout: ContainerLayout, index: number, plain: Bytes): Result<FilePart, ContainerRefusal> {
    const { start, end } = chunkFileRange(layout, index);
    const from = Math.max(layout.filesStart + start - index * chunkBytes, 0);
    const to = from + end - start;
    // Only one container exists for one set of files: padding is zeros.
    const pastFiles = index * chunkBytes + to >= layout.filesStart + layout.size;
    if (pastFiles && plain.subarray(to).some((byte) => byte !== 0)) return no('file-chunk');
    this.#mark(index);
    return ok({ start, bytes: plain.subarray(from, to) });
  }

  #mark(index: number): void {
    const at = index >>> 3;
    const bit = 1 << (index & 7);
    const byte = this.#seen.getUint8(at);
    if ((byte & bit) === 0) this.#missing -= 1;
    this.#seen.setUint8(at, byte | bit);
  }
}
