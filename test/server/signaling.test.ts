import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  expireFrame,
  isAllowedId,
  maxIdLength,
  maxSignalBytes,
  maxSignalDepth,
  openFrame,
  parseSignal,
  refusalFrame,
  relayFrame,
} from '../../src/protocol/signaling.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const reasonOf = (frame: string | Uint8Array) => {
  const parsed = parseSignal(frame);
  return parsed.ok ? undefined : parsed.reason;
};
const valueOf = (frame: string | Uint8Array) => {
  const parsed = parseSignal(frame);
  assert.ok(parsed.ok);
  return parsed.value;
};

describe('parseSignal', () => {
  it('reads type, dst and payload and nothing else', () => {
    assert.deepEqual(valueOf('{"type":"OFFER","dst":"b","src":"liar","payload":{"sdp":1},"extra":2}'), {
      type: 'OFFER',
      dst: 'b',
      payload: '{"sdp":1}',
    });
  });

  it('reads binary as it reads text', () => {
    assert.deepEqual(valueOf(bytes('{"type":"ANSWER","dst":"ü"}')), {
      type: 'ANSWER',
      dst: 'ü',
      payload: undefined,
    });
  });

  for (const type of [
    'OPEN',
    'ERROR',
    'ID-TAKEN',
    'HEARTBEAT',
    'OFFER',
    'ANSWER',
    'CANDIDATE',
    'LEAVE',
    'EXPIRE',
  ]) {
    it(`knows ${type}`, () => assert.equal(valueOf(JSON.stringify({ type })).type, type));
  }

  for (const dst of ['', null]) {
    it(`takes dst ${JSON.stringify(dst)} for nobody`, () =>
      assert.equal(valueOf(JSON.stringify({ type: 'LEAVE', dst })).dst, undefined));
  }

  for (const dst of [
    0,
    1,
    true,
    false,
    [],
    {},
    { toString: 1 },
    { length: 1 },
    ['a'],
    'x'.repeat(maxIdLength + 1),
  ]) {
    it(`refuses dst ${JSON.stringify(dst).slice(0, 20)}`, () =>
      assert.equal(reasonOf(JSON.stringify({ type: 'OFFER', dst })), 'bad-dst'));
  }

  it('takes a dst of the greatest length', () =>
    assert.equal(
      valueOf(JSON.stringify({ type: 'OFFER', dst: 'x'.repeat(maxIdLength) })).dst?.length,
      maxIdLength,
    ));

  for (const text of [
    '{}',
    '{"type":null}',
    '{"type":{"toString":1}}',
    '{"type":["OFFER"]}',
    '{"type":"offer"}',
    '{"type":"__proto__"}',
    '{"type":"constructor"}',
    '{"__proto__":{"type":"OFFER"}}',
  ]) {
    it(`knows no type in ${text}`, () => assert.equal(reasonOf(text), 'unknown-type'));
  }

  for (const text of ['null', '1', '"OFFER"', 'true', '[]', '[{"type":"OFFER"}]']) {
    it(`refuses ${text}, which is no object`, () => assert.equal(reasonOf(text), 'not-object'));
  }

  for (const text of [
    '',
    '{',
    '{"type":',
    '{"type":"OFFER"',
    '{"type":"OFFER}',
    '"\\"',
    'OFFER',
    '{}{}',
    '\0',
  ]) {
    it(`refuses ${JSON.stringify(text)}, which is no JSON`, () => assert.equal(reasonOf(text), 'not-json'));
  }

  it('refuses bytes that are no UTF-8', () => {
    assert.equal(reasonOf(new Uint8Array([0xff, 0xfe, 0x7b])), 'not-utf8');
    assert.equal(reasonOf(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])), 'not-utf8');
  });

  it('refuses what is longer than the bound before reading it', () => {
    assert.equal(reasonOf('x'.repeat(maxSignalBytes + 1)), 'too-large');
    assert.equal(reasonOf(new Uint8Array(maxSignalBytes + 1)), 'too-large');
    assert.equal(reasonOf(new Uint8Array(maxSignalBytes)), 'not-json');
  });

  it('refuses nesting beyond the bound and takes what lies on it', () => {
    const nested = (depth: number) =>
      `{"type":"OFFER","dst":"b","payload":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    assert.equal(reasonOf(nested(maxSignalDepth + 1)), 'too-deep');
    assert.equal(parseSignal(nested(maxSignalDepth)).ok, true);
    assert.equal(reasonOf('['.repeat(maxSignalBytes)), 'too-deep');
    assert.equal(reasonOf('{"a":'.repeat(200_000)), 'too-deep');
  });

  it('counts siblings as no nesting, and brackets in strings as text', () => {
    assert.equal(parseSignal(`{"type":"OFFER","payload":[${Array(500).fill('[]').join()}]}`).ok, true);
    for (const tail of ['', '\\', '"', '\\"', '\\\\"'])
      assert.equal(parseSignal(JSON.stringify({ type: 'OFFER', payload: '[{'.repeat(300) + tail })).ok, true);
  });
});

describe('frames of the server', () => {
  it('relays type, src, dst and payload, in this order, with src stamped', () =>
    assert.equal(
      relayFrame(valueOf('{"payload":{"__proto__":1,"a":null},"dst":"b","src":"liar","type":"OFFER"}'), 'a'),
      '{"type":"OFFER","src":"a","dst":"b","payload":{"__proto__":1,"a":null}}',
    ));

  for (const [what, frame, payload] of [
    [
      'as it was written',
      '{"type":"OFFER","dst":"b","payload":{"n": 1.50, "e":1e2, "u":"\\u0041\\/"}}',
      '{"n": 1.50, "e":1e2, "u":"\\u0041\\/"}',
    ],
    ['first', '{"payload":[1,{"payload":2},"}"],"type":"OFFER","dst":"b"}', '[1,{"payload":2},"}"]'],
    ['in the middle', '{"type":"OFFER","payload":"a,\\"b\\":}","dst":"b"}', '"a,\\"b\\":}"'],
    ['last, with blanks', '{ "type" : "OFFER" , "dst" : "b" , "payload" : null }', ' null '],
    ['empty', '{"type":"OFFER","dst":"b","payload":""}', '""'],
    ['after a key in disguise', '{"type":"OFFER","dst":"b","p\\u0061yload":1}', '1'],
    ['the last of two', '{"type":"OFFER","dst":"b","payload":1,"payload":{"a":2}}', '{"a":2}'],
    [
      'the last of two, one in disguise',
      '{"type":"OFFER","dst":"b","payload":1,"payloa\\u0064":[ 2 ]}',
      '[2]',
    ],
    [
      'beside a key that only looks like it',
      '{"type":"OFFER","dst":"b","payload":1,"src":"liar","\\u0073rc":"liar"}',
      '1',
    ],
  ] as const)
    it(`passes the payload on (${what}), and nothing beside it`, () =>
      assert.equal(
        relayFrame(valueOf(frame), 'a'),
        `{"type":"OFFER","src":"a","dst":"b","payload":${payload}}`,
      ));

  it('escapes what an id may hold', () =>
    assert.equal(
      relayFrame(valueOf('{"type":"OFFER","dst":"\\"}\\\\"}'), '","dst":"x'),
      '{"type":"OFFER","src":"\\",\\"dst\\":\\"x","dst":"\\"}\\\\"}',
    ));

  it('leaves out a payload that was not there, and keeps one that is null', () => {
    assert.equal(
      relayFrame(valueOf('{"type":"LEAVE","dst":"b"}'), 'a'),
      '{"type":"LEAVE","src":"a","dst":"b"}',
    );
    assert.equal(
      relayFrame(valueOf('{"type":"LEAVE","dst":"b","payload":null}'), 'a'),
      '{"type":"LEAVE","src":"a","dst":"b","payload":null}',
    );
  });

  it('says OPEN, EXPIRE, ID-TAKEN and ERROR as PeerServer does', () => {
    assert.equal(openFrame, '{"type":"OPEN"}');
    assert.equal(expireFrame('gone', 'me'), '{"type":"EXPIRE","src":"gone","dst":"me"}');
    assert.equal(refusalFrame('id-taken'), '{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}');
    assert.equal(refusalFrame('invalid-key'), '{"type":"ERROR","payload":{"msg":"Invalid key provided"}}');
    assert.equal(
      refusalFrame('missing-field'),
      '{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}',
    );
    assert.equal(
      refusalFrame('full'),
      '{"type":"ERROR","payload":{"msg":"Server has reached its concurrent user limit"}}',
    );
  });
});

describe('isAllowedId', () => {
  for (const id of ['a', '__proto__', 'ü 漢 🎈', '<script>', 'x'.repeat(maxIdLength)])
    it(`allows ${id.slice(0, 12)}`, () => assert.equal(isAllowedId(id), true));
  for (const id of ['', 'a\nb', '\0', '\u007f', '\u0085', '\u2028', 'x'.repeat(maxIdLength + 1)])
    it(`refuses ${JSON.stringify(id).slice(0, 12)}`, () => assert.equal(isAllowedId(id), false));
});
