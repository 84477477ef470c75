import { expect } from 'chai';
import fc from 'fast-check';
import { readMessage, writeSignal } from '../../../../src/core/transport/peerjs-message.ts';
import { asHello } from '../../../support/mint.ts';

const from = 'a1b2c3d4';
const c = 'connection-1';

describe('messages of the signaling socket', () => {
  it('come back as they went out, with the sender that the server stamped', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.constantFrom('offer' as const, 'answer' as const, 'candidate' as const),
        (raw, kind) => {
          const bytes = new Uint8Array(raw);
          const { type, payload } = writeSignal(kind, 'someone', c, asHello(bytes));
          expect(readMessage(JSON.parse(JSON.stringify({ type, src: from, payload })))).to.deep.equal({
            kind: 'signal',
            signal: { kind, from, connectionId: c, bytes },
          });
        },
      ),
    );
  });

  it('go out without the name that stock clients store', () => {
    const message = writeSignal('candidate', 'someone', c, asHello(new Uint8Array([1, 2, 3])));
    expect(message).to.deep.equal({ type: 'CANDIDATE', dst: 'someone', payload: { rf1: 'AQID', c } });
  });

  it("read the server's own words", () => {
    const words: readonly [unknown, unknown][] = [
      [{ type: 'OPEN' }, { kind: 'opened' }],
      [{ type: 'ID-TAKEN', payload: { msg: 'ID is taken' } }, { kind: 'taken' }],
      [
        { type: 'EXPIRE', src: from, dst: 'me' },
        { kind: 'expired', to: from },
      ],
      [
        { type: 'ERROR', payload: { msg: 'Invalid key provided' } },
        { kind: 'refused', code: 'invalid-key' },
      ],
      [
        { type: 'ERROR', payload: { msg: 'Server has reached its concurrent user limit' } },
        { kind: 'refused', code: 'server-error' },
      ],
      [{ type: 'ERROR' }, { kind: 'refused', code: 'server-error' }],
    ];
    for (const [message, meaning] of words) expect(readMessage(message)).to.deep.equal(meaning);
  });

  it('mean nothing when a stock client or a hostile one sends them', () => {
    const payload = { rf1: 'AQID', c };
    const strangers: readonly unknown[] = [
      null,
      'OPEN',
      42,
      [],
      {},
      { type: 'constructor' },
      { type: 'toString', src: from, payload },
      { type: 'LEAVE', src: from },
      { type: 'EXPIRE' },
      { type: 'EXPIRE', src: { toString: 1 } },
      { type: 'OFFER', src: from, payload: null },
      { type: 'OFFER', src: from },
      { type: 'OFFER', src: from, payload: 'text' },
      { type: 'OFFER', payload },
      { type: 'OFFER', src: 7, payload },
      { type: 'OFFER', src: '../evil', payload },
      { type: 'OFFER', src: from, payload: { ...payload, rf1: 7 } },
      { type: 'OFFER', src: from, payload: { ...payload, rf1: 'not base64!' } },
      { type: 'OFFER', src: from, payload: { ...payload, rf1: 'AAAAA' } },
      { type: 'OFFER', src: from, payload: { ...payload, rf1: 'A'.repeat(200_000) } },
      { type: 'OFFER', src: from, payload: { ...payload, c: 'short' } },
      { type: 'OFFER', src: from, payload: { ...payload, c: undefined } },
      {
        type: 'OFFER',
        src: from,
        payload: { type: 'data', serialization: 'constructor', connectionId: 'dc_1' },
      },
      { type: 'ANSWER', src: from, payload: { sdp: {}, type: 'data', connectionId: 'dc_1' } },
      { type: 'CANDIDATE', src: from, payload: { connectionId: 'dc_unknown' } },
    ];
    for (const message of strangers)
      expect(readMessage(message), JSON.stringify(message)).to.equal(undefined);
  });

  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('OFFER', 'ERROR', 'EXPIRE', 'OPEN'), (payload, type) => {
        readMessage(payload);
        readMessage({ type, src: payload, payload });
        readMessage({ type, src: from, payload });
        expect(readMessage({ type: 'OFFER', src: payload, payload })).to.equal(undefined);
      }),
    );
  });
});
