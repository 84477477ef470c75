// takes a person's name, gives it ready to stand inside a sentence of any direction.

import { isolatedLabel } from '../../controllers/index.ts';
import type { Words } from '../../locales/index.ts';

/** As people are called everywhere in the kit; who gives no name is someone. */
export const isolated = (name: string, ordinal: number | undefined, words: Words): string =>
  isolatedLabel({ name, ordinal }, { guest: words.filesSomeone, you: words.you });
