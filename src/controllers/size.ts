// takes an element, gives its size in CSS pixels: the host updates when it changes.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Size implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #element: Element | undefined;
  #observer: ResizeObserver | undefined;
  #width = 0;
  #height = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** For `ref()` on the element. */
  readonly attach = (element: Element | undefined): void => {
    if (this.#element !== undefined) this.#observer?.unobserve(this.#element);
    this.#element = element;
    if (element !== undefined) this.#observer?.observe(element);
  };

  hostConnected(): void {
    this.#observer = new ResizeObserver(([entry]) => entry && this.#measure(entry.contentRect));
    if (this.#element !== undefined) this.#observer.observe(this.#element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #measure({ width, height }: DOMRectReadOnly): void {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#host.requestUpdate();
  }
}
