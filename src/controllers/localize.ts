// takes the language around an element, gives it the kit's words.

import type { ReactiveController, ReactiveElement } from 'lit';
import { en, localeFor, type Words } from '../locales/index.ts';

/** English at once; another language as soon as its words have come. Follows the nearest `lang`, the host's own first. */
export class Localize implements ReactiveController {
  readonly #host: ReactiveElement;
  #language = '';
  #words: Words = en;
  /** The language that `#words` are in. */
  #spoken = 'en';

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get words(): Words {
    return this.#words;
  }

  /** The language that numbers and times are written in: that of the words, so that no sentence mixes two. */
  get language(): string {
    return this.#spoken;
  }

  hostConnected(): void {
    this.#read();
  }

  hostUpdate(): void {
    this.#read();
  }

  #read(): void {
    const language = this.#host.lang || languageAround(this.#host);
    if (language === this.#language) return;
    this.#language = language;
    const locale = localeFor(language);
    if ('words' in locale) {
      this.#words = locale.words;
      this.#spoken = /^en(?![a-z])/i.test(language) ? formattable(language) : 'en';
      return;
    }
    void locale.load().then((words) => {
      if (this.#language !== language) return;
      this.#words = words;
      this.#spoken = formattable(language);
      this.#host.requestUpdate();
    });
  }
}

/** What `Intl` takes: a page may say `en_US`, or nonsense, and must not break an element by it. */
function formattable(language: string): string {
  const tag = language.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function languageAround(element: Element): string {
  for (let at: Element | null = element; at !== null;) {
    const speaking: Element | null = at.closest('[lang]');
    const language = speaking?.getAttribute('lang');
    if (language) return language;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return '';
}
