// takes the tokens, gives the looks of days and messages.

import { css } from 'lit';
import { token } from '../../styles/tokens.styles.ts';

export const messageStyles = css`
  /* Days and messages */

  .day {
    text-align: center;
    margin-block: var(--_space-4) var(--_space-2);
    font-size: var(--_text-small);
    font-weight: 550;
    color: ${token.textMuted};
  }

  .day:first-child {
    margin-block-start: 0;
  }

  .notice {
    display: flex;
    justify-content: center;
    align-items: start;
    gap: var(--_space-2);
    margin-block: var(--_space-3);
    padding-inline: var(--_space-4);
    font-size: var(--_text-small);
    color: ${token.textMuted};
    text-align: center;
  }

  .notice span {
    unicode-bidi: plaintext;
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: start;
    margin-block-start: 2px;
    max-inline-size: 100%;
    /* Off-screen messages cost no layout; the size is a guess until they were seen once. */
    content-visibility: auto;
    contain-intrinsic-block-size: auto 2.75rem;
  }

  .message.first {
    margin-block-start: var(--_space-3);
  }

  .day + .message.first {
    margin-block-start: 0;
  }

  .message.own {
    align-items: end;
  }

  .name {
    max-inline-size: 100%;
    padding-inline: var(--_space-3);
    margin-block-end: 0.125rem;
    font-size: var(--_text-small);
    font-weight: 600;
    color: ${token.textMuted};
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .bubble {
    --_corner: 1.125rem;
    --_joint: 0.375rem;
    max-inline-size: min(100% - 2.5rem, 34rem);
    padding: 0.4375rem 0.8125rem;
    border-radius: var(--_corner);
    background: ${token.subtle};
    color: ${token.text};
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    /* Marks piled on a letter stay inside. */
    overflow: clip;
    text-wrap: wrap;
  }

  .message:not(.first) .bubble {
    border-start-start-radius: var(--_joint);
  }

  .message:not(.last) .bubble {
    border-end-start-radius: var(--_joint);
  }

  .own .bubble {
    background: ${token.accent};
    color: ${token.onAccent};
  }

  .message.own .bubble {
    border-start-start-radius: var(--_corner);
    border-end-start-radius: var(--_corner);
  }

  .message.own:not(.first) .bubble {
    border-start-end-radius: var(--_joint);
  }

  .message.own:not(.last) .bubble {
    border-end-end-radius: var(--_joint);
  }

  .own .bubble::selection,
  .own .bubble *::selection {
    background: ${token.onAccent};
    color: ${token.accent};
  }

  .text {
    white-space: pre-wrap;
  }

  .bubble.emoji {
    padding-inline: 0;
    background: none;
    font-size: 2.5rem;
    line-height: 1.2;
  }

  .bubble a {
    color: ${token.accent};
    text-decoration-thickness: from-font;
    text-underline-offset: 0.15em;
    unicode-bidi: isolate;
    border-radius: 0.2em;
  }

  .own .bubble a {
    color: inherit;
  }

  .own .bubble a:focus-visible {
    outline-color: ${token.onAccent};
    outline-offset: 1px;
  }

  .host {
    font-weight: 600;
  }

  .meta {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding-inline: var(--_space-3);
    margin-block-start: 0.1875rem;
    font-size: 0.75rem;
    line-height: 1.35;
    color: ${token.textMuted};
    font-variant-numeric: tabular-nums;
  }

  .mark {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
  }

  .mark > svg.icon {
    inline-size: 1rem;
    block-size: 1rem;
  }

  .mark.delivered > svg.icon {
    color: ${token.accent};
  }

  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }

    .own .bubble {
      border-color: Highlight;
    }

    .bubble.emoji {
      border: 0;
    }
  }
`;
