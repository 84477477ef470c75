import { expect } from 'chai';
import {
  formatPercent,
  formatSize,
  formatSpeed,
  formatTimeLeft,
} from '../../../../src/elements/file-drop/amounts.ts';

/** Blanks of every width read as one. */
const plain = (text: string): string => text.replace(/\s/gu, ' ');

describe('amounts', () => {
  for (const [bytes, words] of [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [1_450, '1.5 kB'],
    [12_300, '12 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_400_000, '1.4 MB'],
    [67_108_864, '67 MB'],
    [4_294_967_296, '4.3 GB'],
    [9e15, '9,000 TB'],
  ] as const)
    it(`writes ${bytes} bytes as ${words}`, () => {
      expect(plain(formatSize(bytes, 'en'))).to.equal(words);
    });

  it('writes sizes as the language does', () => {
    expect(plain(formatSize(1_400_000, 'de'))).to.equal('1,4 MB');
  });

  it('writes speeds from kilobytes up', () => {
    expect(plain(formatSpeed(300, 'en'))).to.equal('0.3 kB/s');
    expect(plain(formatSpeed(12_345_678, 'en'))).to.equal('12 MB/s');
  });

  for (const [seconds, words] of [
    [0.2, '1 second'],
    [9.1, '10 seconds'],
    [11, '15 seconds'],
    [54, '55 seconds'],
    [56, '1 minute'],
    [600, '10 minutes'],
    [7_200, '2 hours'],
  ] as const)
    it(`writes ${seconds} s as ${words}`, () => {
      expect(plain(formatTimeLeft(seconds, 'en'))).to.equal(words);
    });

  it('says 100 % only when it is true, and never more', () => {
    expect(formatPercent(0.999, 'en')).to.equal('99%');
    expect(formatPercent(1, 'en')).to.equal('100%');
    expect(formatPercent(7, 'en')).to.equal('100%');
    expect(formatPercent(-1, 'en')).to.equal('0%');
  });
});
