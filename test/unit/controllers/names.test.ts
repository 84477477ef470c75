import { expect } from 'chai';
import { isolatedLabel, labelOf } from '../../../src/controllers/index.ts';

const own = { guest: 'Guest', you: 'You' };

describe('what people are called', () => {
  const labels: readonly (readonly [string, number | undefined, string])[] = [
    ['Ada', undefined, 'Ada'],
    ['Ada', 2, '\u2068Ada\u2069 (2)'],
    ['', undefined, 'Guest'],
    ['', 3, '\u2068Guest\u2069 (3)'],
    ['عادل', 2, '\u2068عادل\u2069 (2)'],
    // Whoever calls themselves what the reader is called is not the reader.
    ['You', undefined, '\u2068You\u2069 (2)'],
    ['Y\u043eu', undefined, '\u2068Y\u043eu\u2069 (2)'],
    // What could turn a sentence around, or cannot be seen, is gone.
    ['\u202eadA', undefined, 'adA'],
    ['A\u200bda', undefined, 'Ada'],
    ['\u2067\u2069', undefined, 'Guest'],
  ];
  for (const [name, ordinal, label] of labels)
    it(`is “${label}” for ${JSON.stringify(name)}, ${ordinal ?? 'the first'}`, () =>
      expect(labelOf({ name, ordinal }, own)).to.equal(label));

  it('stands in a sentence between isolates', () =>
    expect(isolatedLabel({ name: 'Ada' }, own)).to.equal('\u2068Ada\u2069'));
});
