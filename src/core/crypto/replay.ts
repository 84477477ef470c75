// takes the counters of frames that came in, gives whether one may still be accepted.

/** Asked before a frame is opened, told after it has proved genuine: a forged counter moves nothing. */
export interface Replay {
  fresh(counter: number): boolean;
  accept(counter: number): void;
}

/** For a carrier that reorders: each counter once, at most 63 behind the highest (RFC 6479, 64 entries). */
export function replayWindow(): Replay {
  const size = 64;
  const seen = new Float64Array(size).fill(-1);
  let highest = -1;
  return {
    fresh: (counter) => counter > highest - size && seen[counter % size] !== counter,
    accept(counter) {
      seen[counter % size] = counter;
      highest = Math.max(highest, counter);
    },
  };
}

/** For an ordered carrier: each counter higher than all before. */
export function strictOrder(): Replay {
  let highest = -1;
  return {
    fresh: (counter) => counter > highest,
    accept(counter) {
      highest = counter;
    },
  };
}
