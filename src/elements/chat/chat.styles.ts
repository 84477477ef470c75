// takes the tokens, gives the looks of the conversation around its messages.

import { css } from 'lit';
import { token } from '../../styles/tokens.styles.ts';

export const chatStyles = css`
  :host {
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 30rem;
    max-block-size: 100%;
    min-block-size: 14rem;
  }

  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    border: 1px solid ${token.border};
    border-radius: ${token.radius};
    background: ${token.surface};
  }

  .log {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: ${token.border} transparent;
  }

  .log:focus-visible {
    outline-offset: -3px;
    border-radius: ${token.radius};
  }

  /* Few messages stand at the end, where the next will come. */
  .list {
    flex: none;
    margin-block-start: auto;
    padding: var(--_space-4);
  }

  /* An empty or waiting conversation */

  .blank {
    flex: 1 0 auto;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--_space-3);
    padding: var(--_space-6);
    text-align: center;
    color: ${token.textMuted};
    text-wrap: balance;
  }

  .blank > svg.icon {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    opacity: 0.7;
  }

  /* A sentence in another language than the page's keeps its own direction. */
  .blank > p,
  .strip > p {
    unicode-bidi: plaintext;
  }

  .blank > p {
    max-inline-size: 26rem;
  }

  /* Back to the end */

  .later {
    position: relative;
    block-size: 0;
    z-index: 1;
    pointer-events: none;
  }

  .later > .button {
    position: absolute;
    inset-block-end: var(--_space-2);
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    pointer-events: auto;
    border: 1px solid ${token.border};
    background: ${token.surface};
    box-shadow: var(--_shadow-high);
    font-size: var(--_text-small);
    animation: rise var(--_calm);
  }

  .later > .button:hover {
    background: ${token.subtle};
  }

  .later > .button.fresh {
    border-color: transparent;
    background: ${token.accent};
    color: ${token.onAccent};
  }

  .later > .button > svg.icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.5rem;
    }
  }

  /* What the state of the room means for writing */

  .strip {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-4) 0;
    font-size: var(--_text-small);
    color: ${token.textMuted};
    text-align: center;
  }

  @media (prefers-reduced-motion: reduce) {
    .later > .button {
      animation: none;
    }
  }
`;
