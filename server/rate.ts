// takes what somebody does, gives how long they must wait before they do more.

export interface BucketOptions {
  readonly perSecond: number;
  readonly burst: number;
  /** Milliseconds of a clock that never runs backwards. */
  readonly now?: () => number;
}

/** A token bucket that can be overdrawn: what was already received is paid off by waiting, five seconds at most. */
export class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAtMs: number;

  constructor({ perSecond, burst, now = () => performance.now() }: BucketOptions) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
    this.#tokens = burst;
    this.#filledAtMs = now();
  }

  /** Pays `cost` tokens; gives the milliseconds until the debt is paid, 0 when there is none. */
  pay(cost: number): number {
    const nowMs = this.#now();
    const filled = this.#tokens + ((nowMs - this.#filledAtMs) / 1_000) * this.#perSecond;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.max(-5 * this.#perSecond, Math.min(this.#burst, filled) - cost);
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1_000);
  }
}
