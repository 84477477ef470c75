// takes the tokens, gives the buttons: `.button` with `.primary`, `.danger` or `.quiet`, and `.round` for one icon.

import { css } from 'lit';
import { token } from './tokens.styles.ts';

export const button = css`
  .button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    margin: 0;
    padding: 0 var(--_space-4);
    border: 1px solid transparent;
    border-radius: 999px;
    background: ${token.subtle};
    color: ${token.text};
    font: inherit;
    font-weight: 550;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color var(--_quick),
      color var(--_quick),
      border-color var(--_quick),
      transform var(--_quick);
  }

  .button:hover {
    background: var(--_subtle-hover);
  }

  .button:active {
    transform: scale(0.97);
  }

  .button:disabled {
    cursor: not-allowed;
    opacity: 0.55;
    transform: none;
  }

  .button.primary {
    background: ${token.accent};
    color: ${token.onAccent};
  }

  .button.primary:hover {
    background: color-mix(in oklab, ${token.accent} 88%, ${token.text});
  }

  .button.danger {
    background: ${token.danger};
    color: ${token.onDanger};
  }

  .button.danger:hover {
    background: color-mix(in oklab, ${token.danger} 86%, black);
  }

  .button.quiet {
    background: transparent;
    color: ${token.accent};
  }

  .button.quiet:hover {
    background: var(--_accent-soft);
  }

  .button.outline {
    background: transparent;
    border-color: ${token.border};
  }

  .button.outline:hover {
    background: ${token.subtle};
  }

  .button.large {
    min-block-size: 3.25rem;
    padding-inline: var(--_space-6);
    font-size: 1.0625rem;
    font-weight: 600;
  }

  .button.round {
    padding: 0;
    inline-size: var(--_target);
    block-size: var(--_target);
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }

    .button:disabled {
      border-color: GrayText;
      opacity: 1;
    }
  }
`;
