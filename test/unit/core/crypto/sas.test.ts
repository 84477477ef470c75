import { expect } from 'chai';
import { SAS_EMOJI, loadSodium, safetyNumber } from '../../../../src/core/crypto/index.ts';
import { sasOf } from '../../../../src/core/crypto/sas.ts';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytes, filled, flipped } from '../../../support/crypto.ts';

describe('the short authentication string', () => {
  it('is cut out of six bytes from the left', () => {
    expect(sasOf(bytes(0, 0, 0, 0, 0, 0))).to.deep.equal({
      emoji: [0, 0, 0, 0, 0, 0, 0],
      numbers: [1000, 1000, 1000],
    });
    expect(sasOf(filled(6, 0xff))).to.deep.equal({
      emoji: [63, 63, 63, 63, 63, 63, 63],
      numbers: [9191, 9191, 9191],
    });
    // 000001 000010 000011 000100 000101 000110 000111 | 111111
    expect(sasOf(bytes(0x04, 0x20, 0xc4, 0x14, 0x61, 0xff)).emoji).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    // 0000000000001 0000000000010 0000000000011 | 000000000
    expect(sasOf(bytes(0x00, 0x08, 0x00, 0x80, 0x06, 0x00)).numbers).to.deep.equal([1001, 1002, 1003]);
  });

  it('does not show the last six bits', () => {
    expect(sasOf(bytes(1, 2, 3, 4, 5, 0x00)).emoji).to.deep.equal(sasOf(bytes(1, 2, 3, 4, 5, 0x3f)).emoji);
    expect(sasOf(bytes(1, 2, 3, 4, 5, 0x40)).emoji).to.not.deep.equal(sasOf(bytes(1, 2, 3, 4, 5, 0)).emoji);
  });

  it('has 64 emoji with names, each once, in the order of the Matrix table', () => {
    expect(SAS_EMOJI).to.have.length(64);
    expect(new Set(SAS_EMOJI.map(({ emoji }) => emoji)).size).to.equal(64);
    expect(new Set(SAS_EMOJI.map(({ name }) => name)).size).to.equal(64);
    for (const { name } of SAS_EMOJI) expect(name).to.match(/^[a-z]+(-[a-z]+)?$/);
    expect([0, 21, 36, 41, 63].map((index) => SAS_EMOJI[index])).to.deep.equal([
      { emoji: '🐶', name: 'dog' },
      { emoji: '☁️', name: 'cloud' },
      { emoji: '👍', name: 'thumbs-up' },
      { emoji: '💡', name: 'light-bulb' },
      { emoji: '📌', name: 'pin' },
    ]);
  });
});

describe('the safety number', () => {
  const a = filled(32, 1);
  const b = filled(32, 2);

  it('has 60 digits, the same from both sides', async () => {
    const sodium = await loadSodium();
    const number = safetyNumber(sodium, a, b);
    expect(number).to.match(/^\d{60}$/);
    expect(safetyNumber(sodium, b, a)).to.equal(number);
    expect(safetyNumber(sodium, a, flipped(b, 31))).to.not.equal(number);
  });

  it('is the same by a second implementation', async () => {
    const half = (ik: Uint8Array): string => {
      const label = new TextEncoder().encode('reforms/1 safety number\0');
      let state = Uint8Array.of(0, 0, ...ik, ...label);
      for (let round = 0; round < 5200; round += 1) state = sha512(Uint8Array.of(...state, ...ik));
      return [0, 1, 2, 3, 4, 5]
        .map((group) => {
          const hex = Array.from(state.slice(group * 5, group * 5 + 5), (byte) =>
            byte.toString(16).padStart(2, '0'),
          );
          return (BigInt(`0x${hex.join('')}`) % 100_000n).toString().padStart(5, '0');
        })
        .join('');
    };
    const halves = [half(a), half(b)];
    halves.sort();
    expect(safetyNumber(await loadSodium(), a, b)).to.equal(halves.join(''));
  });
});
