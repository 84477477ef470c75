import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadSodium, roomKeys } from '../../../../src/core/crypto/index.ts';
import { expand, extract, hmac } from '../../../../src/core/crypto/kdf.ts';
import { codeOf, filled, hexOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const some = (maxLength: number) => fc.uint8Array({ maxLength });

describe('HMAC and HKDF', () => {
  it('are those of @noble, for keys shorter and longer than a block', () => {
    fc.assert(
      fc.property(some(300), some(500), (key, message) => {
        expect(hexOf(hmac(sodium, key, message))).to.equal(hexOf(nobleHmac(sha512, key, message)));
      }),
      { seed: 4 },
    );
    for (const length of [0, 127, 128, 129]) {
      const key = filled(length, 3);
      expect(hexOf(hmac(sodium, key, key))).to.equal(hexOf(nobleHmac(sha512, key, key)));
    }
  });

  it('extract and expand to any length', () => {
    fc.assert(
      fc.property(
        some(100),
        some(100),
        some(60),
        fc.integer({ min: 1, max: 400 }),
        (salt, ikm, info, length) => {
          const ours = expand(sodium, extract(sodium, salt, ikm), info, length);
          expect(hexOf(ours)).to.equal(hexOf(hkdf(sha512, ikm, salt, info, length)));
        },
      ),
      { seed: 5 },
    );
  });

  it('expand to 255 blocks and no further', async () => {
    expect(expand(sodium, filled(64, 1), filled(0, 0), 255 * 64)).to.have.length(255 * 64);
    expect(await codeOf(() => expand(sodium, filled(64, 1), filled(0, 0), 255 * 64 + 1))).to.equal(
      'internal',
    );
  });
});

describe('room keys', () => {
  const secret = filled(32, 1);

  it('of a room with a secret differ in each purpose, each room and each secret', () => {
    const one = roomKeys(sodium, { room: 'one', secret });
    const two = roomKeys(sodium, { room: 'two', secret });
    const other = roomKeys(sodium, { room: 'one', secret: filled(32, 2) });
    if (!one.authenticated || !two.authenticated || !other.authenticated)
      throw new Error('not authenticated');
    expect([one.topic.length, one.psk.length, one.env.length]).to.deep.equal([16, 32, 32]);
    const all = [one, two, other].flatMap(({ topic, psk, env }) => [
      topic,
      psk.slice(0, 16),
      env.slice(0, 16),
    ]);
    expect(new Set(all.map(hexOf)).size).to.equal(9);
  });

  it('of a room with a name only are told apart, and have no mailbox', () => {
    const open = roomKeys(sodium, { room: 'one' });
    expect(open.authenticated).to.equal(false);
    expect(open).to.not.have.property('env');
    expect([open.topic.length, open.psk.length]).to.deep.equal([16, 32]);
    expect(hexOf(open.topic)).to.not.equal(hexOf(open.psk.slice(0, 16)));
    expect(hexOf(open.topic)).to.not.equal(hexOf(roomKeys(sodium, { room: 'one', secret }).topic));
    expect(hexOf(roomKeys(sodium, { room: 'one', secret: undefined }).psk)).to.equal(hexOf(open.psk));
  });

  it('are one for all ways to write a name', () => {
    const composed = roomKeys(sodium, { room: 'Caf\u00e9' });
    expect(roomKeys(sodium, { room: 'Cafe\u0301' })).to.deep.equal(composed);
    expect(roomKeys(sodium, { room: 'Cafe' })).to.not.deep.equal(composed);
  });

  for (const length of [0, 16, 31, 33]) {
    it(`are not made of a secret of ${length} bytes`, async () => {
      expect(await codeOf(() => roomKeys(sodium, { room: 'one', secret: filled(length, 1) }))).to.equal(
        'invalid-secret',
      );
    });
  }
});
