// takes nothing, gives fast-check's idea of what a stranger might send: noise, almost-right JSON, and good bytes gone bad.

import fc from 'fast-check';
import type { Bytes } from '../../src/core/brand.ts';

/** Any bytes. */
export const rubbish = (maxLength = 5000): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ maxLength }).map((data) => new Uint8Array(data));

export const jsonBytes = (value: unknown): Bytes => new TextEncoder().encode(JSON.stringify(value) ?? '');

/** An SDP with one fingerprint. */
export const goodSdp = `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AA').join(':')}\r\n`;

const key = 'A'.repeat(43);

/** Fields that look like those of our bodies and manifests: the right names, any values. */
export const almostFields = fc.record(
  {
    v: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.jsonValue()),
    sdp: fc.oneof(fc.constant(goodSdp), fc.jsonValue()),
    sasc: fc.oneof(fc.constant(key), fc.jsonValue()),
    ik: fc.oneof(fc.constant(key), fc.jsonValue()),
    sasr: fc.oneof(fc.constant(key), fc.jsonValue()),
    saso: fc.oneof(fc.constant(key), fc.jsonValue()),
    rpk: fc.oneof(fc.constant(key), fc.jsonValue()),
    cred: fc.oneof(fc.constant('a.b.c'), fc.jsonValue()),
    files: fc.oneof(
      fc.array(
        fc.record(
          {
            name: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
            size: fc.oneof(fc.nat(), fc.double(), fc.jsonValue()),
            type: fc.oneof(fc.constantFrom('image/png', '', 'a/b;c=d', '__proto__'), fc.jsonValue()),
            mtime: fc.oneof(fc.nat(), fc.double(), fc.jsonValue()),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 5 },
      ),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

/** The same as bytes. */
export const almost: fc.Arbitrary<Bytes> = almostFields.map(jsonBytes);

type Wound = (bytes: Uint8Array) => Uint8Array;

const at = (share: number, length: number): number => Math.min(length, Math.floor(share * (length + 1)));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** One way to spoil a message: a bit, a cut, a piece put in, taken out, doubled or moved. */
const wound: fc.Arbitrary<Wound> = fc.oneof(
  fc.tuple(share, fc.integer({ min: 1, max: 255 })).map(([where, mask]): Wound => (bytes) => {
    const copy = new Uint8Array(bytes);
    const index = Math.min(at(where, bytes.length), bytes.length - 1);
    if (index >= 0) copy[index] = (copy[index] ?? 0) ^ mask;
    return copy;
  }),
  share.map(
    (where): Wound =>
      (bytes) =>
        bytes.slice(0, at(where, bytes.length)),
  ),
  fc.tuple(share, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(([where, piece]): Wound => (bytes) => {
    const index = at(where, bytes.length);
    return new Uint8Array([...bytes.subarray(0, index), ...piece, ...bytes.subarray(index)]);
  }),
  fc.tuple(share, share).map(([one, two]): Wound => (bytes) => {
    const [from, to] = [at(Math.min(one, two), bytes.length), at(Math.max(one, two), bytes.length)];
    return new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(to)]);
  }),
  fc.tuple(share, share).map(([one, two]): Wound => (bytes) => {
    const [from, to] = [at(Math.min(one, two), bytes.length), at(Math.max(one, two), bytes.length)];
    return new Uint8Array([...bytes.subarray(0, to), ...bytes.subarray(from)]);
  }),
  share.map((where): Wound => (bytes) => {
    const index = at(where, bytes.length);
    return new Uint8Array([...bytes.subarray(index), ...bytes.subarray(0, index)]);
  }),
);

/** One to four wounds, one after the other. What comes out may be what went in: compare before you complain. */
export const wounds: fc.Arbitrary<(bytes: Uint8Array) => Bytes> = fc
  .array(wound, { minLength: 1, maxLength: 4 })
  .map((list) => (bytes) => new Uint8Array(list.reduce((sum, step) => step(sum), bytes)));

export const same = (one: Uint8Array, two: Uint8Array): boolean =>
  one.length === two.length && one.every((byte, index) => byte === two[index]);
