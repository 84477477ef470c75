// takes the language around an element, gives it the kit's words.

import type { ReactiveController, ReactiveElement } from 'lit';
import { en, localeFor, type Words } from '../locales/index.ts';

/** English at once; another language as soon as its words have come. Follows the nearest `lang`, the host's own first. */
export class Localize implements ReactiveController {
  readonly #host: ReactiveElement;
  #language = '';
  #words: Words = en;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get words(): Words {
    return this.#words;
  }

  /** The language that numbers and times are written in. */
  get language(): string {
    return this.#language === '' ? 'en' : this.#language;
  }

  hostConnected(): void {
    this.#read();
  }

  hostUpdate(): void {
    this.#read();
  }

  #read(): void {
    const language = languageAround(this.#host);
    if (language === this.#language) return;
    this.#language = language;
    const locale = localeFor(language);
    if ('words' in locale) {
      this.#words = locale.words;
      return;
    }
    void locale.load().then((words) => {
      if (this.#language !== language) return;
      this.#words = words;
      this.#host.requestUpdate();
    });
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
