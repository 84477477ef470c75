// takes an index from 0 to 63, gives the emoji that two people compare; its name is in the words.

import { SAS_EMOJI } from '../core.ts';

/** The emoji at a place of the table; empty where there is no such place. */
export const emojiAt = (index: number): string => SAS_EMOJI[index]?.emoji ?? '';
