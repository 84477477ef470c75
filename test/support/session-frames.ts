// takes nothing, gives one good frame of each kind, and fast-check's idea of any other.

import fc from 'fast-check';
import type { FileCancelReason, Frame } from '../../src/protocol/frame.ts';

const id = 'id-of_22-characters-xx';

/** One frame of each kind, by kind. */
export const goodFrames: { readonly [K in Frame['kind']]: Extract<Frame, { kind: K }> } = {
  'profile': { kind: 'profile', peer: 'a1b2', name: 'Ada', audio: true, video: false },
  'roster': { kind: 'roster', peers: ['c3d4', 'e5f6'], door: true },
  'bye': { kind: 'bye', reason: 'left' },
  'description': { kind: 'description', type: 'offer', sdp: 'v=0\r\n' },
  'candidate': {
    kind: 'candidate',
    candidate: 'candidate:1 1 udp 1 ::1 9 typ host',
    mid: '0',
    line: 0,
    ufrag: 'u',
  },
  'message': { kind: 'message', id, text: 'Grüße 👋', sentAt: 1_767_225_600_000 },
  'receipt': { kind: 'receipt', ids: [id] },
  'file-offer': {
    kind: 'file-offer',
    id,
    transfer: 7,
    name: 'photo.jpg',
    type: 'image/jpeg',
    size: 12_345,
    secret: 'A'.repeat(43),
    header: 'A'.repeat(75),
  },
  'file-accept': { kind: 'file-accept', id, from: 0 },
  'file-reject': { kind: 'file-reject', id },
  'file-cancel': { kind: 'file-cancel', id, reason: 'cancelled' },
  'file-received': { kind: 'file-received', id, bytes: 16_384 },
  'file-done': { kind: 'file-done', id },
};

export const cancelReasons: readonly FileCancelReason[] = [
  'cancelled',
  'file-changed',
  'file-chunk',
  'file-unwritable',
  'file-truncated',
  'internal',
];

const anyId = fc.stringMatching(/^[\w-]{8,64}$/);
const anyPeer = fc.stringMatching(/^[A-Za-z0-9][\w-]{0,63}$/);
/** UTF-16 with everything in it: controls, astral characters, halves of them. */
const anyText = (maxLength: number) =>
  fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('').slice(0, maxLength));
const count = (max: number) => fc.integer({ min: 0, max });

/** Any frame that an honest kit may send. */
export const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    kind: fc.constant('profile' as const),
    peer: anyPeer,
    name: anyText(64),
    audio: fc.boolean(),
    video: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('roster' as const),
    peers: fc.array(anyPeer, { maxLength: 64 }),
    door: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('bye' as const),
    reason: fc.constantFrom('left' as const, 'full' as const, 'mismatch' as const),
  }),
  fc.record({
    kind: fc.constant('description' as const),
    type: fc.constantFrom('offer' as const, 'answer' as const),
    sdp: anyText(2_000),
  }),
  fc.record({
    kind: fc.constant('candidate' as const),
    candidate: anyText(2_048),
    mid: fc.option(anyText(64)),
    line: fc.option(count(0xffff)),
    ufrag: fc.option(anyText(256)),
  }),
  fc.record({
    kind: fc.constant('message' as const),
    id: anyId,
    text: anyText(4_000).filter((text) => text !== ''),
    sentAt: count(8.64e15),
  }),
  fc.record({ kind: fc.constant('receipt' as const), ids: fc.array(anyId, { maxLength: 256 }) }),
  fc.record({
    kind: fc.constant('file-offer' as const),
    id: anyId,
    transfer: count(0xffff_ffff),
    name: anyText(255),
    type: anyText(127),
    size: count(Number.MAX_SAFE_INTEGER),
    secret: fc.stringMatching(/^[\w-]{43}$/),
    header: fc.stringMatching(/^[\w-]{75}$/),
  }),
  fc.record({ kind: fc.constant('file-accept' as const), id: anyId, from: count(0xffff_ffff) }),
  fc.record({ kind: fc.constantFrom('file-reject' as const, 'file-done' as const), id: anyId }),
  fc.record({
    kind: fc.constant('file-cancel' as const),
    id: anyId,
    reason: fc.constantFrom(...cancelReasons),
  }),
  fc.record({
    kind: fc.constant('file-received' as const),
    id: anyId,
    bytes: count(Number.MAX_SAFE_INTEGER),
  }),
);
