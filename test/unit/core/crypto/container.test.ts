import { gcm } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { expect } from 'chai';
import { concat, u32, utf8 } from '../../../../src/core/crypto/bytes.ts';
import {
  containerLayout,
  createContainerOpener,
  createContainerSealer,
  encodeManifest,
  fileKeys,
  loadSodium,
} from '../../../../src/core/crypto/index.ts';
import type { ContainerSealer, Manifest } from '../../../../src/core/crypto/index.ts';
import { chunkPlainLength, chunksOfContainer } from '../../../../src/core/crypto/container-layout.ts';
import { padme } from '../../../../src/core/crypto/padding.ts';
import { codeOf, filled, flipped, hexOf, reasonOf, valueOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const fileSecret = filled(32, 7);
const manifestOf = (size: number): Manifest => ({
  v: 1,
  files: [{ name: 'a.bin', type: '', size, mtime: 0 }],
});
/** Bytes that differ everywhere. */
const content = (size: number) =>
  Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8) * 7) & 0xff);

async function sealAll(
  sealer: ContainerSealer,
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const indexes = Array.from({ length: sealer.layout.chunkCount }, (_, index) => index);
  return Promise.all(
    indexes.map((index) => {
      const { start, end } = sealer.fileRange(index);
      return sealer.sealChunk(index, file.subarray(start, end));
    }),
  );
}

const sealed = async (size: number) => {
  const sealer = await createContainerSealer({ sodium, fileSecret, manifest: manifestOf(size) });
  return { sealer, chunks: await sealAll(sealer, content(size)) };
};

