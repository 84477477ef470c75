import { expect } from 'chai';
import { concat, u32, utf8 } from '../../../../src/core/crypto/bytes.ts';
import {
  createContainerReader,
  createContainerSealer,
  encodeManifest,
  loadSodium,
} from '../../../../src/core/crypto/index.ts';
import type { ContainerReader, Manifest } from '../../../../src/core/crypto/index.ts';
import { expand } from '../../../../src/core/crypto/kdf.ts';
import { L } from '../../../../src/core/crypto/labels.ts';
import { mintSealed } from '../../../../src/core/crypto/mint.ts';
import { filled, flipped, reasonOf, valueOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const fileSecret = filled(32, 7);
const content = (size: number) =>
  Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8) * 7) & 0xff);

async function sealed(manifest: Manifest) {
  const size = manifest.files.reduce((sum, file) => sum + file.size, 0);
  const file = content(size);
  const sealer = await createContainerSealer({ sodium, fileSecret, manifest });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index < sealer.layout.chunkCount; index += 1) {
    const { start, end } = sealer.fileRange(index);
    chunks.push(await sealer.sealChunk(index, file.subarray(start, end)));
  }
  return { file, chunks, header: sealer.header, containerLength: sealer.layout.containerLength };
}

const oneFile = (size: number): Manifest => ({ v: 1, files: [{ name: 'a.bin', type: '', size, mtime: 0 }] });
const manyFiles: Manifest = {
  v: 1,
  files: Array.from({ length: 600 }, (_, at) => ({
    name: `file number ${at}.bin`,
    type: 'image/png',
    size: 100,
    mtime: at,
  })),
};

type Container = Awaited<ReturnType<typeof sealed>>;
const readerOf = async ({ header, containerLength }: Container, length = containerLength) =>
  valueOf(await createContainerReader({ sodium, fileSecret, header, containerLength: length }));

async function readAll(reader: ContainerReader, { chunks, file }: Container): Promise<Uint8Array> {
  const out = new Uint8Array(file.length);
  for (const [index, chunk] of chunks.entries()) {
    const part = valueOf(await reader.readChunk(index, chunk));
    out.set(part.bytes, part.start);
  }
  return out;
}

/** A container of any plaintext at all, sealed with the right key. */
async function sealedPlain(plain: Uint8Array<ArrayBuffer>): Promise<Container> {
  const salt = filled(24, 1);
  const info = concat(
    utf8('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0'),
    salt,
    utf8('reforms-file/1'),
  );
  const okm = expand(sodium, expand(sodium, fileSecret, L('file content'), 32), info, 76);
  const key = await crypto.subtle.importKey('raw', okm.slice(0, 32), 'AES-GCM', false, ['encrypt']);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index * 16_384 <= plain.length; index += 1) {
    const iv = okm.slice(32, 44);
    iv[11] = (iv[11] ?? 0) ^ index;
    const part = new Uint8Array(plain.slice(index * 16_384, (index + 1) * 16_384));
    chunks.push(new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, part)));
  }
  const containerLength = chunks.reduce((sum, { length }) => sum + length, 56);
  return { file: plain, chunks, header: mintSealed(concat(salt, okm.slice(44))), containerLength };
}

describe('reading a container', () => {
  for (const size of [0, 1, 16_305, 16_306, 50_000, 200_000]) {
    it(`gives the ${size} bytes that went in, complete with the last chunk only`, async () => {
      const container = await sealed(oneFile(size));
      const reader = await readerOf(container);
      expect(reader.manifest).to.equal(null);
      expect(reader.layout).to.equal(null);
      expect(reader.chunkCount).to.equal(container.chunks.length);
      expect(reader.complete).to.equal(false);
      expect(await readAll(reader, container)).to.deep.equal(container.file);
      expect(reader.complete).to.equal(true);
      expect(reader.manifest).to.deep.equal(oneFile(size));
      expect(reader.layout?.size).to.equal(size);
    });
  }

  it('works with a manifest that goes over several chunks', async () => {
    const container = await sealed(manyFiles);
    expect(encodeManifest(manyFiles).length).to.be.above(2 * 16_384);
    const reader = await readerOf(container);
    expect(await readAll(reader, container)).to.deep.equal(container.file);
    expect(reader.manifest).to.deep.equal(manyFiles);
    expect(reader.complete).to.equal(true);
  });

  it('is at home anywhere in the file once the manifest is there', async () => {
    const container = await sealed(oneFile(100_000));
    const reader = await readerOf(container);
    const [first, , third] = container.chunks;
    if (!first || !third) throw new Error('no chunks');
    expect(reasonOf(await reader.readChunk(2, third))).to.equal('file-chunk');
    valueOf(await reader.readChunk(0, first));
    const order = [6, 2, 4, 1, 3, 5, 2].filter((index) => index < container.chunks.length);
    const parts = await Promise.all(
      order.map((index) => reader.readChunk(index, container.chunks[index] ?? first)),
    );
    for (const part of parts) {
      const { start, bytes } = valueOf(part);
      expect(bytes).to.deep.equal(container.file.slice(start, start + bytes.length));
    }
    expect(reader.complete).to.equal(order.length === 7);
  });

  it('takes the manifest chunks in order only', async () => {
    const container = await sealed(manyFiles);
    const reader = await readerOf(container);
    const [first, second] = container.chunks;
    if (!first || !second) throw new Error('no chunks');
    expect(valueOf(await reader.readChunk(0, first)).bytes).to.have.length(0);
    expect(reasonOf(await reader.readChunk(0, first))).to.equal('file-chunk');
    expect(valueOf(await reader.readChunk(1, second)).bytes).to.have.length(0);
  });
});

