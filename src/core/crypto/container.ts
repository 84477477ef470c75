// takes chunks of plaintext, gives sealed chunks of a C2SP chunked-encryption@v1 container, and back.

import { chunkBytes } from '../../protocol/limits.ts';
import type { Bytes, Sealed } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat, u32, utf8 } from './bytes.ts';
import {
  CONTAINER_HEADER_BYTES,
  MAX_CHUNKS,
  SEALED_CHUNK_BYTES,
  chunkFileRange,
  chunkPlainLength,
  containerLayout,
} from './container-layout.ts';
import type { ContainerLayout, FileRange } from './container-layout.ts';
import { expand } from './kdf.ts';
import { L } from './labels.ts';
import { encodeManifest, totalSize } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { mintSealed } from './mint.ts';
import type { Sodium } from './sodium.ts';

const SALT = 24;
const TAG = 16;
const AEAD = 'AEAD_AES_256_GCM';
const CONTEXT = 'reforms-file/1';

/** What else a file secret is good for (`trust.md` §7). */
export interface FileKeys {
  /** 16 bytes: the name of an uploaded container. */
  readonly fileId: Bytes;
  /** 32 bytes: the right to download it. */
  readonly dlToken: Bytes;
}

/** fileId and dlToken of a 32-byte file secret. */
export const fileKeys = (sodium: Sodium, fileSecret: Uint8Array): FileKeys => ({
  fileId: expand(sodium, fileSecret, L('file id'), 16),
  dlToken: expand(sodium, fileSecret, L('file dl'), 32),
});

interface ContainerKey {
  readonly key: CryptoKey;
  readonly baseNonce: Bytes;
  readonly commitment: Bytes;
}

// key ‖ base nonce ‖ commitment = HKDF-Expand(input key, "c2sp.org/chunked-encryption@v1+" ‖ aead ‖ 0x00 ‖ salt ‖ context)
async function containerKey(
  sodium: Sodium,
  fileSecret: Uint8Array,
  salt: Uint8Array,
  usage: 'encrypt' | 'decrypt',
): Promise<ContainerKey> {
  if (fileSecret.length !== 32) throw new ReformsError('invalid-secret');
  const inputKey = expand(sodium, fileSecret, L('file content'), 32);
  const info = concat(utf8(`c2sp.org/chunked-encryption@v1+${AEAD}\0`), salt, utf8(CONTEXT));
  const okm = expand(sodium, inputKey, info, 32 + 12 + 32);
  const key = await crypto.subtle.importKey('raw', okm.subarray(0, 32), 'AES-GCM', false, [usage]);
  return { key, baseNonce: okm.slice(32, 44), commitment: okm.slice(44) };
}

// "the base nonce XOR'd with the chunk number as a big-endian integer"
function nonceOf(baseNonce: Bytes, index: number): Bytes {
  const nonce = new Uint8Array(baseNonce);
  const view = new DataView(nonce.buffer);
  view.setUint32(8, view.getUint32(8) ^ index);
  return nonce;
}

const cipher = (baseNonce: Bytes, index: number) => ({ name: 'AES-GCM', iv: nonceOf(baseNonce, index) });

/** Seals one container, chunk by chunk, in any order and many at once. */
export interface ContainerSealer {
  /** salt ‖ commitment, 56 bytes: in front of the chunks, or in the offer. */
  readonly header: Sealed;
  readonly layout: ContainerLayout;
  /** Which bytes of the files, joined one after another, `sealChunk(index)` needs. */
  fileRange(index: number): FileRange;
  /**
   * Seals chunk `index`: manifest and padding are added here. `file-changed` where `fileBytes` is not as long as
   * `fileRange(index)` says.
   */
  sealChunk(index: number, fileBytes: Bytes): Promise<Sealed>;
}

