import { expect } from 'chai';
import { Backoff } from '../../../../src/core/transport/backoff.ts';

const waits = (backoff: Backoff, count: number): number[] =>
  Array.from({ length: count }, () => backoff.next());

describe('backoff', () => {
  it('doubles the longest wait up to its cap', () => {
    const backoff = new Backoff({ firstMs: 200, capMs: 5_000, steady: 1 });
    expect(waits(backoff, 7)).to.deep.equal([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it('starts over after a success', () => {
    const backoff = new Backoff({ firstMs: 200, capMs: 5_000, steady: 1 });
    waits(backoff, 5);
    backoff.reset();
    expect(backoff.next()).to.equal(200);
  });

  it('leaves the wait to chance, so that a crowd does not come back in step', () => {
    const crowd = Array.from({ length: 200 }, () =>
      new Backoff({ firstMs: 200, capMs: 5_000, steady: 0 }).next(),
    );
    expect(Math.max(...crowd)).to.be.below(200);
    expect(Math.max(...crowd) - Math.min(...crowd)).to.be.above(100);
  });

  it('keeps the steady part of every wait', () => {
    const crowd = Array.from({ length: 200 }, () =>
      new Backoff({ firstMs: 1_000, capMs: 5_000, steady: 0.5 }).next(),
    );
    expect(Math.min(...crowd)).to.be.at.least(500);
    expect(Math.max(...crowd)).to.be.below(1_000);
  });

  it('does not overflow after a night of failures', () => {
    const backoff = new Backoff({ firstMs: 200, capMs: 5_000, steady: 1 });
    expect(waits(backoff, 20_000).at(-1)).to.equal(5_000);
  });
});
