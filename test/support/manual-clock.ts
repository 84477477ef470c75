// takes a test's word for how late it is, gives the clock that words are taken from.

import type { Clock } from '../../src/core/transport/clock.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that stands still until `advance`. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 0;

  /** Timers that have not gone off. */
  get waiting(): number {
    return this.#timers.size;
  }

  after(milliseconds: number, signal: AbortSignal, run: () => void): () => void {
    const timer: Timer = { due: this.#now + milliseconds, run };
    const cancel = (): void => {
      this.#timers.delete(timer);
    };
    if (!signal.aborted) this.#timers.add(timer);
    signal.addEventListener('abort', cancel, { once: true });
    return cancel;
  }

  /** Lets time pass, timer by timer; after each, waits until what it set off has settled. */
  async advance(milliseconds: number, settled: () => Promise<void>): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.due;
      next.run();
      await settled();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter((timer) => timer.due <= end);
    return due.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.due < first.due ? timer : first),
      undefined,
    );
  }
}
