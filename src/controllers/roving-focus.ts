// takes arrow keys, gives the focus to the next button of a toolbar: one stop for Tab, arrows inside (APG toolbar).

import type { ReactiveController, ReactiveElement } from 'lit';

export class RovingFocus implements ReactiveController {
  readonly #host: ReactiveElement;
  #current: Element | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#mark();
  }

  /** For `@focusin` of the toolbar. */
  readonly remember = (event: FocusEvent): void => {
    const button = this.#buttons().find((candidate) => candidate === event.target);
    if (button === undefined) return;
    this.#current = button;
    this.#mark();
  };

  /** For `@keydown` of the toolbar. */
  readonly move = (event: KeyboardEvent): void => {
    const buttons = this.#buttons();
    const at = buttons.findIndex((button) => button === event.target);
    if (at < 0) return;
    const forward = getComputedStyle(this.#host).direction === 'rtl' ? -1 : 1;
    const places: Readonly<Record<string, number>> = {
      ArrowRight: at + forward,
      ArrowLeft: at - forward,
      Home: 0,
      End: buttons.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    buttons[(place + buttons.length) % buttons.length]?.focus();
  };

  #buttons(): readonly HTMLButtonElement[] {
    return [
      ...(this.#host.shadowRoot?.querySelectorAll<HTMLButtonElement>('[role="toolbar"] > button') ?? []),
    ];
  }

  #mark(): void {
    const buttons = this.#buttons();
    const current = buttons.find((button) => button === this.#current) ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
  }
}
