// takes how many bytes have come so far, gives progress with a speed, at most ten times a second.

import { after } from '../timer.ts';
import type { FileClock, FileProgressed } from './port.ts';

/** The browser's clock. */
export const systemClock: FileClock = { now: () => performance.now(), after };

/** Milliseconds over which a speed is taken. */
const windowMs = 3_000;
/** Milliseconds between two reports, and between two samples. */
const stepMs = 100;
/** Milliseconds until a speed is looked at again when nothing moves. */
const stallMs = 1_000;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** Bytes per second over the last three seconds. */
export class SlidingRate {
  #samples: Sample[];

  /** `bytes`: where the count stands at the start. */
  constructor(at: number, bytes: number) {
    this.#samples = [{ at, bytes }];
  }

  /** `bytes` in all, at a moment in milliseconds. */
  add(at: number, bytes: number): void {
    const before = this.#samples.at(-2);
    const last = { at, bytes };
    // The newest sample moves until it is a step away from the one before it.
    if (before !== undefined && at - before.at < stepMs) this.#samples[this.#samples.length - 1] = last;
    else this.#samples.push(last);
  }

  perSecond(at: number): number {
    // One sample older than the window stays, as the point the window begins at.
    while (this.#samples.length > 1 && (this.#samples[1]?.at ?? at) <= at - windowMs) this.#samples.shift();
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last === first) return 0;
    return Math.round(((last.bytes - first.bytes) * 1_000) / Math.max(at - first.at, stepMs));
  }
}

/** Tells how far a transfer is: at once, then at most every 100 ms, and again when it stalls, until the speed is 0. */
export class ProgressMeter {
  readonly #clock: FileClock;
  readonly #signal: AbortSignal;
  readonly #publish: (progress: FileProgressed) => void;
  readonly #rate: SlidingRate;
  #bytes: number;
  #publishedAt = -Infinity;
  #callOff: () => void = () => {};

  constructor(
    clock: FileClock,
    signal: AbortSignal,
    bytes: number,
    publish: (progress: FileProgressed) => void,
  ) {
    this.#clock = clock;
    this.#signal = signal;
    this.#publish = publish;
    this.#bytes = bytes;
    this.#rate = new SlidingRate(clock.now(), bytes);
  }

  /** `bytes` of the file so far. */
  reached(bytes: number): void {
    const now = this.#clock.now();
    this.#bytes = bytes;
    this.#rate.add(now, bytes);
    this.#tellIn(this.#publishedAt + stepMs - now);
  }

  /** Ends every timer. */
  stop(): void {
    this.#callOff();
  }

  #tellIn(delayMs: number): void {
    this.#callOff();
    if (delayMs <= 0) this.#tell();
    else this.#callOff = this.#clock.after(delayMs, () => this.#tell(), this.#signal);
  }

  #tell(): void {
    const now = this.#clock.now();
    const bytesPerSecond = this.#rate.perSecond(now);
    this.#publishedAt = now;
    if (bytesPerSecond > 0) this.#tellIn(stallMs);
    this.#publish({ kind: 'progressed', bytes: this.#bytes, bytesPerSecond });
  }
}
