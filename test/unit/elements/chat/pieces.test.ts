import { expect } from 'chai';
import { shownName } from '../../../../src/controllers/plain-rules.ts';
import { isEmojiOnly } from '../../../../src/elements/chat/emoji-only.ts';
import { stageOf } from '../../../../src/elements/chat/stage.ts';
import { timesIn } from '../../../../src/elements/chat/times.ts';

describe('stageOf', () => {
  for (const [status, messages, note, canType, canSend, canJoin] of [
    ['idle', 0, 'outside', false, false, true],
    ['connecting', 0, 'connecting', true, false, false],
    ['waiting', 0, 'waiting', true, true, false],
    ['waiting', 3, 'waiting', true, true, false],
    ['connected', 0, 'empty', true, true, false],
    ['connected', 3, undefined, true, true, false],
    ['reconnecting', 3, 'reconnecting', true, true, false],
    ['disconnected', 3, 'left', false, false, true],
    ['failed', 0, 'failed', false, false, true],
  ] as const)
    it(`says ${String(note)} while ${status} with ${messages} messages`, () => {
      expect(stageOf(status, messages)).to.deep.equal({ note, canType, canSend, canJoin });
    });
});

describe('isEmojiOnly', () => {
  for (const text of ['👍', '👍🏽', '❤️', '👩‍👩‍👧', '🏳️‍🌈', '🇩🇪', '😀😀😀', '🇩🇪🇫🇷'])
    it(`is true of ${text}`, () => {
      expect(isEmojiOnly(text)).to.equal(true);
    });
  for (const text of ['', ' ', 'a', '1', '12', '#', '👍 ok', '😀😀😀😀', '👍\n', '😀'.repeat(40)])
    it(`is false of ${JSON.stringify(text)}`, () => {
      expect(isEmojiOnly(text)).to.equal(false);
    });
});

describe('timesIn', () => {
  const words = { today: 'Today', yesterday: 'Yesterday' };
  const now = new Date(2026, 2, 10, 14, 5).getTime();
  const plain = (text: string): string => text.replace(/\s/gu, ' ');

  for (const [year, month, day, text] of [
    [2026, 2, 10, 'Today'],
    [2026, 2, 9, 'Yesterday'],
    [2026, 2, 8, 'Sunday, March 8'],
    [2026, 2, 11, 'Wednesday, March 11'],
    [2025, 11, 31, 'December 31, 2025'],
  ] as const)
    it(`calls ${year}-${month + 1}-${day} ${text}`, () => {
      expect(timesIn('en-US').day(new Date(year, month, day, 12).getTime(), now, words)).to.equal(text);
    });

  it('writes the time as the language does', () => {
    expect(plain(timesIn('en-US').time(now))).to.equal('2:05 PM');
    expect(plain(timesIn('de').time(now))).to.equal('14:05');
    expect(plain(timesIn('de').full(now))).to.contain('10. März 2026');
  });
});

describe('shownName', () => {
  for (const [name, shown] of [
    ['Ann', 'Ann'],
    ['  Ann \n Lee ', 'Ann Lee'],
    ['\u202eAnn\u2066\u200b', 'Ann'],
    ['', 'Someone'],
    ['\u200f\u00ad', 'Someone'],
    ['هدى', 'هدى'],
  ] as const)
    it(`shows ${JSON.stringify(name)} as ${shown}`, () => {
      expect(shownName(name, 'Someone')).to.equal(shown);
    });
});
