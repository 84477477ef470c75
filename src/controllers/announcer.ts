// takes sentences, gives them to screen readers through one polite live region.

import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** The host renders `region()` once, unconditionally, in its shadow root; styles: `.spoken` of `base.styles.ts`. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #sentence = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  say(sentence: string): void {
    // A region only speaks up when its text differs: a trailing space lets the same sentence be said twice.
    this.#sentence = sentence === this.#sentence ? `${sentence}\u00a0` : sentence;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#sentence = '';
  }

  region(): TemplateResult {
    return html`<div class="spoken" role="status" aria-live="polite">${this.#sentence}</div>`;
  }
}
