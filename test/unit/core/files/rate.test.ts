import { expect } from 'chai';
import { cleanType, describeFile } from '../../../../src/core/files/describe.ts';
import type { FileProgressed } from '../../../../src/core/files/port.ts';
import { ProgressMeter, SlidingRate } from '../../../../src/core/files/rate.ts';
import { StandingClock } from './support.ts';

describe('the speed of a transfer', () => {
  it('is the bytes of the last three seconds', () => {
    const rate = new SlidingRate(0, 0);
    for (let at = 100; at <= 5_000; at += 100) rate.add(at, at * 10);
    expect(rate.perSecond(5_000)).to.equal(10_000);
    for (let at = 5_100; at <= 10_000; at += 100) rate.add(at, 50_000 + (at - 5_000) * 30);
    expect(rate.perSecond(10_000)).to.equal(30_000);
  });

  it('begins at nothing and is finite at once', () => {
    const rate = new SlidingRate(0, 500);
    expect(rate.perSecond(0)).to.equal(0);
    rate.add(0, 1_500);
    expect(rate.perSecond(0)).to.equal(10_000);
  });

  it('falls to nothing when nothing comes', () => {
    const rate = new SlidingRate(0, 0);
    rate.add(1_000, 1_000_000);
    expect(rate.perSecond(2_000)).to.equal(500_000);
    expect(rate.perSecond(4_001)).to.equal(0);
  });

  it('is told at most ten times a second, at once in the beginning', () => {
    const clock = new StandingClock();
    const told: FileProgressed[] = [];
    const meter = new ProgressMeter(clock, new AbortController().signal, 0, (report) => told.push(report));
    meter.reached(1);
    expect(told).to.deep.equal([{ kind: 'progressed', bytes: 1, bytesPerSecond: 10 }]);
    for (let step = 0; step < 1_000; step += 1) {
      meter.reached(step * 100);
      clock.go(1);
    }
    expect(told.length).to.be.within(9, 11);
    meter.stop();
    expect(clock.waiting).to.equal(0);
  });

  it('is told again when it stalls, down to nothing, and then no more', () => {
    const clock = new StandingClock();
    const told: FileProgressed[] = [];
    const meter = new ProgressMeter(clock, new AbortController().signal, 0, (report) => told.push(report));
    clock.go(500);
    meter.reached(1_000_000);
    clock.go(60_000);
    expect(told.at(-1)).to.deep.equal({ kind: 'progressed', bytes: 1_000_000, bytesPerSecond: 0 });
    expect(clock.waiting).to.equal(0);
    expect(told.length).to.be.below(7);
  });

  it('ends with its lifetime', () => {
    const clock = new StandingClock();
    const life = new AbortController();
    const told: FileProgressed[] = [];
    const meter = new ProgressMeter(clock, life.signal, 0, (report) => told.push(report));
    meter.reached(10);
    life.abort();
    clock.go(60_000);
    expect(told.length).to.equal(1);
  });
});

describe('the words for a file', () => {
  it('are a clean name, a type without parameters, a size and a time', () => {
    const file = new File(['abc'], 'Notes', { type: 'text/plain;charset=utf-8', lastModified: -5 });
    expect(describeFile(file, (name) => name.toUpperCase())).to.deep.equal({
      name: 'NOTES',
      type: '',
      size: 3,
      mtime: 0,
    });
    expect(cleanType('image/svg+xml')).to.equal('image/svg+xml');
    expect(cleanType('image/png\n')).to.equal('');
  });
});
