// takes the draft and what may be done with it, gives the field and its button.

import { html, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import type { Verdict } from '../../controllers/plain-rules.ts';
import type { Words } from '../../locales/index.ts';
import { icon } from '../icon/icon.ts';
import { draftHint } from './draft-hint.ts';
import type { Stage } from './stage.ts';

export interface ComposerView {
  readonly draft: string;
  readonly verdict: Verdict;
  readonly placeholder: string;
  readonly stage: Stage;
  readonly words: Words;
  readonly language: string;
  readonly edit: () => void;
  readonly pressKey: (event: KeyboardEvent) => void;
  readonly send: (event: Event) => void;
}

/** Enough of the draft to give the field its height; beyond six lines it scrolls. UTF-16 code units. */
const measured = 2_000;

export function composer(view: ComposerView): TemplateResult {
  const { draft, verdict, words, stage } = view;
  const tooBig = verdict.kind === 'too-big';
  return html`<form class="composer" part="composer" @submit=${view.send}>
    <div
      class=${classMap({ 'grow': true, 'too-big': tooBig, 'off': !stage.canType })}
      data-draft=${draft.slice(0, measured)}
    >
      <textarea
        class="input"
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${words.chatWrite}
        aria-describedby="hint"
        aria-invalid=${tooBig}
        placeholder=${view.placeholder === '' ? words.chatPlaceholder : view.placeholder}
        ?disabled=${!stage.canType}
        .value=${live(draft)}
        @input=${view.edit}
        @keydown=${view.pressKey}
      ></textarea>
    </div>
    <button
      class="button primary round send"
      part="send"
      aria-label=${words.chatSend}
      ?disabled=${!stage.canSend || verdict.kind === 'empty'}
    >
      ${icon('send')}
    </button>
    <p class=${classMap({ hint: true, problem: tooBig })} id="hint" part="hint">
      ${draftHint(verdict, words, view.language)}
    </p>
  </form>`;
}
