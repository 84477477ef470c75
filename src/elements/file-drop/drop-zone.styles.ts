// takes the tokens, gives the looks of the drop zone, of what was left out and of a form's files.

import { css } from 'lit';
import { token } from '../../styles/tokens.styles.ts';

export const dropZoneStyles = css`
  :host {
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
  }

  .base {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
    border-radius: ${token.radius};
  }

  .zone {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding: var(--_space-6) var(--_space-4);
    border: 1.5px dashed color-mix(in oklab, ${token.border} 70%, ${token.textMuted});
    border-radius: ${token.radius};
    background: ${token.surface};
    text-align: center;
    transition:
      background-color var(--_quick),
      border-color var(--_quick);
  }

  .zone.over {
    border-style: solid;
    border-color: ${token.accent};
    background: var(--_accent-soft);
  }

  .zone.off {
    background: transparent;
  }

  .sign {
    display: grid;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: ${token.accent};
    transition: transform var(--_calm);
  }

  .zone.off > .sign {
    background: ${token.subtle};
    color: ${token.textMuted};
  }

  .zone.over > .sign {
    background: ${token.surface};
    transform: translateY(-4px);
  }

  .call,
  .fine {
    unicode-bidi: plaintext;
  }

  .call {
    font-weight: 600;
  }

  .zone.off > .call {
    color: ${token.textMuted};
  }

  .fine {
    max-inline-size: 100%;
    font-size: var(--_text-small);
    color: ${token.textMuted};
    overflow-wrap: anywhere;
    text-wrap: balance;
  }

  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    gap: var(--_space-3);
    padding: var(--_space-1) var(--_space-1) var(--_space-1) var(--_space-4);
    border-radius: var(--_radius-field);
    background: var(--_danger-soft);
    overflow-wrap: anywhere;
  }

  .notice:dir(rtl) {
    padding: var(--_space-1) var(--_space-4) var(--_space-1) var(--_space-1);
  }

  .notice > svg.icon {
    margin-block: 0.6875rem;
    color: ${token.dangerText};
  }

  .notice > ul {
    display: grid;
    gap: var(--_space-1);
    padding-block: 0.625rem;
  }

  .notice > .button {
    color: inherit;
  }

  .chosen {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
  }

  .chosen > ul {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  .chosen .chip {
    display: inline-flex;
    align-items: center;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding-inline-start: var(--_space-4);
    border-radius: 999px;
    background: ${token.subtle};
    font-size: var(--_text-small);
    font-weight: 550;
  }

  .remove {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--_target);
    block-size: 2.25rem;
    padding: 0;
    border: 0;
    border-radius: 999px;
    background: none;
    color: inherit;
    cursor: pointer;
  }

  .remove:hover {
    background: var(--_subtle-hover);
  }

  .remove > svg.icon {
    inline-size: 1rem;
    block-size: 1rem;
  }

  /* The stem gives way, the end stays. */
  .file-name {
    display: inline-flex;
    vertical-align: top;
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .stem {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .end {
    flex: none;
    white-space: pre;
  }

  @media (prefers-reduced-motion: reduce) {
    .zone.over > .sign {
      transform: none;
    }
  }

  @media (forced-colors: active) {
    .zone.over {
      border-color: Highlight;
    }

    .notice,
    .chosen .chip {
      border: 1px solid CanvasText;
    }
  }
`;
