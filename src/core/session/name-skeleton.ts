// takes a name, gives what is left of it for the eye: names that look alike have the same skeleton.

/** Letter and look-alike, pair by pair: the part of Unicode's confusables (UTS #39) that names are forged with. */
const pairs = (list: string): ReadonlyMap<string, string> =>
  new Map(list.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)] as const));

/** Capitals come first: Cyrillic Н is a Latin H, and н is no h. */
const capitals = pairs(
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ӀI ԌG ԚQ ԜW',
);
const smalls = pairs(
  'аa еe оo рp сc уy хx ѕs іi јj һh ӏl ԁd ԛq ԝw ѵv кk мm тt пn гr αa βb εe ηn ιi κk νv οo ρp σo τt υu χx γy ωw ' +
    'ɑa ɡg ıi łl øo đd ßb 0o',
);
/** In many typefaces nothing but the neighbourhood tells these apart. */
const strokes = /[i1|!]/g;

/** Marks on letters that keep their shape under them. In Devanagari and its neighbours marks are vowels, and stay. */
const marks =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*)\p{M}/gu;
/** The kit's own way to tell namesakes apart is no part of a name. */
const ordinal = /\s*\(\d+\)$/;

const replaced = (text: string, table: ReadonlyMap<string, string>): string =>
  Array.from(text, (letter) => table.get(letter) ?? letter).join('');

/** Not for display. Empty for an empty name. */
export function skeletonOf(name: string): string {
  const plain = name.normalize('NFKD').replace(marks, '').normalize('NFKC').trim().replace(ordinal, '');
  const folded = replaced(replaced(plain, capitals).toLowerCase(), smalls);
  return folded.replace(strokes, 'l').replaceAll('rn', 'm').replaceAll('vv', 'w').replace(/\s+/g, ' ');
}
