import { expect } from 'chai';
import fc from 'fast-check';
import { pad, padme, unpad } from '../../../../src/core/crypto/padding.ts';
import { bytes, concat as joined, filled, reasonOf, valueOf } from '../../../support/crypto.ts';

/** Padmé written with exact integers, as the paper has it. */
function padmeByBits(length: number): number {
  const value = BigInt(length);
  if (value < 2n) return length;
  const e = BigInt(value.toString(2).length - 1);
  const s = BigInt(e.toString(2).length);
  const mask = (1n << (e - s)) - 1n;
  return Number((value + mask) & ~mask);
}

describe('Padmé', () => {
  it('gives the lengths of the paper', () => {
    expect([0, 1, 2, 3, 7, 8, 9, 10, 100, 1000].map(padme)).to.deep.equal([
      0, 1, 2, 3, 7, 8, 10, 10, 104, 1024,
    ]);
  });

  it('agrees with exact integers up to 2^50, never shrinks, and adds at most 12 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (length) => {
        expect(padme(length)).to.equal(padmeByBits(length));
        expect(padme(length)).to.be.within(length, Math.max(length * 1.12, length));
        expect(padme(padme(length))).to.equal(padme(length));
      }),
      { seed: 2, numRuns: 2000 },
    );
    for (let power = 1; power <= 50; power += 1) {
      for (const length of [2 ** power - 1, 2 ** power, 2 ** power + 1]) {
        expect(padme(length)).to.equal(padmeByBits(length));
      }
    }
  });
});

describe('padding', () => {
  it('comes off as it went on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.constantFrom(1, 256, 1024), (plain, min) => {
        const padded = pad(plain, min);
        expect(padded.length).to.equal(padme(Math.max(plain.length + 1, min)));
        expect(valueOf(unpad(padded, min))).to.deep.equal(new Uint8Array(plain));
      }),
      { seed: 3 },
    );
  });

  it('keeps short texts at one length', () => {
    const lengths = [0, 1, 100, 255].map((length) => pad(filled(length, 7), 256).length);
    expect(lengths).to.deep.equal([256, 256, 256, 256]);
  });

  it('is refused where it is not what pad makes', () => {
    expect(reasonOf(unpad(bytes(), 1))).to.equal('bad-frame');
    expect(reasonOf(unpad(filled(1024, 0), 1024))).to.equal('bad-frame');
    expect(reasonOf(unpad(filled(1024, 1), 1024))).to.equal('bad-frame');
    const whole = pad(filled(10, 7), 1024);
    expect(reasonOf(unpad(whole.slice(0, 1000), 1024))).to.equal('bad-frame');
    expect(reasonOf(unpad(joined(whole, filled(1024, 0)), 1024))).to.equal('bad-frame');
  });
});
