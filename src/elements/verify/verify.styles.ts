// takes the tokens, gives the comparison its look.

import { css } from 'lit';
import { token } from '../../styles/index.ts';

export const verifyStyles = css`
  :host {
    display: grid;
    gap: var(--_space-4);
    container-type: inline-size;
  }

  /* A sentence in another language than the page's keeps its own direction. */
  p,
  .note span {
    unicode-bidi: plaintext;
  }

  .who {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  .who .button[aria-pressed='true'] {
    background: var(--_accent-soft);
    border-color: ${token.accent};
    color: ${token.accent};
  }

  .emoji {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-3) var(--_space-1);
    padding: var(--_space-4) var(--_space-2);
    border-radius: var(--_radius-field);
    background: ${token.canvas};
  }

  .emoji li {
    display: grid;
    justify-items: center;
    gap: var(--_space-1);
    inline-size: 5.75rem;
  }

  .glyph {
    font-size: 2.25rem;
    line-height: 1.2;
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif;
  }

  .emoji .small {
    font-weight: 550;
    text-align: center;
  }

  .numbers {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-4);
  }

  .numbers b {
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.06em;
    font-weight: 600;
  }

  .answers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--_space-3);
  }

  .answers .hint {
    grid-column: 1 / -1;
    text-align: center;
  }

  .safety {
    border-block-start: 1px solid ${token.border};
    padding-block-start: var(--_space-3);
  }

  .safety[open] {
    display: grid;
    gap: var(--_space-3);
  }

  .safety::details-content {
    display: grid;
    gap: var(--_space-3);
    justify-items: center;
  }

  .safety summary {
    min-block-size: var(--_target);
    display: list-item;
    align-content: center;
    padding-inline: var(--_space-1);
    border-radius: var(--_radius-field);
    cursor: pointer;
    font-weight: 550;
  }

  .digits {
    display: grid;
    grid-template-columns: repeat(4, auto);
    gap: var(--_space-1) var(--_space-4);
    justify-content: center;
    font-variant-numeric: tabular-nums;
    font-size: 1.0625rem;
    letter-spacing: 0.04em;
  }

  .code {
    display: block;
    inline-size: min(100%, 13rem);
    aspect-ratio: 1;
    margin-inline: auto;
    border-radius: var(--_radius-field);
    object-fit: cover;
    background: #fff;
    forced-color-adjust: none;
  }

  .safety .button {
    justify-self: center;
  }

  @container (max-width: 20rem) {
    .digits {
      grid-template-columns: repeat(3, auto);
    }

    .answers {
      grid-template-columns: 1fr;
    }

    .emoji li {
      inline-size: 4.5rem;
    }
  }
`;
