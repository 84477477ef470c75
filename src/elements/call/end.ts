// takes how a call ended, gives the card that says so and the way on.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../core.ts';
import type { Words } from '../../locales/index.ts';
import { token } from '../../styles/index.ts';
import { icon } from '../icon/icon.ts';

/** After leaving. */
export const leftCard = (words: Words, rejoin: () => void): TemplateResult => html`
  <div class="scroll">
    <div class="end" part="end">
      <span class="seal">${icon('check')}</span>
      <h2>${words.leftTitle}</h2>
      <p class="muted">${words.leftText}</p>
      <button class="button primary large" type="button" @click=${rejoin}>${words.rejoin}</button>
    </div>
  </div>
`;

/** `retry` undefined: trying again cannot help, because the page or the link has to change first. */
export const failedCard = (
  words: Words,
  problem: Problem | undefined,
  retry: (() => void) | undefined,
): TemplateResult => html`
  <div class="scroll">
    <div class="end" part="end" role="alert">
      <span class="seal danger">${icon('warning')}</span>
      <h2>${words.failedTitle}</h2>
      <p class="muted">${words.errors[problem?.code ?? 'internal']}</p>
      ${
        retry === undefined
          ? nothing
          : html`<button class="button primary large" type="button" @click=${retry}>
              ${icon('retry')}${words.retry}
            </button>`
      }
    </div>
  </div>
`;

export const endStyles = css`
  .end {
    display: grid;
    justify-items: center;
    gap: var(--_space-3);
    max-inline-size: 26rem;
    margin: auto;
    padding: var(--_space-6);
    text-align: center;
    animation: rise var(--_calm);
  }

  .end .button {
    margin-block-start: var(--_space-3);
  }

  .seal {
    display: grid;
    place-items: center;
    inline-size: 4.5rem;
    block-size: 4.5rem;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: ${token.accent};
    font-size: 1.5rem;
  }

  .seal.danger {
    background: var(--_danger-soft);
    color: ${token.dangerText};
  }
`;
