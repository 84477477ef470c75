// takes the verdict on a draft, gives what is said about it: nothing, while there is room.

import type { Verdict } from '../../controllers/plain-rules.ts';
import type { Words } from '../../locales/index.ts';

export function draftHint(verdict: Verdict, words: Words, language: string): string {
  const number = new Intl.NumberFormat(language);
  if (verdict.kind === 'near') return words.chatRoomLeft(number.format(verdict.left));
  if (verdict.kind === 'too-big') return words.chatTooBig(number.format(verdict.over), verdict.over);
  return '';
}
