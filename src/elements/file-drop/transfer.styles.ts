// takes the tokens, gives the looks of the transfers.

import { css } from 'lit';
import { token } from '../../styles/tokens.styles.ts';

export const transferStyles = css`
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border: 1px solid ${token.border};
    border-radius: ${token.radius};
    background: ${token.surface};
    container-type: inline-size;
    overflow: hidden;
  }

  .transfer {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
  }

  .transfer + .transfer {
    border-block-start: 1px solid ${token.border};
  }

  .kind {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: var(--_radius-small);
    background: ${token.subtle};
    color: ${token.textMuted};
  }

  .kind > svg.icon {
    inline-size: 1.75rem;
    block-size: 1.75rem;
  }

  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.125rem;
  }

  .name {
    font-weight: 600;
  }

  .line {
    display: flex;
    gap: 0.375rem;
    font-size: var(--_text-small);
    color: ${token.textMuted};
    overflow-wrap: anywhere;
  }

  .line > span {
    min-inline-size: 0;
  }

  .line > svg.icon {
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: 0.125rem;
  }

  .done .line > svg.icon {
    color: ${token.accent};
  }

  .problem .line {
    color: ${token.dangerText};
  }

  .figures {
    font-variant-numeric: tabular-nums;
  }

  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 0.375rem;
    margin-block: 0.375rem 0.25rem;
    border: 0;
    border-radius: 999px;
    background: ${token.subtle};
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: ${token.subtle};
  }

  progress::-webkit-progress-value {
    border-radius: 999px;
    background: ${token.accent};
    transition: inline-size var(--_quick);
  }

  progress::-moz-progress-bar {
    border-radius: 999px;
    background: ${token.accent};
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  /* A label in another language than the page's keeps its own direction. */
  .button {
    unicode-bidi: plaintext;
  }

  .clear {
    justify-self: center;
    font-size: var(--_text-small);
  }

  /* Narrow: the buttons go below, as wide as there is room. */
  @container (max-width: 30rem) {
    .transfer {
      grid-template-columns: auto minmax(0, 1fr);
    }

    .actions {
      grid-column: 2;
    }

    .actions > .button {
      flex: 1 1 auto;
    }
  }

  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value {
      background: Highlight;
    }

    progress::-moz-progress-bar {
      background: Highlight;
    }

    .kind {
      border: 1px solid CanvasText;
    }
  }
`;
