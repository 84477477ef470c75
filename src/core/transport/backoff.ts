// takes failures, gives how long to wait before the next try, so that a crowd does not come back in step.

export interface BackoffOptions {
  /** Longest first wait, in milliseconds. It doubles with every failure. */
  readonly firstMs: number;
  /** Longest wait of all, in milliseconds. */
  readonly capMs: number;
  /** Part of each wait that is not left to chance, 0 to 1. 0 is "full jitter". */
  readonly steady: number;
}

export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Milliseconds to wait now. Every call counts as a failure. */
  next(): number {
    const { firstMs, capMs, steady } = this.#options;
    const longest = Math.min(capMs, firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return longest * (steady + (1 - steady) * chance());
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** A number from 0 (included) to 1 (excluded). */
export function chance(): number {
  const [draw = 0] = crypto.getRandomValues(new Uint32Array(1));
  return draw / 2 ** 32;
}
