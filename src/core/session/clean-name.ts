// takes a name as someone claims it, gives one that is safe to show.

import { maxNameLength } from '../../protocol/limits.ts';

/** All that breaks a line or leaves a gap; the Braille blank is empty without being a space. */
const gaps = /[\s\u0085\u2800]+/gu;

/** Scripts that are misspelt without joiners: Persian, Hindi, Sinhala and their neighbours (RFC 5892, appendix A). */
const joining = ['Arab', 'Syrc', 'Mong', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda']
  .concat('Mlym', 'Sinh')
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const person = '\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?';

/** Characters that cannot be seen and yet mean something where they stand. */
const needed = [
  `(?<=[${joining}]\\p{Mn}*)[\\u200c\\u200d](?=[${joining}])`,
  // 👩‍💻 is a woman, a joiner and a laptop.
  `(?<=${person})\\u200d(?=\\p{Extended_Pictographic})`,
  // Emoji or text style; the form of a character in a Chinese or Japanese name.
  '(?<=[\\p{Emoji}])[\\ufe0e\\ufe0f]',
  '(?<=\\p{Script=Han})\\p{Variation_Selector}',
  // The flags of England, Scotland and Wales are spelt in tags.
  '(?<=\\u{1f3f4})\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}',
].join('|');
/** Control, format, private and half characters: bidi controls and isolates, zero-width characters, Hangul fillers, tags. */
const invisible = '[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Default_Ignorable_Code_Point}]';
const unneeded = new RegExp(`(${needed})|${invisible}`, 'gu');
/** Letters of most of Europe, digits, signs, and the space: no character that hides, joins or turns. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02af]*$/;
/** More than four marks on one letter are no spelling, they climb over the neighbours. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/**
 * NFC, one line, without invisible or direction-changing characters but for those that a language or an emoji needs, at
 * most `maxNameLength` code units; may be empty.
 */
export function cleanName(name: string): string {
  // Most names have nothing to clean; the patterns below cost a browser milliseconds to make ready.
  if (plain.test(name)) return cut(name.normalize('NFC').replace(/ +/g, ' ').trim()).trim();
  const visible = name
    .replace(gaps, ' ')
    .replace(unneeded, '$1')
    .normalize('NFC')
    .replace(stackedMarks, '$1');
  return cut(visible.replace(/ +/g, ' ').trim()).trim();
}

/** As many whole letters as fit, as people count letters; of a letter that is longer than a name may be, its beginning. */
function cut(name: string): string {
  if (name.length <= maxNameLength) return name;
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)];
  const end = letters.findLast(({ index }) => index <= maxNameLength)?.index;
  return name.slice(0, end || maxNameLength).replace(/[\u200c\u200d\p{Cs}]+$/u, '');
}