/**
 * Prepares a container for a fresh 32-byte `fileSecret`. Deterministic: the salt is Expand(fileSecret, L("file salt"),
 * 24), so the same secret, manifest and files give the same bytes. One secret seals one container, ever. Throws
 * `file-too-large` past 2^32 chunks, 64 TiB.
 */
export async function createContainerSealer({
  sodium,
  fileSecret,
  manifest,
}: {
  readonly sodium: Sodium;
  readonly fileSecret: Uint8Array;
  readonly manifest: Manifest;
}): Promise<ContainerSealer> {
  const encoded = encodeManifest(manifest);
  const layout = containerLayout(encoded.length, totalSize(manifest));
  if (layout.chunkCount > MAX_CHUNKS) throw new ReformsError('file-too-large');
  const prefix = concat(u32(encoded.length), encoded);
  const salt = expand(sodium, fileSecret, L('file salt'), SALT);
  const { key, baseNonce, commitment } = await containerKey(sodium, fileSecret, salt, 'encrypt');
  return {
    header: mintSealed(concat(salt, commitment)),
    layout,
    fileRange: (index) => chunkFileRange(layout, index),
    async sealChunk(index, fileBytes) {
      const plain = chunkPlain(layout, prefix, index, fileBytes);
      return mintSealed(new Uint8Array(await crypto.subtle.encrypt(cipher(baseNonce, index), key, plain)));
    },
  };
}

// u32 length ‖ manifest ‖ files ‖ zeros, the part that lies in one chunk. Most chunks are file bytes alone: no copy.
function chunkPlain(layout: ContainerLayout, prefix: Bytes, index: number, fileBytes: Bytes): Bytes {
  const { start, end } = chunkFileRange(layout, index);
  const length = chunkPlainLength(layout, index);
  if (fileBytes.length !== end - start) throw new ReformsError('file-changed');
  if (fileBytes.length === length) return fileBytes;
  const plain = new Uint8Array(length);
  const from = index * chunkBytes;
  plain.set(prefix.subarray(from, from + length));
  if (fileBytes.length > 0) plain.set(fileBytes, layout.filesStart + start - from);
  return plain;
}

/** Opens chunks of one container, in any order and many at once. */
export interface ContainerOpener {
  /**
   * The plaintext of chunk `index`. `last` says that the container ends with it: then it must be short
   * (`file-truncated` otherwise), and full if not. `file-chunk` where it is not the one that was sealed there.
   */
  openChunk(
    index: number,
    sealed: Uint8Array<ArrayBuffer>,
    last: boolean,
  ): Promise<Result<Bytes, 'file-chunk' | 'file-truncated'>>;
}

/** Checks the commitment of a header (56 bytes): `file-commit` where it is not one of this secret. */
export async function createContainerOpener({
  sodium,
  fileSecret,
  header,
}: {
  readonly sodium: Sodium;
  readonly fileSecret: Uint8Array;
  readonly header: Uint8Array;
}): Promise<Result<ContainerOpener, 'file-commit'>> {
  if (header.length !== CONTAINER_HEADER_BYTES) return no('file-commit');
  const { key, baseNonce, commitment } = await containerKey(
    sodium,
    fileSecret,
    header.subarray(0, SALT),
    'decrypt',
  );
  // "implementations MUST check the commitment matches the derived value before continuing"
  if (!sodium.equal(commitment, header.subarray(SALT))) return no('file-commit');
  return ok({
    async openChunk(index, sealed, last) {
      // "the implementation MUST check that the final chunk is shorter than 16 KiB, and consider the message truncated otherwise"
      if (last && (sealed.length < TAG || sealed.length >= SEALED_CHUNK_BYTES)) return no('file-truncated');
      if (!last && sealed.length !== SEALED_CHUNK_BYTES) return no('file-chunk');
      try {
        return ok(new Uint8Array(await crypto.subtle.decrypt(cipher(baseNonce, index), key, sealed)));
      } catch {
        return no('file-chunk');
      }
    },
  });
}
