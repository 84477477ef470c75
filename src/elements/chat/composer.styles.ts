// takes the tokens, gives the looks of the field and its button.

import { css } from 'lit';
import { token } from '../../styles/tokens.styles.ts';

export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: var(--_space-1) var(--_space-2);
    padding: var(--_space-3);
  }

  .grow {
    display: grid;
    min-inline-size: 0;
    border: 1px solid ${token.border};
    border-radius: calc(var(--_target) / 2);
    background: ${token.surface};
    overflow: hidden;
    transition: border-color var(--_quick);
  }

  .grow:hover:not(.off) {
    border-color: ${token.textMuted};
  }

  .grow:focus-within {
    outline: 2.5px solid ${token.accent};
    outline-offset: 0;
    border-color: transparent;
  }

  .grow.too-big:not(:focus-within) {
    border-color: ${token.danger};
  }

  .grow.too-big:focus-within {
    outline-color: ${token.danger};
  }

  .grow.off {
    background: ${token.subtle};
    border-color: transparent;
  }

  /* The text lies in the same cell twice, once unseen: it makes the row as high as the draft, without a script. */
  .input,
  .grow::after {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: calc(var(--_target) - 2px);
    max-block-size: calc(6lh + 1.1875rem);
    margin: 0;
    padding: 0.53125rem 1.0625rem;
    border: 0;
    /* Below 16 px, Safari on a phone zooms into a focused field. */
    font: inherit;
    font-size: max(1rem, 16px);
    line-height: 1.5;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }

  .grow::after {
    content: attr(data-draft) ' ';
    visibility: hidden;
    overflow: hidden;
    pointer-events: none;
  }

  .input {
    appearance: none;
    inline-size: 100%;
    resize: none;
    background: none;
    color: inherit;
    overflow-y: auto;
    outline: none;
  }

  .input::placeholder {
    color: ${token.textMuted};
    opacity: 1;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .send > svg.icon {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }

  .send:dir(rtl) > svg.icon {
    scale: -1 1;
  }

  .hint {
    grid-column: 1 / -1;
    padding-inline: var(--_space-4);
    font-size: var(--_text-small);
    line-height: 1.4;
    color: ${token.textMuted};
    font-variant-numeric: tabular-nums;
  }

  .hint.problem {
    color: ${token.dangerText};
    font-weight: 550;
  }
`;
