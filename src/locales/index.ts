// takes a language tag (BCP 47), gives its words, or the way to load them.

import { en, type Words } from './en.ts';

export { en, type Words } from './en.ts';

/** Words that are here, or that are fetched when an element first asks for them. */
export type Locale = { readonly words: Words } | { readonly load: () => Promise<Words> };

/** Languages beyond English, each loaded when it is first needed. */
const loaders: ReadonlyMap<string, () => Promise<Words>> = new Map();

/** The nearest the kit has: `pt-BR`, else `pt`, else English. */
export function localeFor(language: string): Locale {
  for (let tag = language.toLowerCase(); tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (tag === 'en') break;
    const load = loaders.get(tag);
    if (load !== undefined) return { load };
  }
  return { words: en };
}