/** The whole container by @noble, from the C2SP text and `trust.md` §7. */
function containerByNoble(secret: Uint8Array, manifest: Manifest, file: Uint8Array): Uint8Array {
  const expand = (prk: Uint8Array, info: Uint8Array, length: number) => {
    const one = hmac(sha512, prk, concat(info, Uint8Array.of(1)));
    return concat(one, hmac(sha512, prk, concat(one, info, Uint8Array.of(2)))).slice(0, length);
  };
  const label = (name: string) => utf8(`reforms/1 ${name}\0`);
  const salt = expand(secret, label('file salt'), 24);
  const okm = expand(
    expand(secret, label('file content'), 32),
    concat(
      utf8('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM'),
      Uint8Array.of(0),
      salt,
      utf8('reforms-file/1'),
    ),
    76,
  );
  const head = encodeManifest(manifest);
  const used = concat(u32(head.length), head, file);
  const plain = concat(used, filled(padme(Math.max(used.length, 1024)) - used.length, 0));
  const parts: Uint8Array[] = [salt, okm.slice(44)];
  for (let index = 0; index * 16_384 <= plain.length; index += 1) {
    const counter = (BigInt(`0x${hexOf(okm.slice(32, 44))}`) ^ BigInt(index)).toString(16).padStart(24, '0');
    const nonce = Uint8Array.from(counter.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    parts.push(gcm(okm.slice(0, 32), nonce).encrypt(plain.slice(index * 16_384, (index + 1) * 16_384)));
  }
  return concat(...parts);
}

describe('the layout of a container', () => {
  it('has a short last chunk always, and a length known before', () => {
    for (const size of [0, 1, 900, 1023, 16_000, 16_310, 16_384, 40_000, 1_000_000]) {
      const layout = containerLayout(74, size);
      expect(layout.plainLength).to.equal(padme(Math.max(78 + size, 1024)));
      const lengths = Array.from({ length: layout.chunkCount }, (_, index) =>
        chunkPlainLength(layout, index),
      );
      expect(lengths.at(-1)).to.be.below(16_384);
      expect(lengths.slice(0, -1).every((length) => length === 16_384)).to.equal(true);
      expect(lengths.reduce((sum, length) => sum + length, 0)).to.equal(layout.plainLength);
      expect(layout.containerLength).to.equal(56 + layout.plainLength + 16 * layout.chunkCount);
      expect(chunksOfContainer(layout.containerLength)).to.equal(layout.chunkCount);
    }
  });

  it('is not found for lengths no container has', () => {
    for (const length of [0, 55, 56, 71, 56 + 16_400, 56 + 16_400 + 15, 100.5, Number.NaN, Infinity]) {
      expect(chunksOfContainer(length), String(length)).to.equal(null);
    }
    expect(chunksOfContainer(72)).to.equal(1);
    expect(chunksOfContainer(56 + 16_399)).to.equal(1);
    expect(chunksOfContainer(56 + 16_400 + 16)).to.equal(2);
    expect(chunksOfContainer(56 + 2 ** 32 * 16_400 + 16)).to.equal(null);
  });

  it('ends at 64 TiB', async () => {
    const made = (size: number) => createContainerSealer({ sodium, fileSecret, manifest: manifestOf(size) });
    expect(await codeOf(() => made(2 ** 46))).to.equal('file-too-large');
    expect((await made(2 ** 45)).layout.chunkCount).to.be.below(2 ** 32);
  });
});

describe('sealing a container', () => {
  for (const size of [0, 5, 16_384, 50_000, 120_000]) {
    it(`of ${size} bytes gives the bytes a second implementation gives`, async () => {
      const { sealer, chunks } = await sealed(size);
      const ours = concat(sealer.header, ...chunks);
      expect(ours).to.have.length(sealer.layout.containerLength);
      expect(hexOf(ours)).to.equal(hexOf(containerByNoble(fileSecret, manifestOf(size), content(size))));
    });
  }

  it('twice gives the same bytes, with another secret or name others', async () => {
    const one = await createContainerSealer({ sodium, fileSecret, manifest: manifestOf(10) });
    const two = await createContainerSealer({ sodium, fileSecret, manifest: manifestOf(10) });
    const other = await createContainerSealer({
      sodium,
      fileSecret: filled(32, 8),
      manifest: manifestOf(10),
    });
    const part = content(10);
    expect(await one.sealChunk(0, part)).to.deep.equal(await two.sealChunk(0, part));
    expect(one.header).to.deep.equal(two.header);
    expect(one.header).to.not.deep.equal(other.header);
  });

  it('notices a file that is not as long as it was', async () => {
    const { sealer } = await sealed(50_000);
    const { start, end } = sealer.fileRange(1);
    expect(await codeOf(() => sealer.sealChunk(1, content(end - start - 1)))).to.equal('file-changed');
    expect(await codeOf(() => sealer.sealChunk(1, content(end - start + 1)))).to.equal('file-changed');
  });

  it('asks for 32 bytes of secret', async () => {
    const made = () => createContainerSealer({ sodium, fileSecret: filled(31, 1), manifest: manifestOf(1) });
    expect(await codeOf(made)).to.equal('invalid-secret');
  });

  it('names an upload and the right to fetch it by other keys', () => {
    const { fileId, dlToken } = fileKeys(sodium, fileSecret);
    expect([fileId.length, dlToken.length]).to.deep.equal([16, 32]);
    expect(hexOf(fileId)).to.not.equal(hexOf(dlToken.slice(0, 16)));
  });
});

describe('opening a container', () => {
  it('finds a wrong secret or header by the commitment, before any chunk', async () => {
    const { sealer } = await sealed(10);
    const open = (secret: Uint8Array, header: Uint8Array) =>
      createContainerOpener({ sodium, fileSecret: secret, header });
    expect((await open(fileSecret, sealer.header)).ok).to.equal(true);
    expect(reasonOf(await open(filled(32, 8), sealer.header))).to.equal('file-commit');
    for (let at = 0; at < 56; at += 1) {
      expect(reasonOf(await open(fileSecret, flipped(sealer.header, at)))).to.equal('file-commit');
    }
    expect(reasonOf(await open(fileSecret, sealer.header.slice(0, 55)))).to.equal('file-commit');
    expect(reasonOf(await open(fileSecret, concat(sealer.header, filled(1, 0))))).to.equal('file-commit');
  });

  it('refuses chunks that are changed, swapped, doubled or cut, and opens the good ones in any order', async () => {
    const { sealer, chunks } = await sealed(50_000);
    const opener = valueOf(await createContainerOpener({ sodium, fileSecret, header: sealer.header }));
    const [first, second, third, fourth] = chunks;
    if (!first || !second || !third || !fourth || chunks.length !== 4) throw new Error('not four chunks');
    expect(reasonOf(await opener.openChunk(0, second, false))).to.equal('file-chunk');
    expect(reasonOf(await opener.openChunk(2, second, false))).to.equal('file-chunk');
    expect(reasonOf(await opener.openChunk(0, flipped(first, 16_399), false))).to.equal('file-chunk');
    expect(reasonOf(await opener.openChunk(0, first.slice(1), false))).to.equal('file-chunk');
    expect(reasonOf(await opener.openChunk(3, fourth.slice(0, -1), true))).to.equal('file-chunk');
    expect(reasonOf(await opener.openChunk(3, fourth.slice(0, 15), true))).to.equal('file-truncated');
    expect(reasonOf(await opener.openChunk(2, third, true))).to.equal('file-truncated');
    expect(reasonOf(await opener.openChunk(3, fourth, false))).to.equal('file-chunk');
    expect(valueOf(await opener.openChunk(3, fourth, true))).to.have.length(
      sealer.layout.plainLength % 16_384,
    );
    expect(valueOf(await opener.openChunk(1, second, false))).to.have.length(16_384);
    expect(valueOf(await opener.openChunk(0, first, false))).to.have.length(16_384);
  });
});
