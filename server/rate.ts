// takes what somebody does, gives how long they must wait before they do more.

/** So much for long, so much at once. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Longest debt, in milliseconds. */
const maxDebtMs = 5_000;
const msFor = (tokens: number, { perSecond }: Pace) => (tokens / perSecond) * 1_000;

/**
 * A token bucket as one number, for those who have one each: until when everything spent so far is paid at the pace. Give 0 to begin
 * with; gives the new number.
 */
export function spend(paidUntilMs: number, cost: number, pace: Pace, nowMs: number): number {
  const until = Math.max(paidUntilMs, nowMs) + msFor(cost, pace);
  return Math.min(until, nowMs + msFor(pace.burst, pace) + maxDebtMs);
}

/** Milliseconds to wait until no more than the burst is owed. */
export function debtMs(paidUntilMs: number, pace: Pace, nowMs: number): number {
  return Math.max(0, Math.ceil(paidUntilMs - nowMs - msFor(pace.burst, pace)));
}

export interface BucketOptions extends Pace {
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
