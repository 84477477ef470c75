// takes what the zone may do and say, gives its pixels.

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { ErrorCode } from '../../core/errors.ts';
import type { Words } from '../../locales/index.ts';
import { icon } from '../icon/icon.ts';
import { formatSize } from './amounts.ts';
import { fileName } from './file-name.ts';
import { noticeWords, type Notice } from './notices.ts';
import type { Zone } from './zone.ts';

export interface DropZoneView {
  readonly zone: Zone;
  /** Files are held above. */
  readonly over: boolean;
  readonly multiple: boolean;
  readonly acceptTypes: string;
  readonly maxSizeMb: number | undefined;
  /** Who gets what is dropped, ready to read; empty: nobody is there. */
  readonly names: string;
  readonly problem: ErrorCode | undefined;
  readonly offersJoin: boolean;
  readonly words: Words;
  readonly language: string;
  readonly choose: () => void;
  readonly pick: (event: Event) => void;
  readonly enter: () => void;
}

export function dropZone(view: DropZoneView): TemplateResult {
  const { zone, over, multiple, words } = view;
  const inviting = over && zone.canTake;
  return html`<div class=${classMap({ zone: true, over: inviting, off: !zone.canTake })} part="zone">
    <span class="sign">${icon('upload')}</span>
    <p class="call">${inviting ? words.filesDropNow(multiple) : words.filesDrop(multiple)}</p>
    <button type="button" class="button" part="choose" ?disabled=${!zone.canTake} @click=${view.choose}>
      ${words.filesChoose(multiple)}
    </button>
    <input
      type="file"
      hidden
      tabindex="-1"
      aria-label=${words.filesChoose(multiple)}
      accept=${view.acceptTypes}
      ?multiple=${multiple}
      @change=${view.pick}
    />
    <p class="fine" id="note">${zoneWords(view)}</p>
    ${limitWords(view) === '' ? nothing : html`<p class="fine">${limitWords(view)}</p>`}
    ${
      view.offersJoin
        ? html`<button type="button" class="button primary" @click=${view.enter}>
            ${joinWords(zone, words)}
          </button>`
        : nothing
    }
  </div>`;
}

function zoneWords({ zone, names, problem, words }: DropZoneView): string {
  if (zone.note === undefined) return words.filesTo(names);
  return zone.note === 'failed' && problem !== undefined ? words.errors[problem] : words.filesNote[zone.note];
}

function limitWords({ maxSizeMb, words, language }: DropZoneView): string {
  return maxSizeMb !== undefined && maxSizeMb > 0
    ? words.filesLimitSize(formatSize(maxSizeMb * 1_000_000, language))
    : '';
}

function joinWords({ note }: Zone, words: Words): string {
  if (note === 'left') return words.filesRejoin;
  return note === 'failed' ? words.filesRetry : words.filesJoin;
}

/** What was left out of the last gesture. */
export function noticeList(notices: readonly Notice[], words: Words, dismiss: () => void): TemplateResult {
  return html`<div class="notice" part="notice">
    ${icon('warning')}
    <ul role="list">
      ${notices.map((notice) => html`<li>${noticeWords(notice, words)}</li>`)}
    </ul>
    <button type="button" class="button quiet round" aria-label=${words.dismiss} @click=${dismiss}>
      ${icon('close')}
    </button>
  </div>`;
}

/** The files of the form, each with a way out. */
export function chosenList(
  files: readonly File[],
  words: Words,
  remove: (file: File) => void,
): TemplateResult {
  return html`<div class="chosen" part="chosen">
    <p class="fine">${words.filesChosen}</p>
    <ul role="list">
      ${files.map(
        (file) =>
          html`<li class="chip">
            ${fileName(file.name)}
            <button
              type="button"
              class="remove"
              aria-label=${words.filesRemove(file.name)}
              @click=${() => remove(file)}
            >
              ${icon('close')}
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
}
