import { expect } from 'chai';
import fc from 'fast-check';
import { decodeFrame, encodeFrame, utf8Length } from '../../../src/protocol/frame.ts';
import type { Frame, FrameResult } from '../../../src/protocol/frame.ts';
import * as limits from '../../../src/protocol/limits.ts';
import { anyFrame, cancelReasons, goodFrames } from '../../support/session-frames.ts';

const seed = 20_260_101;
const bad: FrameResult = { ok: false, reason: 'bad-frame' };
const tooLarge: FrameResult = { ok: false, reason: 'frame-too-large' };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const decodeText = (text: string): FrameResult => decodeFrame(bytesOf(text));
/** What becomes of a value that someone puts on the wire as JSON. */
const decodeValue = (value: unknown): FrameResult => decodeText(JSON.stringify(value));
/** A good frame with some fields changed; `undefined` leaves the field out. */
const changed = (kind: Frame['kind'], fields: object): unknown => ({ ...goodFrames[kind], ...fields });
const accepted = (kind: Frame['kind'], fields: object): boolean => decodeValue(changed(kind, fields)).ok;

describe('protocol/frame', () => {
  describe('good frames', () => {
    for (const [kind, frame] of Object.entries(goodFrames)) {
      it(`brings a ${kind} across as it was`, () => {
        expect(decodeFrame(encodeFrame(frame))).to.deep.equal({ ok: true, value: frame });
      });
    }

    it('knows every reason to say goodbye and to cancel', () => {
      for (const reason of ['left', 'full', 'mismatch'])
        expect(accepted('bye', { reason }), reason).to.equal(true);
      for (const reason of cancelReasons) expect(accepted('file-cancel', { reason }), reason).to.equal(true);
    });

    it('takes null for what a candidate may lack', () => {
      expect(accepted('candidate', { candidate: '', mid: null, line: null, ufrag: null })).to.equal(true);
    });

    it('takes an empty roster and an empty receipt', () => {
      expect(accepted('roster', { peers: [] })).to.equal(true);
      expect(accepted('receipt', { ids: [] })).to.equal(true);
    });

    it('drops fields it does not know', () => {
      const extra = {
        ...goodFrames.bye,
        constructor: 1,
        toString: 'x',
        deep: { kind: 'message' },
        peer: 'x',
      };
      expect(decodeValue(extra)).to.deep.equal({ ok: true, value: goodFrames.bye });
    });

    it('believes the last of two fields with one name, as JSON does', () => {
      expect(decodeText('{"kind":"message","kind":"bye","reason":"full","reason":"left"}')).to.deep.equal({
        ok: true,
        value: goodFrames.bye,
      });
    });

    it('brings half a surrogate pair across as it was', () => {
      const frame: Frame = { ...goodFrames.message, text: 'a\ud83db\udc4b' };
      expect(decodeFrame(encodeFrame(frame))).to.deep.equal({ ok: true, value: frame });
    });
  });

  describe('hostile bytes', () => {
    const cases: Readonly<Record<string, Uint8Array>> = {
      'nothing': new Uint8Array(),
      'a zero': new Uint8Array(1),
      'bytes that are no UTF-8': new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
      'an overlong encoding': new Uint8Array([0xc0, 0xaf]),
      'a surrogate in UTF-8': new Uint8Array([0x22, 0xed, 0xa0, 0xbd, 0x22]),
      'a character cut short': bytesOf('{"kind":"bye","reason":"left"}é').slice(0, -1),
      'a byte order mark': new Uint8Array([0xef, 0xbb, 0xbf, ...encodeFrame(goodFrames.bye)]),
      'UTF-16': new Uint8Array(Uint16Array.from('{"kind":"bye"}', (unit) => unit.charCodeAt(0)).buffer),
    };
    for (const [name, bytes] of Object.entries(cases)) {
      it(`refuses ${name}`, () => {
        expect(decodeFrame(bytes)).to.deep.equal(bad);
      });
    }
  });

  describe('hostile text', () => {
    const good = '"kind":"bye","reason":"left"';
    const cases: Readonly<Record<string, string>> = {
      'no JSON': 'bye',
      'half of a JSON': `{${good}`,
      'two values': `{${good}}{${good}}`,
      'something after the end': `{${good}}\u0000`,
      'a comment': `{${good}/**/}`,
      'single quotes': "{'kind':'bye','reason':'left'}",
      'a comma too many': `{${good},}`,
      'null': 'null',
      'true': 'true',
      'a number': '1',
      'NaN': 'NaN',
      'a string': '"bye"',
      'a list': '[]',
      'a frame in a list': `[{${good}}]`,
      'an empty object': '{}',
      'no kind': '{"reason":"left"}',
      'a frame as prototype': `{"__proto__":{${good}}}`,
      'a list as kind': '{"kind":["bye"],"reason":"left"}',
      'an object as kind': '{"kind":{"toString":"bye"},"reason":"left"}',
      'null as kind': '{"kind":null,"reason":"left"}',
      'an unknown kind': '{"kind":"hello","reason":"left"}',
      'another case of a kind': '{"kind":"Bye","reason":"left"}',
      'a space in a kind': '{"kind":"bye ","reason":"left"}',
      'deep nesting': '['.repeat(60_000) + ']'.repeat(60_000),
      'deep nesting in a field': `{${good.replace('"left"', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000))}}`,
    };
    for (const [name, text] of Object.entries(cases)) {
      it(`refuses ${name}`, () => {
        expect(decodeText(text)).to.deep.equal(bad);
      });
    }

    for (const kind of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '']) {
      it(`refuses the kind ${JSON.stringify(kind)}`, () => {
        expect(decodeText(`{"kind":${JSON.stringify(kind)}}`)).to.deep.equal(bad);
      });
    }

    it('changes no prototype', () => {
      decodeText(
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"kind":"bye"}',
      );
      expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    });

    it('drops deep nesting beside a good frame, or refuses the frame where the browser cannot read it', () => {
      const nested = '['.repeat(50_000) + ']'.repeat(50_000);
      expect([bad, { ok: true, value: goodFrames.bye }]).to.deep.include(
        decodeText(`{${good},"x":${nested}}`),
      );
    });
  });

  describe('hostile fields', () => {
    const wrong: readonly unknown[] = [
      undefined,
      null,
      true,
      0,
      1,
      '',
      'x'.repeat(70_000),
      [],
      ['x'],
      {},
      { length: 3 },
    ];

    for (const [kind, frame] of Object.entries(goodFrames)) {
      for (const [field, value] of Object.entries(frame)) {
        if (field === 'kind') continue;
        const nullable = kind === 'candidate' && field !== 'candidate';
        const others = wrong.filter(
          (other) =>
            (typeof other !== typeof value ||
              Array.isArray(other) !== Array.isArray(value) ||
              other === null) &&
            !(nullable && other === null),
        );
        it(`refuses a ${kind} whose ${field} is missing or of another type`, () => {
          for (const other of others)
            expect(decodeValue({ ...frame, [field]: other }), String(other)).to.deep.equal(bad);
        });
      }
    }

    const counts: readonly (readonly [Frame['kind'], string, number])[] = [
      ['candidate', 'line', 0xffff],
      ['message', 'sentAt', 8.64e15],
      ['file-offer', 'transfer', 0xffff_ffff],
      ['file-offer', 'size', Number.MAX_SAFE_INTEGER],
      ['file-accept', 'from', 0xffff_ffff],
      ['file-received', 'bytes', Number.MAX_SAFE_INTEGER],
    ];
    for (const [kind, field, most] of counts) {
      it(`takes whole numbers from 0 to ${most} as ${field} of a ${kind}, and no others`, () => {
        const decode = (number: string): boolean =>
          decodeText(JSON.stringify({ ...goodFrames[kind], [field]: '#' }).replace('"#"', number)).ok;
        for (const number of ['0', '1', String(most), '1e3']) expect(decode(number), number).to.equal(true);
        const refused = [
          '-1',
          '0.5',
          '1e999',
          '-1e999',
          '1e308',
          `${most + 1}`,
          '9007199254740993',
          '"1"',
          '[1]',
        ];
        for (const number of refused) expect(decode(number), number).to.equal(false);
        for (const number of ['NaN', 'Infinity', '0x10', '01', '+1', '1n'])
          expect(decode(number), number).to.equal(false);
      });
    }

    const words: readonly (readonly [Frame['kind'], string])[] = [
      ['message', 'id'],
      ['file-offer', 'id'],
      ['file-accept', 'id'],
      ['file-reject', 'id'],
      ['file-cancel', 'id'],
      ['file-received', 'id'],
      ['file-done', 'id'],
    ];
    for (const [kind, field] of words) {
      it(`takes 8 to 64 characters of base64url as ${field} of a ${kind}`, () => {
        for (const id of ['x'.repeat(8), 'x'.repeat(64), 'AZaz09-_'])
          expect(accepted(kind, { [field]: id }), id).to.equal(true);
        const refused = [
          'x'.repeat(7),
          'x'.repeat(65),
          'with space',
          'new\nline1',
          'trailing\n',
          'a.b.c.d.e',
          'ünïcode1',
          '"><script>',
        ];
        for (const id of refused) expect(accepted(kind, { [field]: id }), id).to.equal(false);
      });
    }

    it('takes peer ids as PeerJS clients do, up to 64 characters', () => {
      for (const peer of ['a', '0-_x', 'x'.repeat(64)])
        expect(accepted('profile', { peer }), peer).to.equal(true);
      for (const peer of ['', '-a', '_a', 'a b', 'a\n', 'a/b', 'x'.repeat(65), 'ä'])
        expect(accepted('profile', { peer }), peer).to.equal(false);
      expect(accepted('roster', { peers: ['a', ''] })).to.equal(false);
      expect(accepted('roster', { peers: ['a', 1] })).to.equal(false);
      expect(accepted('roster', { peers: [['a']] })).to.equal(false);
    });

    it('takes secrets and headers of one length, in base64url', () => {
      const alphabets = ['+', '/', '=', ' ', '\n', 'é'];
      for (const [field, length] of [
        ['secret', 43],
        ['header', 75],
      ] as const) {
        expect(accepted('file-offer', { [field]: '-'.repeat(length) })).to.equal(true);
        expect(accepted('file-offer', { [field]: 'x'.repeat(length - 1) })).to.equal(false);
        expect(accepted('file-offer', { [field]: 'x'.repeat(length + 1) })).to.equal(false);
        for (const letter of alphabets)
          expect(accepted('file-offer', { [field]: 'x'.repeat(length - 1) + letter }), letter).to.equal(
            false,
          );
      }
    });

    it('refuses reasons and types it does not know', () => {
      for (const word of ['', 'Left', 'lost', 'toString', '__proto__', 'constructor']) {
        expect(accepted('bye', { reason: word }), word).to.equal(false);
        expect(accepted('file-cancel', { reason: word }), word).to.equal(false);
        expect(accepted('description', { type: word }), word).to.equal(false);
      }
      for (const type of ['pranswer', 'rollback'])
        expect(accepted('description', { type }), type).to.equal(false);
    });
  });

  describe('limits', () => {
    const texts: readonly (readonly [Frame['kind'], string, number])[] = [
      ['profile', 'name', limits.maxNameLength],
      ['description', 'sdp', limits.maxSdpLength],
      ['candidate', 'candidate', 2_048],
      ['candidate', 'mid', 64],
      ['candidate', 'ufrag', 256],
      ['message', 'text', limits.maxMessageBytes],
      ['file-offer', 'name', limits.maxFileNameLength],
      ['file-offer', 'type', limits.maxFileTypeLength],
    ];
    for (const [kind, field, most] of texts) {
      it(`takes ${most} characters as ${field} of a ${kind}, and not one more`, () => {
        expect(accepted(kind, { [field]: 'x'.repeat(most) })).to.equal(true);
        expect(accepted(kind, { [field]: 'x'.repeat(most + 1) })).to.equal(false);
      });
    }

    it('counts names in UTF-16 code units', () => {
      expect(accepted('profile', { name: '👋'.repeat(32) })).to.equal(true);
      expect(accepted('profile', { name: '👋'.repeat(32) + 'x' })).to.equal(false);
      expect(accepted('profile', { name: 'é'.repeat(64) })).to.equal(true);
    });

    it('counts messages in UTF-8 bytes', () => {
      expect(accepted('message', { text: 'é'.repeat(8_192) })).to.equal(true);
      expect(accepted('message', { text: 'é'.repeat(8_192) + 'x' })).to.equal(false);
      expect(accepted('message', { text: '👋'.repeat(4_096) })).to.equal(true);
      expect(accepted('message', { text: '👋'.repeat(4_096) + 'x' })).to.equal(false);
      expect(accepted('message', { text: '\ud83d'.repeat(5_461) })).to.equal(true);
      expect(accepted('message', { text: '\ud83d'.repeat(5_462) })).to.equal(false);
    });

    it('gives the length in UTF-8 bytes', () => {
      const lengths = ['', 'x', 'é', '€', '👋', '\ud83d'].map(utf8Length);
      expect(lengths).to.deep.equal([0, 1, 2, 3, 4, 3]);
    });

    it('takes as many peers and receipts as the limits say', () => {
      expect(accepted('roster', { peers: Array(limits.maxRosterPeers).fill('a') })).to.equal(true);
      expect(accepted('roster', { peers: Array(limits.maxRosterPeers + 1).fill('a') })).to.equal(false);
      expect(accepted('receipt', { ids: Array(limits.maxReceiptIds).fill('x'.repeat(64)) })).to.equal(true);
      expect(accepted('receipt', { ids: Array(limits.maxReceiptIds + 1).fill('x'.repeat(8)) })).to.equal(
        false,
      );
    });

    it('has room for the longest message with every character escaped', () => {
      const frame: Frame = {
        ...goodFrames.message,
        id: 'x'.repeat(64),
        text: '\u0001'.repeat(limits.maxMessageBytes),
        sentAt: 8.64e15,
      };
      expect(decodeFrame(encodeFrame(frame))).to.deep.equal({ ok: true, value: frame });
    });

    it('reads a frame of the greatest size and refuses one byte more unread', () => {
      const frame = JSON.stringify(goodFrames.bye);
      expect(decodeText(frame.padEnd(limits.maxFrameBytes)).ok).to.equal(true);
      expect(decodeText(frame.padEnd(limits.maxFrameBytes + 1))).to.deep.equal(tooLarge);
      expect(decodeFrame(new Uint8Array(limits.maxFrameBytes + 1))).to.deep.equal(tooLarge);
    });

    it('makes no frame that the other end would refuse for its size', () => {
      const frame: Frame = { ...goodFrames.description, sdp: '\u0001'.repeat(limits.maxSdpLength) };
      expect(() => encodeFrame(frame)).to.throw(RangeError, 'frame-too-large');
    });
  });

  describe('anything', () => {
    it('comes out as it went in', () => {
      fc.assert(
        fc.property(anyFrame, (frame) => {
          expect(decodeFrame(encodeFrame(frame))).to.deep.equal({ ok: true, value: frame });
        }),
        { seed, numRuns: 2_000 },
      );
    });

    it('comes out without the fields that are unknown', () => {
      fc.assert(
        fc.property(anyFrame, fc.dictionary(fc.string(), fc.jsonValue()), (frame, extra) => {
          const result = decodeValue({ ...extra, ...frame });
          expect(result).to.deep.equal({ ok: true, value: frame });
        }),
        { seed, numRuns: 1_000 },
      );
    });

    it('is no reason to throw: bytes', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 4_096 }), (bytes) => {
          expect(decodeFrame(bytes)).to.deep.equal(bad);
        }),
        { seed, numRuns: 2_000 },
      );
    });

    it('is no reason to throw: JSON', () => {
      fc.assert(
        fc.property(fc.json({ maxDepth: 6 }), (text) => {
          expect(decodeText(text)).to.deep.equal(bad);
        }),
        { seed, numRuns: 2_000 },
      );
    });

    it('is a good frame or none: frames with a field replaced', () => {
      const spoiled = fc.tuple(anyFrame, fc.nat(), fc.jsonValue()).map(([frame, at, value]) => {
        const fields = Object.keys(frame);
        return { ...frame, [fields[at % fields.length] ?? 'kind']: value };
      });
      fc.assert(
        fc.property(spoiled, (value) => {
          const result = decodeValue(value);
          if (result.ok) expect(decodeFrame(encodeFrame(result.value))).to.deep.equal(result);
          else expect(result).to.deep.equal(bad);
        }),
        { seed, numRuns: 2_000 },
      );
    });

    it('is a good frame or none: good bytes with one flipped', () => {
      fc.assert(
        fc.property(anyFrame, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, at, mask) => {
          const bytes = encodeFrame(frame);
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ mask;
          const result = decodeFrame(bytes);
          if (result.ok) expect(decodeFrame(encodeFrame(result.value))).to.deep.equal(result);
          else expect(result).to.deep.equal(bad);
        }),
        { seed, numRuns: 2_000 },
      );
    });
  });
});
