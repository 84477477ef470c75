import { expect } from 'chai';
import { createOfferLimit } from '../../../../src/core/crypto/index.ts';
import { MAX_OFFER_SOURCES } from '../../../../src/core/crypto/offer-limit.ts';

describe('the limit on OFFERs', () => {
  const started = () => {
    const clock = { ms: 0, now: () => clock.ms };
    return { clock, limit: createOfferLimit(clock) };
  };
  const taken = (limit: { take(source: string): boolean }, source: string, times: number) =>
    Array.from({ length: times }, () => limit.take(source)).filter(Boolean).length;

  it('lets ten of a source through at once, and ten more a second', () => {
    const { clock, limit } = started();
    expect(taken(limit, 'a', 30)).to.equal(10);
    clock.ms = 100;
    expect(taken(limit, 'a', 30)).to.equal(1);
    clock.ms = 600;
    expect(taken(limit, 'a', 30)).to.equal(5);
    clock.ms = 60_000;
    expect(taken(limit, 'a', 30)).to.equal(10);
  });

  it('counts each source by itself', () => {
    const { limit } = started();
    expect(taken(limit, 'a', 30)).to.equal(10);
    expect(taken(limit, 'b', 30)).to.equal(10);
  });

  it('stops new sources while the table is full of busy ones, and forgets idle ones', () => {
    const { clock, limit } = started();
    for (let source = 0; source < MAX_OFFER_SOURCES; source += 1)
      expect(limit.take(`s${source}`)).to.equal(true);
    expect(limit.take('new')).to.equal(false);
    expect(limit.take('s0')).to.equal(true);
    clock.ms = 150;
    expect(limit.take('new')).to.equal(true);
    expect(taken(limit, 's0', 30)).to.equal(9);
  });
});
