// What comes over the file channel: messages, manifests and containers, from strangers and from senders who hold the key.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Bytes } from '../../src/core/brand.ts';
import { openFileContainer } from '../../src/core/crypto/container-stream.ts';
import { sanitizeFileName } from '../../src/core/crypto/file-name.ts';
import {
  SEALED_CHUNK_BYTES,
  createContainerReader,
  createContainerSealer,
  encodeManifest,
  loadSodium,
  parseManifest,
  totalSize,
  unpackFileMessage,
} from '../../src/core/crypto/index.ts';
import { filled, valueOf } from '../support/crypto.ts';
import { long } from '../support/fuzz.ts';
import { almost, rubbish, same, wounds } from '../support/rubbish.ts';

const sodium = await loadSodium();
const fileSecret = filled(32, 9);

test('a message of the file channel falls into chunks that make it up whole, or is refused', () => {
  const sizes = fc.oneof(
    fc.nat(64),
    fc
      .tuple(fc.nat(4), fc.integer({ min: -20, max: 20 }))
      .map(([n, d]) => Math.max(0, 8 + n * SEALED_CHUNK_BYTES + d)),
  );
  fc.assert(
    fc.property(sizes, fc.nat(255), (length, fill) => {
      const bytes = filled(length, fill);
      const result = unpackFileMessage(bytes);
      if (!result.ok) return;
      const { chunks } = result.value;
      assert.ok(chunks.length >= 1 && chunks.length <= 3);
      assert.equal(
        chunks.reduce((sum, chunk) => sum + chunk.length, 8),
        length,
      );
      for (const chunk of chunks.slice(0, -1)) assert.equal(chunk.length, SEALED_CHUNK_BYTES);
      assert.ok((chunks.at(-1)?.length ?? 0) >= 16);
    }),
    long(1000),
  );
});

test('a manifest that is accepted has harmless names and honest sizes, and is the same when it is written again', () => {
  fc.assert(
    fc.property(fc.oneof(almost, rubbish()), (bytes) => {
      const result = parseManifest(bytes);
      if (!result.ok) return;
      for (const { name, size, mtime } of result.value.files) {
        assert.equal(sanitizeFileName(name), name);
        assert.doesNotMatch(name, /[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        assert.ok(Number.isSafeInteger(size) && size >= 0 && Number.isSafeInteger(mtime));
      }
      assert.ok(Number.isSafeInteger(totalSize(result.value)));
      assert.deepEqual(parseManifest(encodeManifest(result.value)), result);
    }),
    long(2000),
  );
});

const content = fc.tuple(fc.nat(50_000), fc.nat(255)).map(([size, fill]) => filled(size, fill));

async function seal(
  bytes: Bytes,
): Promise<{ readonly header: Bytes; readonly length: number; readonly chunks: Bytes[] }> {
  const manifest = { v: 1, files: [{ name: 'a.bin', type: '', size: bytes.length, mtime: 0 }] } as const;
  const sealer = await createContainerSealer({ sodium, fileSecret, manifest });
  const chunks: Bytes[] = [];
  for (let index = 0; index < sealer.layout.chunkCount; index += 1) {
    const { start, end } = sealer.fileRange(index);
    chunks.push(await sealer.sealChunk(index, bytes.subarray(start, end)));
  }
  return { header: new Uint8Array(sealer.header), length: sealer.layout.containerLength, chunks };
}

test('a container gives the bytes that went in, or stops at the chunk that was touched', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.nat(), wounds, async (bytes, at, spoil) => {
      const { header, length, chunks } = await seal(bytes);
      const touched = at % chunks.length;
      const good = chunks[touched] ?? new Uint8Array();
      const bad = spoil(good);
      const reader = valueOf(
        await createContainerReader({ sodium, fileSecret, header, containerLength: length }),
      );
      const open = valueOf(await openFileContainer({ sodium, fileSecret, header }));
      const whole = new Uint8Array(bytes.length);
      for (const [index, chunk] of chunks.entries()) {
        if (index === touched && !same(bad, good)) {
          assert.equal((await reader.readChunk(index, bad)).ok, false);
          if (index === 0) assert.equal((await open(bad)).ok, false);
          assert.equal(reader.complete, false);
        }
        const part = valueOf(await reader.readChunk(index, chunk));
        whole.set(part.bytes, part.start);
      }
      assert.equal(reader.complete, true);
      assert.ok(same(whole, bytes));
      const stream = valueOf(await open(chunks[0] ?? new Uint8Array()));
      if (touched > 0 && !same(bad, good)) assert.equal((await stream.open(touched, bad)).ok, false);
    }),
    long(60),
  );
});

test('a header that was touched, or is of another secret, opens nothing', async () => {
  const { header, length } = await seal(filled(2000, 1));
  await fc.assert(
    fc.asyncProperty(
      wounds,
      fc.oneof(fc.constant(length), fc.integer(), fc.double()),
      async (spoil, containerLength) => {
        const bad = spoil(header);
        if (same(bad, header)) return;
        for (const made of [
          await createContainerReader({ sodium, fileSecret, header: bad, containerLength }),
          await openFileContainer({ sodium, fileSecret, header: bad }),
          await openFileContainer({ sodium, fileSecret: filled(32, 8), header }),
        ])
          assert.equal(made.ok, false);
      },
    ),
    long(200),
  );
});
