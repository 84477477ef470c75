// takes a title and a body, gives a modal dialog: Escape, the close button and a click beside it close it.

import { css, html, type TemplateResult } from 'lit';
import { token } from '../../styles/index.ts';
import { icon } from '../icon/icon.ts';

interface DialogParts {
  readonly id: string;
  readonly title: string;
  /** Label of the close button. */
  readonly close: string;
  readonly body: unknown;
}

const closeFrom = (event: Event): void => {
  if (event.currentTarget instanceof Element) event.currentTarget.closest('dialog')?.close();
};

/** A click on the backdrop has the dialog itself as its target; its content lies in a child that covers it. */
const closeBeside = (event: Event): void => {
  if (event.target === event.currentTarget) closeFrom(event);
};

export const dialog = ({ id, title, close, body }: DialogParts): TemplateResult => html`
  <dialog id=${id} part="dialog" aria-labelledby="${id}-title" @click=${closeBeside}>
    <div class="dialog-body">
      <header class="dialog-header">
        <h2 id="${id}-title" tabindex="-1" autofocus>${title}</h2>
        <button class="button round" type="button" aria-label=${close} @click=${closeFrom}>
          ${icon('close')}
        </button>
      </header>
      ${body}
    </div>
  </dialog>
`;

/** Opens the dialog that `dialog()` rendered under `id`. */
export function showDialog(root: ParentNode | null, id: string): void {
  const found = root?.querySelector(`#${id}`);
  if (found instanceof HTMLDialogElement && !found.open) found.showModal();
}

export const dialogStyles = css`
  dialog {
    inline-size: min(30rem, calc(100vi - 1.5rem));
    max-block-size: calc(100dvb - 1.5rem);
    margin: auto;
    padding: 0;
    border: 1px solid ${token.border};
    border-radius: ${token.radius};
    background: ${token.surface};
    color: ${token.text};
    box-shadow: var(--_shadow-high);
    overflow: auto;
    overscroll-behavior: contain;
  }

  dialog[open] {
    animation: dialog-in var(--_calm);
  }

  dialog::backdrop {
    background: rgb(8 16 13 / 55%);
    backdrop-filter: blur(3px);
  }

  .dialog-body {
    display: grid;
    gap: var(--_space-4);
    padding: var(--_space-6);
  }

  .dialog-header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-4);
  }

  .dialog-header h2 {
    outline: none;
  }

  .dialog-header .button {
    margin: -0.375rem;
    margin-inline-end: -0.625rem;
    background: transparent;
  }

  .dialog-header .button:hover {
    background: ${token.subtle};
  }

  @keyframes dialog-in {
    from {
      opacity: 0;
      translate: 0 0.75rem;
      scale: 0.98;
    }
  }

  @media (max-width: 30rem) {
    dialog {
      margin-block-end: 0.75rem;
    }
  }
`;
