// takes the chat's stage, gives what is said about it, and the way in where there is one.

import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '../../core/errors.ts';
import type { Words } from '../../locales/index.ts';
import type { Stage } from './stage.ts';

export interface NoteView {
  readonly stage: Stage;
  /** Why the session failed, if it did. */
  readonly problem: ErrorCode | undefined;
  readonly words: Words;
  /** Joins; undefined where joining is not the chat's to offer. */
  readonly enter: (() => void) | undefined;
}

export function noteOf({ stage, problem, words, enter }: NoteView): TemplateResult | typeof nothing {
  const { note, canJoin } = stage;
  if (note === undefined) return nothing;
  const sentence = note === 'failed' && problem !== undefined ? words.errors[problem] : words.chatNote[note];
  const way = note === 'outside' ? words.chatJoin : note === 'left' ? words.chatRejoin : words.chatRetry;
  return html`<p>${sentence}</p>
    ${
      canJoin && enter !== undefined
        ? html`<button type="button" class="button primary" @click=${enter}>${way}</button>`
        : nothing
    }`;
}
