// takes nothing, gives what every element of the kit is made of: tokens, words, language.

import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { Localize } from '../../controllers/index.ts';
import type { Words } from '../../locales/index.ts';
import { base, tokens } from '../../styles/index.ts';
import { asText, text } from './attributes.ts';

/**
 * @attr theme - `light` or `dark`; without it, what the person's system prefers.
 * @attr lang - The language of the element's words (BCP 47); without it, that of the nearest element that has one.
 * @cssprop [--reforms-accent=light-dark(#0b6b5d, #62d6bd)] - What invites to act: buttons, links, focus.
 * @cssprop [--reforms-on-accent=light-dark(#ffffff, #04231d)] - Text on the accent.
 * @cssprop [--reforms-canvas=light-dark(#f2f5f3, #0d1211)] - Behind everything.
 * @cssprop [--reforms-surface=light-dark(#ffffff, #171e1c)] - Cards, fields, dialogs.
 * @cssprop [--reforms-subtle=light-dark(#eaefec, #232c29)] - Quiet fills.
 * @cssprop [--reforms-text=light-dark(#14201c, #e9f0ed)] - Text.
 * @cssprop [--reforms-text-muted=light-dark(#52625c, #a4b4ae)] - Text of less weight.
 * @cssprop [--reforms-border=light-dark(#d5deda, #34403c)] - Lines.
 * @cssprop [--reforms-danger=light-dark(#c9303e, #d1363f)] - What ends or refuses.
 * @cssprop [--reforms-on-danger=#ffffff] - Text on the danger colour.
 * @cssprop [--reforms-danger-text=light-dark(#a81e2c, #ff9a9d)] - Text of warnings.
 * @cssprop [--reforms-stage=light-dark(#22302c, #1d2725)] - Behind video.
 * @cssprop [--reforms-radius=1.25rem] - Of cards and tiles; fields and bubbles follow it.
 * @cssprop [--reforms-font=system-ui, sans-serif] - The typeface.
 */
export abstract class ReformsElement extends LitElement {
  static override styles = [tokens, base];

  /** `light` or `dark`; empty: what the person's system prefers, or a kit element around this one says. */
  @property({ converter: asText(), reflect: true }) theme: '' | 'light' | 'dark' = '';

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
