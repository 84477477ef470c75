// takes nothing, gives what every element of the kit is made of: tokens, words, language.

import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { Localize } from '../../controllers/index.ts';
import type { Words } from '../../locales/index.ts';
import { base, tokens } from '../../styles/index.ts';
import { text } from './attributes.ts';

/**
 * @attr theme - `light` or `dark`; without it, what the person's system prefers.
 * @attr lang - The language of the element's words (BCP 47); without it, that of the nearest element that has one.
 */
export abstract class ReformsElement extends LitElement {
  static override styles = [tokens, base];

  /** `light` or `dark`; empty: what the person's system prefers, or a kit element around this one says. */
  @property({ ...text(), reflect: true }) theme: '' | 'light' | 'dark' = '';

  /** The language of the words, BCP 47; empty: that of the nearest element that has one. */
  @property(text()) override lang = '';

  readonly #localize = new Localize(this);

  /** The kit's words in the element's language. */
  protected get words(): Words {
    return this.#localize.words;
  }

  /** The language of numbers and times, BCP 47. */
  protected get language(): string {
    return this.#localize.language;
  }
}
