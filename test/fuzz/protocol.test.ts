// Frames of the control channel, and messages of the signaling socket at both of its ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeFrame, encodeFrame } from '../../src/protocol/frame.ts';
import { maxFrameBytes } from '../../src/protocol/limits.ts';
import { maxIdLength, maxSignalDepth, parseSignal, relayFrame } from '../../src/protocol/signaling.ts';
import { readMessage, writeSignal } from '../../src/core/transport/peerjs-message.ts';
import { mintSealed } from '../../src/core/crypto/mint.ts';
import { long } from '../support/fuzz.ts';
import { jsonBytes, rubbish, wounds } from '../support/rubbish.ts';
import { anyFrame, goodFrames } from '../support/session-frames.ts';

const reasons = new Set(['bad-frame', 'frame-too-large']);

function judgeFrame(bytes: Uint8Array): void {
  const result = decodeFrame(bytes);
  if (!result.ok) return assert.ok(reasons.has(result.reason));
  // What was accepted is one of the frames there are, within their limits, and says the same when it is passed on.
  assert.ok(result.value.kind in goodFrames);
  const again = encodeFrame(result.value);
  assert.ok(again.length <= maxFrameBytes);
  assert.deepEqual(decodeFrame(again), result);
}

test('a frame that was spoilt on its way is a frame or a refusal', () => {
  fc.assert(
    fc.property(anyFrame, wounds, (frame, spoil) => judgeFrame(spoil(encodeFrame(frame)))),
    long(1000),
  );
});

test('a frame with the fields of others is a frame or a refusal', () => {
  fc.assert(
    fc.property(anyFrame, anyFrame, fc.dictionary(fc.string(), fc.jsonValue()), (one, two, more) => {
      judgeFrame(jsonBytes({ ...one, ...two, ...more }));
      judgeFrame(jsonBytes({ ...two, ...more, kind: one.kind }));
      judgeFrame(jsonBytes([one, two]));
    }),
    long(500),
  );
});

test('bytes that are no frame are refused, whatever they are', () => {
  fc.assert(
    fc.property(rubbish(), (bytes) => assert.equal(decodeFrame(bytes).ok, false)),
    long(500),
  );
});

const signal = fc.record(
  {
    type: fc.oneof(fc.constantFrom('OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE'), fc.string()),
    src: fc.jsonValue(),
    dst: fc.oneof(fc.string({ maxLength: 300 }), fc.jsonValue()),
    payload: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

/** A frame's text with its keys in any order, doubled, in disguise, and blanks wherever JSON allows them. */
const blank = fc.constantFrom('', '', ' ', '\t', '\n\r ');
const disguise = (key: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(JSON.stringify(key)) },
    fc.nat(key.length - 1).map((at) => {
      const code = key.charCodeAt(at).toString(16).padStart(4, '0');
      return `"${key.slice(0, at)}\\u${code}${key.slice(at + 1)}"`;
    }),
  );
const valueText = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.string().map((text) => JSON.stringify(text)),
);
const member = fc.oneof(
  fc.tuple(disguise('type'), fc.constantFrom('"OFFER"', '"ANSWER"', '"CANDIDATE"', '"LEAVE"', '"open"')),
  fc.tuple(disguise('dst'), fc.oneof(fc.constantFrom('"b"', '""', 'null'), valueText)),
  fc.tuple(disguise('src'), valueText),
  fc.tuple(disguise('payload'), valueText),
  fc.tuple(
    fc.string().map((key) => JSON.stringify(key)),
    fc.oneof(valueText, fc.constant('{"payload":{"payload":"}"},"dst":"c"}')),
  ),
);
const frameText = fc.array(fc.tuple(blank, member, blank, blank), { maxLength: 7 }).map((members) => {
  const inside = members.map(([one, [key, value], two, three]) => `${one}${key}${two}:${three}${value}`);
  return `{"type":"OFFER"${inside.map((text) => `,${text}`).join('')}}`;
});

/** What a relayed frame must say, going by JSON alone. */
function relayedAs(text: string, src: string): unknown {
  const value = JSON.parse(text) as Record<string, unknown>;
  const { type, dst, payload } = value;
  return JSON.parse(
    JSON.stringify({ type, src, dst: dst === null || dst === '' ? undefined : dst, payload }),
  );
}

test('the server takes a signal or says why not, and what it passes on has its own stamp and no more', () => {
  const texts = fc.oneof(
    frameText,
    signal.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(texts, fc.string(), wounds, fc.boolean(), (good, src, spoil, isSpoilt) => {
      const bytes = new TextEncoder().encode(good);
      const sent = isSpoilt ? spoil(bytes) : bytes;
      const result = parseSignal(sent);
      if (!result.ok) return assert.equal(typeof result.reason, 'string');
      assert.ok((result.value.dst ?? '').length <= maxIdLength);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(sent);
      const relayed = relayFrame(result.value, src);
      assert.deepEqual(JSON.parse(relayed), relayedAs(text, src));
      assert.deepEqual(parseSignal(text), result);
    }),
    long(3000),
  );
});

test('no depth of nesting gets past the server, or makes it fall over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom('[', '{"a":'), (depth, open) => {
      const close = open === '[' ? ']' : '}';
      const nested = open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth);
      const result = parseSignal(`{"type":"OFFER","dst":"b","payload":${nested}}`);
      if (depth >= maxSignalDepth) assert.equal(result.ok, false);
      if (result.ok) relayFrame(result.value, 'a');
    }),
    long(300),
  );
});

const peerId = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
const connectionId = fc.stringMatching(/^[\w-]{8,64}$/);
const kinds = { OFFER: 'offer', ANSWER: 'answer', CANDIDATE: 'candidate' } as const;

test('a signal comes out of the socket as it went in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('offer' as const, 'answer' as const, 'candidate' as const),
      peerId,
      connectionId,
      rubbish(2000),
      (kind, from, c, bytes) => {
        const sent = writeSignal(kind, 'b', c, mintSealed(bytes));
        const heard = readMessage(JSON.parse(JSON.stringify({ ...sent, src: from })));
        assert.deepEqual(heard, { kind: 'signal', signal: { kind, from, connectionId: c, bytes } });
      },
    ),
    long(500),
  );
});

test('whatever else a server says is its own word, a signal of a kind there is, or nothing', () => {
  const anyPayload = fc.oneof(
    fc.jsonValue(),
    fc.record({ rf1: fc.oneof(fc.string(), fc.base64String(), fc.jsonValue()), c: fc.jsonValue() }),
    fc.record({ rf1: fc.stringMatching(/^[\w-]*$/), c: connectionId }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record({
          type: fc.constantFrom(...Object.keys(kinds), 'EXPIRE', 'ERROR', 'OPEN', 'constructor'),
          src: fc.oneof(peerId, fc.anything()),
          payload: anyPayload,
        }),
      ),
      (message) => {
        const heard = readMessage(message);
        if (heard?.kind !== 'signal') return;
        assert.match(heard.signal.from, /^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/);
        assert.match(heard.signal.connectionId, /^[\w-]{8,64}$/);
        assert.ok(Object.values(kinds).includes(heard.signal.kind));
      },
    ),
    long(1000),
  );
});
