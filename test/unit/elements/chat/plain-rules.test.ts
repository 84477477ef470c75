import { expect } from 'chai';
import { judgeDraft } from '../../../../src/controllers/plain-rules.ts';

const limit = 16_384;

describe('judgeDraft', () => {
  for (const text of ['', ' ', '\n\t ', '\u00a0\u2003', '\u200b\u200d', '\u202e', '\u2800\u3164', '\u0000'])
    it(`calls ${JSON.stringify(text)} empty`, () => {
      expect(judgeDraft(text)).to.deep.equal({ kind: 'empty' });
    });

  for (const text of ['a', '.', '👋', '🏳️‍🌈', 'שלום', ' x '])
    it(`lets ${JSON.stringify(text)} through`, () => {
      expect(judgeDraft(text)).to.deep.equal({ kind: 'fits' });
    });

  it('takes exactly 16,384 bytes and not one more', () => {
    expect(judgeDraft('a'.repeat(limit))).to.deep.equal({ kind: 'near', left: 0 });
    expect(judgeDraft('a'.repeat(limit + 1))).to.deep.equal({ kind: 'too-big', over: 1 });
  });

  it('counts bytes of UTF-8, not characters', () => {
    expect(judgeDraft('é'.repeat(limit / 2)).kind).to.equal('near');
    expect(judgeDraft('é'.repeat(limit / 2) + 'é')).to.deep.equal({ kind: 'too-big', over: 1 });
    expect(judgeDraft('👋'.repeat(limit / 4) + '👋')).to.deep.equal({ kind: 'too-big', over: 2 });
  });

  it('begins to count when a tenth of the room is left', () => {
    expect(judgeDraft('a'.repeat(14_000))).to.deep.equal({ kind: 'fits' });
    expect(judgeDraft('a'.repeat(15_000))).to.deep.equal({ kind: 'near', left: 1_384 });
  });

  it('holds to a shorter limit of the page, in the units of maxlength', () => {
    expect(judgeDraft('12345678', 10)).to.deep.equal({ kind: 'fits' });
    expect(judgeDraft('1234567890', 10)).to.deep.equal({ kind: 'near', left: 0 });
    expect(judgeDraft('12345678901', 10)).to.deep.equal({ kind: 'too-big', over: 1 });
  });

  it('cannot be talked out of the limit of the wire', () => {
    for (const maxLength of [Number.NaN, -1, 0, Number.POSITIVE_INFINITY, 1e9])
      expect(judgeDraft('a'.repeat(limit + 1), maxLength).kind).to.equal('too-big');
  });

  it('is quick with megabytes', () => {
    const before = performance.now();
    expect(judgeDraft('a'.repeat(20_000_000)).kind).to.equal('too-big');
    expect(performance.now() - before).to.be.below(500);
  });
});
