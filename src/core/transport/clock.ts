// takes a delay and something to do, gives a timer that dies with its owner. The one place of this stage that knows the clock.

/** Time as a port, so that a test can be its own clock. */
export interface Clock {
  /** Runs `run` once after `milliseconds`, unless `signal` aborts first or the function given back is called. */
  after(milliseconds: number, signal: AbortSignal, run: () => void): () => void;
}

export const systemClock: Clock = {
  after(milliseconds, signal, run) {
    if (signal.aborted) return () => undefined;
    const cancel = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      run();
    }, milliseconds);
    signal.addEventListener('abort', cancel, { once: true });
    return cancel;
  },
};
