// takes the tokens, gives what every shadow root starts from: box model, type, focus ring, the hidden-but-spoken class.

import { css } from 'lit';
import { token } from './tokens.styles.ts';

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h2,
  h3 {
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.25;
    text-wrap: balance;
  }

  h2 {
    font-size: var(--_text-title);
  }

  h3 {
    font-size: var(--_text-large);
  }

  p {
    text-wrap: pretty;
  }

  .muted {
    color: ${token.textMuted};
  }

  .small {
    font-size: var(--_text-small);
  }

  /* Spoken, not shown. */
  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2.5px solid ${token.accent};
    outline-offset: 2px;
  }

  svg.icon {
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    display: block;
  }
`;
