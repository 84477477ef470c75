// takes the sources of OFFERs, gives whether one may cost us a KEM operation.

/** OFFERs a source may send in a second, and at once (`trust.md` §5). */
export const OFFERS_PER_SECOND = 10;
/** Sources remembered at a time; while all are busy, new ones wait. */
export const MAX_OFFER_SOURCES = 256;

/** Gives milliseconds that only grow. */
export interface Clock {
  now(): number;
}

/** Asked before any cryptography. */
export interface OfferLimit {
  take(source: string): boolean;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** A token bucket for each source, of ten tokens, filled at ten a second. */
export function createOfferLimit(clock: Clock): OfferLimit {
  const buckets = new Map<string, Bucket>();
  const level = ({ tokens, at }: Bucket, now: number) =>
    Math.min(OFFERS_PER_SECOND, tokens + ((now - at) / 1000) * OFFERS_PER_SECOND);
  const dropFull = (now: number) => {
    for (const [source, bucket] of buckets) {
      if (level(bucket, now) >= OFFERS_PER_SECOND) buckets.delete(source);
    }
  };
  return {
    take(source) {
      const now = clock.now();
      const known = buckets.get(source);
      if (known === undefined && buckets.size >= MAX_OFFER_SOURCES) dropFull(now);
      if (known === undefined && buckets.size >= MAX_OFFER_SOURCES) return false;
      const tokens = known === undefined ? OFFERS_PER_SECOND : level(known, now);
      if (tokens < 1) return false;
      buckets.set(source, { tokens: tokens - 1, at: now });
      return true;
    },
  };
}
