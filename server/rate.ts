// takes what somebody does, gives how long they must wait before they do more.

export interface BucketOptions {
  readonly perSecond: number;
  readonly burst: number;
  /** Milliseconds of a clock that never runs backwards. */
  readonly now?: () => number;
}

/** A token bucket. What was already received is paid off by waiting; what is only asked for is refused. */
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

  /** Pays `cost` tokens, on credit where need be; gives the milliseconds until the debt, of five seconds at most, is paid. */
  pay(cost: number): number {
    this.#fill();
    this.#tokens = Math.max(-5 * this.#perSecond, this.#tokens - cost);
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1_000);
  }

  /** Takes one token if there is one. */
  take(): boolean {
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Whether nothing of what was taken is left to be remembered. */
  get isFull(): boolean {
    this.#fill();
    return this.#tokens === this.#burst;
  }

  #fill(): void {
    const nowMs = this.#now();
    const gained = ((nowMs - this.#filledAtMs) / 1_000) * this.#perSecond;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
  }
}
