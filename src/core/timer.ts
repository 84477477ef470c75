// takes a delay and a lifetime, gives one call when the delay is over, or none.

/** Calls `run` once after `delayMs`, unless `signal` aborts first. Gives a function that calls it off. */
export function after(delayMs: number, run: () => void, signal: AbortSignal): () => void {
  if (signal.aborted) return () => {};
  const cancel = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', cancel);
    run();
  }, delayMs);
  signal.addEventListener('abort', cancel, { once: true });
  return cancel;
}
