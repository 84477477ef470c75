// takes a transfer and what is said about it, gives its pixels.

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Transfer } from '../../core/session/snapshot.ts';
import type { Words } from '../../locales/index.ts';
import { icon } from '../icon/icon.ts';
import { formatPercent, formatSize, formatSpeed, formatTimeLeft } from './amounts.ts';
import { kindOf } from './file-kind.ts';
import { fileName } from './file-name.ts';
import { kindIcon } from './kind-icon.ts';
import { isolated } from './isolated.ts';
import { viewOf, type TransferAction, type TransferView } from './transfer-view.ts';

export interface RowContext {
  readonly words: Words;
  readonly language: string;
  /** A picker asks where to save. */
  readonly asksWhere: boolean;
  readonly canSendAgain: (transfer: Transfer) => boolean;
  readonly act: (action: TransferAction, transfer: Transfer) => void;
}

export function transferRow(transfer: Transfer, context: RowContext): TemplateResult {
  const { words, language } = context;
  const view = viewOf(transfer, context.canSendAgain(transfer));
  return html`<li class=${classMap({ transfer: true, [view.tone]: true })} part="transfer">
    <span class="kind">${kindIcon(kindOf(transfer.name, transfer.type))}</span>
    <div class="about">
      <p class="name" part="name">${fileName(transfer.name)}</p>
      <p class="line" part="state">
        ${view.tone === 'done' ? icon('check') : nothing}${view.tone === 'problem' ? icon('warning') : nothing}
        ${dotted([sentenceOf(transfer, view, words), view.progress === undefined ? formatSize(transfer.size, language) : ''])}
      </p>
      ${view.progress === undefined ? nothing : renderProgress(transfer, view, view.progress, context)}
    </div>
    ${
      view.actions.length === 0
        ? nothing
        : html`<div class="actions">
            ${repeat(
              view.actions,
              (action) => action,
              (action) => renderAction(action, transfer, context),
            )}
          </div>`
    }
  </li>`;
}

/** What is said of a transfer, with the other person's name kept from turning the sentence around. */
export function sentenceOf(transfer: Transfer, view: TransferView, words: Words): string {
  if (view.phrase === 'failed' && transfer.code !== undefined) return words.errors[transfer.code];
  return words.filesPhrase[view.phrase](isolated(transfer.peerName, transfer.peerOrdinal, words));
}

function renderProgress(
  transfer: Transfer,
  view: TransferView,
  share: number,
  { words, language }: RowContext,
): TemplateResult {
  const { size, bytesPerSecond } = transfer;
  return html`<progress
      part="progress"
      max="1"
      .value=${share}
      aria-label=${words.filesProgress(transfer.name)}
    ></progress>
    <p class="line figures">
      ${dotted([
        words.filesShare(formatPercent(share, language), formatSize(size, language)),
        bytesPerSecond > 0 ? formatSpeed(bytesPerSecond, language) : '',
        view.secondsLeft === undefined ? '' : words.filesTimeLeft(formatTimeLeft(view.secondsLeft, language)),
      ])}
    </p>`;
}

/** The second click of a double click would land on the button that has taken the first one's place. */
const isFirst = (event: MouseEvent): boolean => event.detail <= 1;

/** Pieces with dots between them, each in its own direction; empty ones are left out. */
function dotted(pieces: readonly string[]): TemplateResult {
  const shown = pieces.filter((piece) => piece !== '');
  return html`<span
    >${shown.map((piece, index) => [index > 0 ? ' · ' : '', html`<bdi dir="auto">${piece}</bdi>`])}</span
  >`;
}

function renderAction(action: TransferAction, transfer: Transfer, context: RowContext): TemplateResult {
  const { words, asksWhere, act } = context;
  const labels: Readonly<Record<TransferAction, string>> = {
    save: asksWhere ? words.filesSaveAs : words.filesSave,
    decline: words.filesDecline,
    cancel: words.filesCancel,
    again: words.filesAgain,
  };
  const label = labels[action];
  return html`<button
    type="button"
    class=${classMap({ button: true, primary: action === 'save', outline: action !== 'save' })}
    part=${`action ${action}`}
    aria-label=${words.filesAct(label, transfer.name)}
    @click=${(event: MouseEvent) => isFirst(event) && act(action, transfer)}
  >
    ${label}
  </button>`;
}
