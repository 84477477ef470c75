// takes the bytes still waiting in a channel, gives word to whoever waits for them to be few.

import { ReformsError } from '../errors.ts';

interface Waiter {
  readonly below: number;
  readonly resolve: () => void;
  readonly reject: (error: ReformsError) => void;
}

/** Those who wait for room in a channel. The owner says when its backlog changed and when the channel is over. */
export class BacklogWaiters {
  readonly #waiters = new Set<Waiter>();
  #over = false;

  /** Resolves at the first `changed` with a backlog below `bytes`; rejects (`peer-gone`) when the channel ends first. */
  wait(below: number): Promise<void> {
    if (this.#over) return Promise.reject(new ReformsError('peer-gone'));
    return new Promise((resolve, reject) => {
      this.#waiters.add({ below, resolve, reject });
    });
  }

  /** The backlog below which the first of them may go on; undefined when nobody waits. */
  get highest(): number | undefined {
    const marks = [...this.#waiters].map((waiter) => waiter.below);
    return marks.length === 0 ? undefined : Math.max(...marks);
  }

  changed(backlog: number): void {
    for (const waiter of this.#waiters) {
      if (backlog >= waiter.below) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  end(): void {
    this.#over = true;
    for (const waiter of this.#waiters) waiter.reject(new ReformsError('peer-gone'));
    this.#waiters.clear();
  }
}
