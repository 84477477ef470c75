// takes a number of runs, gives how to run a property: the same cases each time, or, by `npm run fuzz`, new ones for a while.

import type fc from 'fast-check';

const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);

/** `npm test`: `numRuns` cases of a fixed seed. `npm run fuzz`: as many of a new seed as fit into the time. */
export const long = (numRuns: number): fc.Parameters<unknown> =>
  seconds === 0
    ? { seed, numRuns }
    : {
        seed,
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: seconds * 1000,
        markInterruptAsFailure: false,
      };
