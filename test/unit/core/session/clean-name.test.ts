import { expect } from 'chai';
import fc from 'fast-check';
import { cleanName } from '../../../../src/core/session/clean-name.ts';
import { maxNameLength } from '../../../../src/protocol/limits.ts';

const seed = 20_260_102;
const zwnj = '\u200c';
const zwj = '\u200d';

/** Name as claimed, name as shown. */
type Table = Readonly<Record<string, readonly [string, string]>>;

const table = (title: string, cases: Table): void => {
  describe(title, () => {
    for (const [name, [claimed, shown]] of Object.entries(cases)) {
      it(name, () => {
        expect(cleanName(claimed)).to.equal(shown);
      });
    }
  });
};

describe('session/clean-name', () => {
  table('one line', {
    'leaves a name as it is': ['Ada Lovelace', 'Ada Lovelace'],
    'may give nothing': ['', ''],
    'gives nothing for blanks': [' \t\n\u3000\u2800\u00a0 ', ''],
    'trims': ['  Ada ', 'Ada'],
    'makes one space of many': ['Ada \u00a0\u2003 Lovelace', 'Ada Lovelace'],
    'makes a space of a line break': ['Ada\r\nLovelace', 'Ada Lovelace'],
    'makes a space of a tab, a form feed and next line': ['a\tb\fc\u0085d', 'a b c d'],
    'makes a space of Unicode separators': ['a\u2028b\u2029c', 'a b c'],
    'joins what was taken apart': ['e\u0301', 'é'],
    'joins what an invisible character kept apart': ['e\u200b\u0301', 'é'],
    'leaves no gap where only something invisible stood': ['a \u200b b', 'a b'],
  });

  table('nothing invisible', {
    'drops control characters': ['A\u0000d\u001b[31ma\u007f', 'Ad[31ma'],
    'drops overrides of direction': ['\u202eada\u202c', 'ada'],
    'drops isolates and marks of direction': ['\u2066a\u2069\u200eb\u200fc\u061c', 'abc'],
    'drops zero-width spaces, word joiners and byte order marks': ['a\u200bb\u2060c\u{feff}', 'abc'],
    'drops soft hyphens': ['A\u00adda', 'Ada'],
    'drops Hangul fillers, which make a name of nothing': ['\u3164\uffa0\u115f\u1160', ''],
    'drops Khmer and Mongolian fillers and grapheme joiners': ['a\u17b4\u180e\u034fb', 'ab'],
    'drops tags that hide text': [`Ada\u{e0001}${'\u{e0061}\u{e0062}'}\u{e007f}`, 'Ada'],
    'drops private characters': ['a\ue000\u{f0000}b', 'ab'],
    'drops halves of surrogate pairs': ['a\ud83db\udc4b', 'ab'],
    'drops joiners between letters that need none': [`A${zwj}d${zwnj}a`, 'Ada'],
    'drops joiners at the ends': [`${zwj}Ada${zwnj}`, 'Ada'],
    'drops variation selectors on letters': ['A\ufe0fda\u{e0100}', 'Ada'],
  });

  table('marks', {
    'keeps the marks of a spelling': ['Việt Nguyễn', 'Việt Nguyễn'],
    'keeps four marks on a letter and drops the tower': [
      `x${'\u0335'.repeat(40)}y`,
      `x${'\u0335'.repeat(4)}y`,
    ],
    'is not deceived by invisible characters in a tower': [
      `x${'\u0335\u200b'.repeat(40)}y`,
      `x${'\u0335'.repeat(4)}y`,
    ],
  });

  table('languages that need joiners', {
    'keeps the joiner of Persian': [`علی${zwnj}رضا`, `علی${zwnj}رضا`],
    'keeps it after a vowel mark': [`مِ${zwnj}ا`, `مِ${zwnj}ا`],
    'keeps the joiner of Hindi': [`क्${zwj}ष`, `क्${zwj}ष`],
    'keeps the joiner of Sinhala': [`ශ්${zwj}රී`, `ශ්${zwj}රී`],
    'keeps the joiner of Bengali before a sign': [`র${zwj}্য`, `র${zwj}্য`],
    'drops a joiner that is doubled': [`علی${zwnj}${zwnj}رضا`, 'علیرضا'],
    'drops a joiner at a word\u2019s end': [`علی${zwnj} رضا`, 'علی رضا'],
    'drops a joiner between two scripts': [`ع${zwnj}a`, 'عa'],
    'keeps the form of a Japanese character': ['葛\u{e0100}城', '葛\u{e0100}城'],
    'drops a second form': ['葛\u{e0100}\u{e0101}城', '葛\u{e0100}城'],
  });

  table('emoji', {
    'keeps a family': ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    'keeps a profession with a skin tone': ['👩🏽‍💻', '👩🏽‍💻'],
    'keeps a rainbow flag': ['🏳️‍🌈', '🏳️‍🌈'],
    'keeps a detective': ['🕵️‍♂️', '🕵️‍♂️'],
    'keeps a country\u2019s flag': ['🇩🇪', '🇩🇪'],
    'keeps the flags spelt in tags': ['🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    'drops other words in tags after a flag': ['🏴\u{e0061}\u{e0062}\u{e007f}', '🏴'],
    'keeps a keycap and a heart': ['1️⃣❤️', '1️⃣❤️'],
    'drops a joiner after an emoji that joins nothing': [`👋${zwj} Ada${zwj}👋`, '👋 Ada👋'],
    'drops a joiner that is doubled': [`👩${zwj}${zwj}💻`, '👩💻'],
    'drops a style that is doubled': ['❤\ufe0f\ufe0f', '❤\ufe0f'],
  });

  describe('length', () => {
    it('keeps a name of the greatest length', () => {
      expect(cleanName('x'.repeat(maxNameLength))).to.equal('x'.repeat(maxNameLength));
    });

    it('cuts what is longer', () => {
      expect(cleanName('x'.repeat(maxNameLength + 1))).to.equal('x'.repeat(maxNameLength));
    });

    it('ends with no space where it cuts', () => {
      expect(cleanName(`${'x'.repeat(maxNameLength - 1)} y`)).to.equal('x'.repeat(maxNameLength - 1));
    });

    it('cuts no character in halves', () => {
      expect(cleanName(`${'x'.repeat(maxNameLength - 1)}👋`)).to.equal('x'.repeat(maxNameLength - 1));
    });

    it('cuts no letter off its mark and no member out of a family', () => {
      expect(cleanName(`${'x'.repeat(maxNameLength - 1)}x\u0335`)).to.equal('x'.repeat(maxNameLength - 1));
      expect(cleanName(`${'x'.repeat(maxNameLength - 3)}👨‍👩‍👧`)).to.equal('x'.repeat(maxNameLength - 3));
    });

    it('keeps what fits of a letter that is longer than a name', () => {
      const cleaned = cleanName(`👩${`${zwj}👩`.repeat(60)}`);
      expect(cleaned).to.equal(`👩${`${zwj}👩`.repeat(20)}`);
    });
  });

  describe('any name', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        zwj,
        zwnj,
        '\ufe0f',
        '\u{e0100}',
        '\u0301',
        '\u0335',
        '👩',
        '🏽',
        '🏴',
        '\u{e0067}',
        '葛',
        'ع',
        'क',
        '्',
        '\u202e',
        '\u3164',
        ' ',
        '\n',
        '\ud83d',
      ),
    );
    const anyName = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));

    it('is as clean the second time as the first', () => {
      fc.assert(
        fc.property(anyName, (name) => {
          expect(cleanName(cleanName(name))).to.equal(cleanName(name));
        }),
        { seed, numRuns: 3_000 },
      );
    });

    it('fits, is one line, and holds nothing that changes direction or hides', () => {
      fc.assert(
        fc.property(anyName, (name) => {
          const clean = cleanName(name);
          expect(clean.length).to.be.at.most(maxNameLength);
          expect(clean).to.equal(clean.normalize('NFC').trim());
          expect(clean).not.to.match(
            /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Bidi_Control}\u200b\u2060\u3164\u00ad]/u,
          );
          expect(clean).not.to.match(/\p{M}{5}|[\u200c\u200d]{2}|[\u200c\u200d](?:$| )/u);
        }),
        { seed, numRuns: 3_000 },
      );
    });
  });
});