describe('a container that is not what was sealed', () => {
  it('is truncated at any boundary: refused at the cut', async () => {
    const container = await sealed(oneFile(100_000));
    for (let kept = 0; kept < container.chunks.length; kept += 1) {
      const cut = 56 + kept * 16_400;
      const made = await createContainerReader({
        sodium,
        fileSecret,
        header: container.header,
        containerLength: cut,
      });
      expect(reasonOf(made)).to.equal('file-truncated');
      // With a shorter last chunk, as a liar would say.
      const reader = await readerOf(container, cut + 100);
      const { reasons } = await attempt(
        reader,
        container.chunks.slice(0, kept + 1).map((chunk, at) => (at === kept ? chunk.slice(0, 100) : chunk)),
      );
      expect(reasons.at(0) ?? 'accepted').to.be.oneOf(['file-truncated', 'file-chunk']);
      expect(reader.complete).to.equal(false);
    }
  });

  it('has a chunk swapped, doubled, dropped or appended: refused there, and the right one still counts', async () => {
    const container = await sealed(oneFile(100_000));
    const reader = await readerOf(container);
    const [a, b, c] = container.chunks;
    if (!a || !b || !c) throw new Error('no chunks');
    valueOf(await reader.readChunk(0, a));
    expect(reasonOf(await reader.readChunk(1, c))).to.equal('file-chunk');
    expect(reasonOf(await reader.readChunk(1, a))).to.equal('file-chunk');
    expect(reasonOf(await reader.readChunk(2, b))).to.equal('file-chunk');
    expect(reasonOf(await reader.readChunk(1, flipped(b, 9)))).to.equal('file-chunk');
    for (const index of [container.chunks.length, -1, 0.5, Number.NaN]) {
      expect(reasonOf(await reader.readChunk(index, b))).to.equal('file-chunk');
    }
    valueOf(await reader.readChunk(1, b));
    expect(reader.complete).to.equal(false);
  });

  it('is of another secret: known by the commitment', async () => {
    const { header, containerLength } = await sealed(oneFile(10));
    const made = await createContainerReader({ sodium, fileSecret: filled(32, 8), header, containerLength });
    expect(reasonOf(made)).to.equal('file-commit');
  });
});

describe('a container sealed by a liar', () => {
  const manifest = encodeManifest(oneFile(10));
  const cases: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] = [
    ['too short for a length', filled(3, 0), 'file-truncated'],
    ['a manifest longer than everything', concat(u32(2000), filled(1020, 0x20)), 'file-truncated'],
    ['an endless manifest', concat(u32(0xffffffff), filled(1020, 0x20)), 'bad-frame'],
    ['a manifest that is none', concat(u32(2), utf8('{}'), filled(1018, 0)), 'version'],
    ['a manifest of noise', concat(u32(2), utf8('{{'), filled(1018, 0)), 'bad-frame'],
    [
      'sizes that do not fit the container',
      concat(u32(manifest.length), manifest, filled(2000, 0)),
      'file-truncated',
    ],
    [
      'padding that is not zero',
      concat(u32(manifest.length), manifest, filled(10, 1), filled(1024 - 14 - manifest.length, 9)),
      'file-chunk',
    ],
  ];
  for (const [what, plain, reason] of cases) {
    it(`is refused: ${what}`, async () => {
      const container = await sealedPlain(plain);
      const reader = await readerOf(container);
      const { reasons } = await attempt(reader, container.chunks);
      expect(reasons).to.deep.equal([reason]);
      expect(reader.complete).to.equal(false);
    });
  }

  it('whose size would not fit a container at all is refused, not thrown at us', async () => {
    const huge = encodeManifest(oneFile(2 ** 50));
    const container = await sealedPlain(concat(u32(huge.length), huge, filled(1020 - huge.length, 0)));
    const { reasons } = await attempt(await readerOf(container), container.chunks);
    expect(reasons).to.deep.equal(['file-truncated']);
  });
});

/** Reads chunks from 0 on, and gives the reasons for those that were refused. */
async function attempt(reader: ContainerReader, chunks: readonly Uint8Array<ArrayBuffer>[]) {
  const reasons: string[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const part = await reader.readChunk(index, chunk);
    if (!part.ok) reasons.push(part.reason);
  }
  return { reasons };
}
