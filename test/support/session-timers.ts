// takes the place of the page's long timers, gives a test the word when they go off. Short ones run as ever.

/** What waits longer than this waits for the test, in milliseconds. */
const longMs = 1_000;

export interface HeldTimers {
  /** Milliseconds of those that wait, sorted. */
  readonly waiting: readonly number[];
  /** Lets every timer of so many milliseconds go off. */
  fire(delayMs: number): void;
  restore(): void;
}

export function holdTimers(): HeldTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const held = new Map<number, { readonly delayMs: number; readonly run: () => void }>();
  let next = -1;
  const hold = (run: () => void, delayMs = 0): number => {
    if (delayMs < longMs) return Number(setTimeout.call(globalThis, run, delayMs));
    held.set(next, { delayMs, run });
    next -= 1;
    return next + 1;
  };
  const cancel = (id: number | undefined): void => {
    if (id !== undefined && !held.delete(id)) clearTimeout.call(globalThis, id);
  };
  Object.assign(globalThis, { setTimeout: hold, clearTimeout: cancel });
  return {
    get waiting() {
      return [...held.values()].map(({ delayMs }) => delayMs).toSorted((a, b) => a - b);
    },
    fire: (delayMs) => {
      for (const [id, timer] of [...held]) if (timer.delayMs === delayMs && held.delete(id)) timer.run();
    },
    restore: () => void Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}
