import { expect } from 'chai';
import {
  encodeRoomFragment,
  newRoomSecret,
  parseRoomFragment,
} from '../../../../src/core/crypto/room-link.ts';
import { filled, reasonOf, valueOf } from '../../../support/crypto.ts';

const zeros = 'A'.repeat(43);

describe('a room link', () => {
  it('carries the secret it was made of', () => {
    const secret = newRoomSecret();
    expect(secret).to.have.length(32);
    expect(secret).to.not.deep.equal(newRoomSecret());
    const fragment = encodeRoomFragment(secret);
    expect(fragment).to.match(/^rf=1\.[\w-]{43}$/);
    expect(valueOf(parseRoomFragment(fragment))).to.deep.equal(secret);
    expect(valueOf(parseRoomFragment(`#${fragment}`))).to.deep.equal(secret);
  });

  it('may carry other things beside it', () => {
    expect(valueOf(parseRoomFragment(`#top&rf=1.${zeros}&x=1`))).to.deep.equal(filled(32, 0));
  });

  for (const hash of ['', '#', '#top', '#x=1&y', '#xrf=1.abc']) {
    it(`without a secret is one: ${JSON.stringify(hash)}`, () => {
      expect(valueOf(parseRoomFragment(hash))).to.equal(null);
    });
  }

  const broken: readonly (readonly [string, string])[] = [
    ['#rf=', 'invalid-secret'],
    ['#rf=1', 'invalid-secret'],
    ['#rf=1.', 'invalid-secret'],
    [`#rf=1.${zeros}A`, 'invalid-secret'],
    [`#rf=1.${zeros.slice(1)}`, 'invalid-secret'],
    [`#rf=1.${zeros.slice(1)}B`, 'invalid-secret'],
    [`#rf=1.${zeros}=`, 'invalid-secret'],
    [`#rf=1.${zeros}&rf=1.${zeros}`, 'invalid-secret'],
    [`#rf=${zeros}`, 'invalid-secret'],
    [`#rf=2.${zeros}`, 'version'],
  ];
  for (const [hash, reason] of broken) {
    it(`that is broken is never taken for none: ${hash}`, () => {
      expect(reasonOf(parseRoomFragment(hash))).to.equal(reason);
    });
  }
});
