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
  #last = { top: 0, height: 0 };
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
    this.#setPinned(true);
    this.#toEnd();
  }

  /** For `@scroll` of the scroller. */
  readonly follow = (): void => {
    const scroller = this.#parts.scroller();
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const up = this.#last.top - scrollTop;
    // Content that turns out shorter than guessed moves the position too, by less than half a screen.
    const byPerson = up > 1 && (scrollHeight === this.#last.height || up > clientHeight / 2);
    if (scrollHeight - clientHeight - scrollTop <= nearPx) this.#setPinned(true);
    else if (byPerson) this.#setPinned(false);
    this.#last = { top: scrollTop, height: scrollHeight };
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
    if (this.#pinned) this.#toEnd();
  }

  #toEnd(): void {
    const scroller = this.#parts.scroller();
    if (!scroller) return;
    // The browser's own anchoring would hold on to what is in view instead.
    scroller.style.overflowAnchor = 'none';
    scroller.scrollTop = scroller.scrollHeight;
    this.#last = { top: scroller.scrollTop, height: scroller.scrollHeight };
  }

  #setPinned(pinned: boolean): void {
    if (pinned === this.#pinned) return;
    this.#pinned = pinned;
    if (!pinned) this.#parts.scroller()?.style.removeProperty('overflow-anchor');
    this.#host.requestUpdate();
  }
}
