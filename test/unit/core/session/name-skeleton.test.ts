import { expect } from 'chai';
import { skeletonOf } from '../../../../src/core/session/name-skeleton.ts';

describe('the skeleton of a name', () => {
  const alike: readonly (readonly [string, string, string])[] = [
    ['Cyrillic small letters', 'Ada', 'Аdа'],
    ['a name that is Cyrillic all through', 'Cepe', 'Сере'],
    ['Cyrillic capitals', 'HENRY', 'НЕNRУ'],
    ['Greek capitals', 'KATE', 'ΚΑΤΕ'],
    ['Greek small letters', 'bob', 'bοb'],
    ['case', 'ada', 'ADA'],
    ['accents', 'Zoe', 'Zoë'],
    ['accents, composed or not', 'Zoë', 'Zoe\u0308'],
    ['full width', 'Ada', 'Ａｄａ'],
    ['mathematical letters', 'Ada', '𝐀𝐝𝐚'],
    ['capital i for l', 'lan', 'Ian'],
    ['one for l', 'Alan', 'A1an'],
    ['nought for o', 'Bob', 'B0b'],
    ['r and n for m', 'Jim', 'Jirn'],
    ['a dotless i', 'Tim', 'Tım'],
    ['wide gaps', 'Ada Lovelace', 'Ada  Lovelace'],
    ['a mark that only the kit gives', 'Ada', 'Ada (2)'],
    ['Arabic vowel signs', 'محمد', 'مُحَمَّد'],
  ];
  for (const [what, one, other] of alike)
    it(`is the same in spite of ${what}`, () => expect(skeletonOf(one)).to.equal(skeletonOf(other)));

  const different: readonly (readonly [string, string])[] = [
    ['Ada', 'Eda'],
    ['Ada', 'Ada L'],
    ['Ада', 'Аня'],
    ['राम', 'रमा'],
    ['李雷', '李磊'],
    ['Ada', ''],
    ['Class (2) A', 'Class A'],
  ];
  for (const [one, other] of different)
    it(`tells “${one}” from “${other}”`, () => expect(skeletonOf(one)).to.not.equal(skeletonOf(other)));

  it('of nothing is nothing', () => expect(skeletonOf('')).to.equal(''));
});
