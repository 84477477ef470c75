// takes a name as someone claims it, gives one that is safe to show.

import { maxNameLength } from '../../protocol/limits.ts';

/** Control and format characters: C0/C1, bidi controls and isolates, zero-width characters, tags, line separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** More than four marks on one letter are no spelling, they climb over the neighbours. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/** NFC, one line, no invisible or direction-changing characters, at most `maxNameLength` code units; may be empty. */
export function cleanName(name: string): string {
  const visible = name.normalize('NFC').replace(invisible, '').replace(stackedMarks, '$1');
  const trimmed = visible.replace(/\s+/gu, ' ').trim();
  let cut = '';
  for (const character of trimmed) {
    if (cut.length + character.length > maxNameLength) break;
    cut += character;
  }
  return cut.trim();
}
