// takes transfers in the order they are shown, gives the list.

import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Participant, Transfer } from '../../core/session/snapshot.ts';
import type { Words } from '../../locales/index.ts';
import type { KeptFiles } from './kept-files.ts';
import { transferRow } from './transfer-row.ts';
import { isOver, type TransferAction } from './transfer-view.ts';

export interface ListView {
  readonly words: Words;
  readonly language: string;
  /** A picker asks where to save. */
  readonly asksWhere: boolean;
  readonly people: readonly Participant[];
  readonly kept: KeptFiles;
  readonly act: (action: TransferAction, transfer: Transfer) => void;
  readonly clear: () => void;
}

export function transferList(
  transfers: readonly Transfer[],
  view: ListView,
): TemplateResult | typeof nothing {
  if (transfers.length === 0) return nothing;
  const { words, language, people, kept } = view;
  const context = {
    ...view,
    canSendAgain: (transfer: Transfer) =>
      people.some(({ id }) => id === transfer.peer) && kept.fileOf(transfer) !== undefined,
  };
  return html`<ul class="list" part="list" role="list" aria-label=${words.filesTransfers}>
      ${repeat(
        transfers,
        ({ id }) => id,
        (transfer) => guard([transfer, people, words, language], () => transferRow(transfer, context)),
      )}
    </ul>
    ${
      transfers.some(isOver)
        ? html`<button type="button" class="button quiet clear" @click=${view.clear}>
            ${words.filesClear}
          </button>`
        : nothing
    }`;
}
