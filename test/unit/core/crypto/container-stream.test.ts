import { expect } from 'chai';
import { openFileContainer } from '../../../../src/core/crypto/container-stream.ts';
import { createFilePacker } from '../../../../src/core/crypto/file-message.ts';
import { createContainerSealer, loadSodium } from '../../../../src/core/crypto/index.ts';
import type { ContainerSealer, ManifestFile, Sodium } from '../../../../src/core/crypto/index.ts';
import type { OpenFileContainer } from '../../../../src/core/crypto/container-stream.ts';
import { expand } from '../../../../src/core/crypto/kdf.ts';
import { L } from '../../../../src/core/crypto/labels.ts';
import { mintSealed } from '../../../../src/core/crypto/mint.ts';
import { bytes, concat, filled, flipped, reasonOf, valueOf } from '../../../support/crypto.ts';

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const file = (size: number): ManifestFile => ({ name: 'a.bin', type: '', size, mtime: 5 });

describe('a container that comes chunk by chunk', () => {
  let sodium: Sodium;
  const fileSecret = filled(32, 9);

  before(async () => {
    sodium = await loadSodium();
  });

  const sealerOf = (...files: readonly ManifestFile[]): Promise<ContainerSealer> =>
    createContainerSealer({ sodium, fileSecret, manifest: { v: 1, files } });

  const openerOf = async (header: Uint8Array): Promise<OpenFileContainer> =>
    valueOf(await openFileContainer({ sodium, fileSecret, header }));

  const sealed = (sealer: ContainerSealer, content: Uint8Array<ArrayBuffer>, index: number) => {
    const { start, end } = sealer.fileRange(index);
    return sealer.sealChunk(index, content.subarray(start, end));
  };

  /** Chunk 0 as someone with the secret can make it, whatever it says. */
  async function forged(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const salt = expand(sodium, fileSecret, L('file salt'), 24);
    const inputKey = expand(sodium, fileSecret, L('file content'), 32);
    const info = concat(
      text('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0'),
      salt,
      text('reforms-file/1'),
    );
    const okm = expand(sodium, inputKey, info, 76);
    const key = await crypto.subtle.importKey('raw', okm.slice(0, 32), 'AES-GCM', false, ['encrypt']);
    return new Uint8Array(
      await crypto.subtle.encrypt({ name: 'AES-GCM', iv: okm.slice(32, 44) }, key, plain),
    );
  }

  it('gives the file and its bytes, and says how many chunks there are', async () => {
    for (const size of [0, 1, 900, 16_300, 16_384, 40_000, 65_000, 300_000]) {
      const content = filled(size, 7);
      const sealer = await sealerOf(file(size));
      const open = await openerOf(sealer.header);
      const container = valueOf(await open(await sealed(sealer, content, 0)));
      expect(container.file).to.deep.equal(file(size));
      expect(container.chunkCount).to.equal(sealer.layout.chunkCount);
      let length = container.bytes.length;
      for (let index = 1; index < container.chunkCount; index += 1) {
        const part = valueOf(await container.open(index, await sealed(sealer, content, index)));
        expect(part.every((byte) => byte === 7)).to.equal(true);
        length += part.length;
      }
      expect(length).to.equal(size);
    }
  });

  it('is refused with the header of another secret', async () => {
    const { header } = await sealerOf(file(5));
    expect(reasonOf(await openFileContainer({ sodium, fileSecret, header: flipped(header, 30) }))).to.equal(
      'file-commit',
    );
    expect(reasonOf(await openFileContainer({ sodium, fileSecret: filled(32, 8), header }))).to.equal(
      'file-commit',
    );
  });

  it('is refused where a chunk was changed, moved or cut', async () => {
    const content = filled(40_000, 7);
    const sealer = await sealerOf(file(40_000));
    const open = await openerOf(sealer.header);
    const [zero, one] = await Promise.all([sealed(sealer, content, 0), sealed(sealer, content, 1)]);
    expect(reasonOf(await open(one))).to.equal('file-chunk');
    expect(reasonOf(await open(flipped(zero, 3)))).to.equal('file-chunk');
    expect(reasonOf(await open(zero.slice(0, 900)))).to.equal('file-chunk');
    expect(reasonOf(await open(bytes()))).to.equal('file-truncated');
    const container = valueOf(await open(zero));
    expect(reasonOf(await container.open(2, one))).to.not.equal('accepted');
    expect(reasonOf(await container.open(1, flipped(one, 16_399)))).to.equal('file-chunk');
    expect(reasonOf(await container.open(1, one.slice(0, 900)))).to.equal('file-chunk');
    expect(reasonOf(await container.open(1, one))).to.equal('accepted');
  });

  it('is refused where its manifest makes no sense', async () => {
    const { header } = await sealerOf(file(5));
    const open = await openerOf(header);
    const manifest = (json: string): Uint8Array<ArrayBuffer> =>
      concat(bytes(0, 0, 0, json.length), text(json), filled(1_024 - 4 - json.length, 0));
    for (const [plain, reason] of [
      [bytes(1, 2, 3), 'file-truncated'],
      [bytes(0xff, 0xff, 0xff, 0xff, 1), 'file-chunk'],
      [manifest('{'), 'file-chunk'],
      [manifest('{"v":2,"files":[]}'), 'file-chunk'],
      [manifest('{"v":1,"files":[]}'), 'file-chunk'],
      [manifest('{"v":1,"files":[{"name":"a","size":1},{"name":"b","size":1}]}'), 'file-chunk'],
      [manifest('{"v":1,"files":[{"name":"a","size":9007199254740991}]}'), 'file-chunk'],
      [manifest('{"v":1,"files":[{"name":"a","size":50000}]}'), 'file-truncated'],
      [concat(manifest('{"v":1,"files":[{"name":"a","size":1}]}'), bytes(0)), 'file-truncated'],
    ] as const) {
      expect(reasonOf(await open(await forged(plain)))).to.equal(reason);
    }
    expect(reasonOf(await open(await forged(manifest('{"v":1,"files":[{"name":"a","size":1}]}'))))).to.equal(
      'accepted',
    );
  });

  it('is refused where the padding carries something', async () => {
    const { header } = await sealerOf(file(5));
    const open = await openerOf(header);
    const json = '{"v":1,"files":[{"name":"a","size":1}]}';
    const plain = concat(bytes(0, 0, 0, json.length), text(json), filled(1_024 - 4 - json.length, 0));
    expect(reasonOf(await open(await forged(flipped(plain, 1_023))))).to.equal('file-chunk');
  });

  it('travels in messages that share one place', () => {
    const pack = createFilePacker();
    const first = pack(1, 0, [mintSealed(filled(16_400, 1))]);
    const copy = first.slice();
    const second = pack(1, 1, [mintSealed(filled(20, 2))]);
    expect(second.buffer).to.equal(first.buffer);
    expect(copy.length).to.equal(16_408);
    expect([...second.slice(8)]).to.deep.equal([...filled(20, 2)]);
  });
});
