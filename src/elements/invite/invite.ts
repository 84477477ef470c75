// takes the room's link, gives it to the person: to read, to copy, to share.

import { css, html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { button, field } from '../../styles/index.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';

/**
 * The link that brings someone else into this room.
 *
 * @tag reforms-invite
 * @summary The room's link, to copy and to share.
 * @csspart link - The field with the link.
 * @csspart copy-button - Copies it.
 * @csspart share-button - Opens the system's sharing, where there is one.
 */
export class ReformsInvite extends RoomElement {
  static override styles = [
    ...RoomElement.styles,
    button,
    field,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
      }

      .input {
        flex: 1 1 11rem;
        inline-size: auto;
        text-overflow: ellipsis;
        font-size: var(--_text-small);
        direction: ltr;
      }

      .button {
        flex: 1 0 auto;
      }

      @container (min-width: 26rem) {
        .button {
          flex: none;
        }
      }
    `,
  ];

  /** How the last press of Copy went. */
  @state() private copying: 'ready' | 'copied' | 'refused' = 'ready';

  @query('input') private readonly link!: HTMLInputElement;

  protected override render() {
    const { words } = this;
    const done = this.copying === 'copied';
    const label = { ready: words.copyLink, copied: words.copied, refused: words.copyByHand }[this.copying];
    return html`
      <div class="row">
        <input
          class="input"
          part="link"
          readonly
          aria-label=${words.inviteLabel}
          .value=${this.invite()}
          @focus=${this.#selectAll}
        />
        <button
          class="button primary"
          part="copy-button"
          type="button"
          @click=${this.#copyLink}
          @blur=${this.#forget}
        >
          ${icon(done ? 'check' : 'copy')}${label}
        </button>
        ${'share' in navigator ? this.#renderShare() : nothing}
      </div>
      <div class="spoken" role="status">${done ? words.copied : ''}</div>
    `;
  }

  #renderShare() {
    return html`<button class="button" part="share-button" type="button" @click=${this.#shareLink}>
      ${icon('share')}${this.words.shareLink}
    </button>`;
  }

  readonly #selectAll = (): void => this.link.select();

  readonly #copyLink = (): void => {
    copyText(this.invite()).then(
      () => (this.copying = 'copied'),
      () => {
        this.copying = 'refused';
        this.link.focus();
      },
    );
  };

  readonly #shareLink = (): void => {
    // Someone who closes the system's sheet has not failed at anything.
    navigator.share({ title: this.words.shareTitle, url: this.invite() }).catch(() => undefined);
  };

  readonly #forget = (): void => {
    if (this.copying === 'copied') this.copying = 'ready';
  };
}

/** Rejects where the browser has no clipboard for this page (no secure context, or refused). */
async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-invite': ReformsInvite;
  }
}
