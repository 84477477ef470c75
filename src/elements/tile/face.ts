// takes a person's name and id, gives what stands for them while there is no picture.

/** Up to two letters: of the first and the last word. `?` for a name without any. */
export function initials(name: string): string {
  const letters = name
    .split(/\s+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '');
  const [first = '?'] = letters;
  const last = letters.length > 1 ? (letters.at(-1) ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
}

/** How many tints there are. */
export const tints = 6;

/** The same tint, 0 to 5, for the same id, always. */
export function tintOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % tints;
}
