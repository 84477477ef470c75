// takes the tokens, gives what things lie on: cards, notes, chips, avatars, the spinner.

import { css } from 'lit';
import { token } from './tokens.styles.ts';

export const surface = css`
  .card {
    background: ${token.surface};
    border: 1px solid ${token.border};
    border-radius: ${token.radius};
    box-shadow: var(--_shadow-low);
    padding: var(--_space-6);
  }

  .note {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--_space-1) var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
    border-radius: var(--_radius-field);
    background: var(--_accent-soft);
  }

  .note.danger {
    background: var(--_danger-soft);
  }

  .note.danger > svg {
    color: ${token.dangerText};
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: 100%;
    padding: 0.25rem 0.75rem;
    border-radius: 999px;
    background: ${token.subtle};
    font-size: var(--_text-small);
    font-weight: 550;
    line-height: 1.4;
  }

  .avatar {
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    flex: none;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: ${token.accent};
    font-size: var(--_text-small);
    font-weight: 650;
    letter-spacing: 0.02em;
  }

  .spinner {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    flex: none;
    border: 2.5px solid color-mix(in srgb, currentColor 25%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }

  @media (forced-colors: active) {
    .card,
    .note,
    .chip {
      border: 1px solid CanvasText;
    }
  }
`;
