// takes the tokens, gives labelled fields: `.field` around a label and an `.input` or a `.select`.

import { css } from 'lit';
import { token } from './tokens.styles.ts';

export const field = css`
  .field {
    display: grid;
    gap: 0.375rem;
    min-inline-size: 0;
  }

  .field > label,
  .field > .label {
    font-size: var(--_text-small);
    font-weight: 550;
    color: ${token.textMuted};
  }

  .input,
  .select {
    appearance: none;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_target);
    margin: 0;
    padding: 0.5rem 0.875rem;
    border: 1px solid ${token.border};
    border-radius: var(--_radius-field);
    background: ${token.surface};
    color: inherit;
    font: inherit;
    /* Below 16 px, Safari on a phone zooms into a focused field. */
    font-size: max(1rem, 16px);
    line-height: 1.4;
    transition: border-color var(--_quick);
  }

  .input::placeholder {
    color: ${token.textMuted};
    opacity: 1;
  }

  .input:hover,
  .select:hover {
    border-color: ${token.textMuted};
  }

  .input:focus-visible,
  .select:focus-visible {
    outline-offset: 0;
    border-color: transparent;
  }

  .select {
    padding-inline-end: 2.5rem;
    text-overflow: ellipsis;
    cursor: pointer;
  }

  .select:disabled {
    cursor: default;
    color: ${token.textMuted};
  }

  .select-frame {
    position: relative;
    display: grid;
  }

  .select-frame > svg {
    position: absolute;
    inset-inline-end: 0.875rem;
    inset-block: 0;
    margin-block: auto;
    pointer-events: none;
    color: ${token.textMuted};
  }
`;
