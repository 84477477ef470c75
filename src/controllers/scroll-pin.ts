// takes a scrolling conversation, gives whether its end is in view, and keeps it there until the person scrolls away.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ScrollPinParts {
  /** The element that scrolls, once it is rendered. */
  readonly scroller: () => HTMLElement | null | undefined;
  /** Its one child, whose height is that of everything. */
  readonly content: () => Element | null | undefined;
}

/** This close to the end counts as there, in CSS pixels. */
const nearPx = 32;
/** Rows at the top of which one will still be there after an update. */
const anchorRows = 8;

/**
 * Pinned to the end from the start. Growing content and a shrinking box (a keyboard that opens) do not unpin, only a
 * person's own scrolling up does. What comes in above keeps the reader's place: the browser's scroll anchoring does that
 * everywhere but at the very top.
 */
export class ScrollPin implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #parts: ScrollPinParts;
  readonly #observer: ResizeObserver | undefined;
  #observed: Element | undefined;
  #frame = 0;
  #pinned = true;
  #lastTop = 0;
  #anchors: readonly { readonly element: Element; readonly top: number }[] = [];

  constructor(host: ReactiveControllerHost, parts: ScrollPinParts) {
    this.#host = host;
    this.#parts = parts;
    if (typeof ResizeObserver !== 'undefined') this.#observer = new ResizeObserver(() => this.#settleSoon());
    host.addController(this);
  }

  /** Whether the end is kept in view. */
  get pinned(): boolean {
    return this.#pinned;
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    const scroller = this.#parts.scroller();
    if (scroller) this.#lastTop = scroller.scrollTop;
    this.#setPinned(true);
    this.#settle();
  }

  /** For `@scroll` of the scroller. */
  readonly follow = (): void => {
    const scroller = this.#parts.scroller();
    if (!scroller) return;
    const top = scroller.scrollTop;
    const away = scroller.scrollHeight - scroller.clientHeight - top;
    if (away <= nearPx) this.#setPinned(true);
    else if (top < this.#lastTop - 1) this.#setPinned(false);
    this.#lastTop = top;
  };

  hostUpdate(): void {
    const scroller = this.#parts.scroller();
    const rows = this.#parts.content()?.children;
    const atTop = scroller && !this.#pinned && scroller.scrollTop <= 1;
    this.#anchors =
      atTop && rows
        ? Array.from(rows)
            .slice(0, anchorRows)
            .map((element) => ({ element, top: element.getBoundingClientRect().top }))
        : [];
  }

  hostUpdated(): void {
    const scroller = this.#parts.scroller();
    const content = this.#parts.content();
    if (!scroller || !content) return;
    if (this.#observed !== content) {
      this.#observer?.disconnect();
      this.#observer?.observe(scroller);
      this.#observer?.observe(content);
      this.#observed = content;
    }
    const anchor = this.#anchors.find(({ element }) => element.isConnected);
    if (anchor) scroller.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    this.#settle();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer?.disconnect();
    this.#observed = undefined;
  }

  /** Within the observer's own round it would be a loop: what comes into view is measured anew. */
  #settleSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#settle());
  }

  #settle(): void {
    // A scroll may be done and its event not be there yet.
    this.follow();
    const scroller = this.#parts.scroller();
    if (!scroller || !this.#pinned) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#lastTop = scroller.scrollTop;
  }

  #setPinned(pinned: boolean): void {
    if (pinned === this.#pinned) return;
    this.#pinned = pinned;
    this.#host.requestUpdate();
  }
}
