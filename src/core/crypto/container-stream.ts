// takes the chunks of one file's container in the order they come, gives what is inside: for the peer to peer way, where no length is told before.

import { chunkBytes } from '../../protocol/limits.ts';
import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { readU32 } from './bytes.ts';
import { createContainerOpener } from './container.ts';
import type { ContainerOpener } from './container.ts';
import { MAX_CHUNKS, SEALED_CHUNK_BYTES, containerLayout } from './container-layout.ts';
import type { ContainerLayout } from './container-layout.ts';
import { parseManifest } from './manifest.ts';
import type { ManifestFile } from './manifest.ts';
import type { Sodium } from './sodium.ts';

/** Why a chunk is not taken. */
export type StreamRefusal = 'file-chunk' | 'file-truncated';

/** One file's container, known since its chunk 0 was verified. */
export interface FileContainer {
  readonly file: ManifestFile;
  readonly chunkCount: number;
  /** The file bytes of chunk 0. */
  readonly bytes: Bytes;
  /** Verifies chunk `index` and gives its file bytes, none where it is padding. Many at once. */
  open(index: number, sealed: Uint8Array<ArrayBuffer>): Promise<Result<Bytes, StreamRefusal>>;
}

/** Takes chunk 0, which holds the whole manifest of one file. */
export type OpenFileContainer = (
  first: Uint8Array<ArrayBuffer>,
) => Promise<Result<FileContainer, StreamRefusal>>;

/** Checks the commitment of a header (56 bytes): `file-commit` where it is not one of this secret. */
export async function openFileContainer(options: {
  readonly sodium: Sodium;
  readonly fileSecret: Uint8Array;
  readonly header: Uint8Array;
}): Promise<Result<OpenFileContainer, 'file-commit'>> {
  const opener = await createContainerOpener(options);
  return opener.ok ? ok((first) => openFirst(opener.value, first)) : opener;
}

async function openFirst(
  opener: ContainerOpener,
  first: Uint8Array<ArrayBuffer>,
): Promise<Result<FileContainer, StreamRefusal>> {
  // Only the last chunk is short, and the tag proves which one it was sealed as: its length is bound to its place below.
  const short = first.length < SEALED_CHUNK_BYTES;
  const plain = await opener.openChunk(0, first, short);
  if (!plain.ok) return plain;
  const head = readHead(plain.value);
  if (!head.ok) return head;
  const { file, layout } = head.value;
  if (short !== (layout.chunkCount === 1)) return no('file-truncated');
  const bytes = fileBytes(layout, 0, plain.value);
  if (!bytes.ok) return bytes;
  return ok({
    file,
    chunkCount: layout.chunkCount,
    bytes: bytes.value,
    open: async (index, sealed) => {
      const opened = await opener.openChunk(index, sealed, index === layout.chunkCount - 1);
      return opened.ok ? fileBytes(layout, index, opened.value) : opened;
    },
  });
}

interface Head {
  readonly file: ManifestFile;
  readonly layout: ContainerLayout;
}

function readHead(plain: Bytes): Result<Head, StreamRefusal> {
  if (plain.length < 4) return no('file-truncated');
  const length = readU32(plain, 0);
  if (4 + length > plain.length) return no('file-chunk');
  const manifest = parseManifest(plain.subarray(4, 4 + length));
  const file = manifest.ok ? manifest.value.files[0] : undefined;
  if (!manifest.ok || file === undefined || manifest.value.files.length > 1) return no('file-chunk');
  const layout = containerLayout(length, file.size);
  return layout.chunkCount > MAX_CHUNKS ? no('file-chunk') : ok({ file, layout });
}

function fileBytes(layout: ContainerLayout, index: number, plain: Bytes): Result<Bytes, StreamRefusal> {
  const origin = index * chunkBytes;
  if (plain.length !== Math.min(layout.plainLength - origin, chunkBytes)) return no('file-truncated');
  const from = Math.max(layout.filesStart - origin, 0);
  const to = Math.max(layout.filesStart + layout.size - origin, 0);
  // Only one container exists for one file: padding is zeros.
  if (to < plain.length && plain.subarray(to).some((byte) => byte !== 0)) return no('file-chunk');
  return ok(plain.subarray(from, to));
}
