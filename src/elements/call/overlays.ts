// takes what is said over the tiles, gives it its shape: protection, news, the welcome of someone who is alone, waiting.

import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { isolatedLabel } from '../../controllers/index.ts';
import type { Participant } from '../../core.ts';
import type { Words } from '../../locales/index.ts';
import { icon } from '../icon/icon.ts';
import { heldWords } from '../verify/held.ts';
import { protectionIcon, protectionOf } from '../verify/protection.ts';

/** How the call is protected; a press compares the emoji. */
export function protectionButton(
  words: Words,
  people: readonly Participant[],
  hasSecret: boolean,
  compare: () => void,
): TemplateResult {
  const protection = protectionOf(people) ?? (hasSecret ? 'link' : 'unverified');
  const state = words.protection[protection];
  return html`<button
    class="glass ${protection}"
    part="protection-button"
    type="button"
    aria-haspopup="dialog"
    aria-label=${words.openVerify(state)}
    @click=${compare}
  >
    ${icon(protectionIcon[protection])}${state}
  </button>`;
}

/** Someone came under the name of a verified person: nothing flows, and this says why. */
export function heldBanner(
  words: Words,
  people: readonly Participant[],
  compare: (id: string) => void,
): TemplateResult | typeof nothing {
  const person = people.find(({ held }) => held === 'key-changed' || held === 'mismatch');
  if (person?.held === undefined) return nothing;
  const { id, held } = person;
  return html`<div class="note held" part="banner">
    ${icon('shield')}
    <p>${heldWords(held, isolatedLabel(person, words), words)}</p>
    <button class="button" type="button" @click=${() => compare(id)}>${words.compare}</button>
  </div>`;
}

/** Where only a relay may be used and there is none, nobody can come. */
export const relayBanner = (words: Words): TemplateResult =>
  html`<div class="glass" part="banner" role="status">
    ${icon('warning')}<span>${words.errors['turn-unreachable']}</span>
  </div>`;

/** The link was no good: another invitation by it would not be either. */
export const mismatchCard = (words: Words): TemplateResult =>
  html`<div class="card welcome" part="welcome">
    <h3>${words.mismatchTitle}</h3>
    <p class="muted">${words.mismatchText}</p>
  </div>`;

export const reconnectingBanner = (words: Words): TemplateResult =>
  html`<div class="glass" part="banner"><span class="spinner"></span>${words.reconnecting}</div>`;

/** The number makes the same sentence a new one, which is shown anew. */
export interface Toast {
  readonly text: string;
  readonly number: number;
}

/** Gone when its animation ends. */
export const toastOf = ({ text, number }: Toast, forget: () => void): unknown =>
  keyed(number, html`<div class="glass toast" part="toast" @animationend=${forget}>${text}</div>`);

/** `left`: others were here, and are gone. */
export const welcomeCard = (words: Words, left: boolean): TemplateResult =>
  html`<div class="card welcome" part="welcome">
    <h3>${left ? words.aloneTitle : words.waitingTitle}</h3>
    <p class="muted">${words.waitingText}</p>
    <reforms-invite></reforms-invite>
  </div>`;

export const busyVeil = (words: Words): TemplateResult =>
  html`<div class="busy"><span class="spinner"></span><span>${words.connecting}</span></div>`;
