// takes why nothing flows to someone, gives what is said about it, and whether comparing the emoji opens the way.

import type { Held } from '../../core.ts';
import type { Words } from '../../locales/index.ts';

/** Only an issuer can give what is missing; everything else the two people can do by themselves. */
export const canCompare = (held: Held): boolean => held !== 'credential';

/** `name` ready to stand in a sentence. */
export const heldWords = (held: Held, name: string, words: Words): string => words.held[held](name);
