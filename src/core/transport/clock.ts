// takes a delay and something to do, gives a timer that dies with its owner: time as a port.

import { after } from '../timer.ts';

/** So that a test can be its own clock. */
export interface Clock {
  /** Runs `run` once after `milliseconds`, unless `signal` aborts first or the function given back is called. */
  after(milliseconds: number, signal: AbortSignal, run: () => void): () => void;
}

export const systemClock: Clock = {
  after: (milliseconds, signal, run) => after(milliseconds, run, signal),
};
