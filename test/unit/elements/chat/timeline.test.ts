import { expect } from 'chai';
import type { ChatMessage, ChatNotice } from '../../../../src/core/session/snapshot.ts';
import { timeline } from '../../../../src/elements/chat/timeline.ts';

const noon = new Date(2026, 2, 10, 12).getTime();
const minute = 60_000;

const message = (id: string, values: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from: 'ann',
  name: 'Ann',
  text: id,
  sentAt: noon,
  delivery: 'delivered',
  sentTo: [],
  deliveredTo: [],
  ...values,
});

/** One word a row: `day`, or the id with `<` first, `>` last, `!` mark. */
const read = (messages: readonly ChatMessage[], notices: readonly ChatNotice[] = []): string =>
  timeline(messages, notices)
    .map((row) =>
      row.kind === 'day' || row.kind === 'notice'
        ? row.kind
        : `${row.first ? '<' : ''}${row.key}${row.mark ? '!' : ''}${row.last ? '>' : ''}`,
    )
    .join(' ');

describe('timeline', () => {
  it('has no rows without messages', () => {
    expect(read([])).to.equal('');
  });

  it('groups what one person writes within minutes', () => {
    expect(
      read([
        message('a'),
        message('b', { sentAt: noon + minute }),
        message('c', { sentAt: noon + 2 * minute }),
      ]),
    ).to.equal('day <a b c>');
  });

  it('begins a new group for another person', () => {
    expect(read([message('a'), message('b', { from: 'bob', name: 'Bob' }), message('c')])).to.equal(
      'day <a> <b> <c>',
    );
  });

  it('begins a new group when the same person took another name, so that the name is seen', () => {
    expect(read([message('a'), message('b', { name: 'Bank' })])).to.equal('day <a> <b>');
  });

  it('begins a new group after a pause, whichever way the clock moved', () => {
    expect(read([message('a'), message('b', { sentAt: noon + 5 * minute })])).to.equal('day <a> <b>');
    expect(read([message('a'), message('b', { sentAt: noon - 5 * minute })])).to.equal('day <a> <b>');
  });

  it('puts a day between messages of different days, and breaks the group there', () => {
    const beforeMidnight = new Date(2026, 2, 10, 23, 59).getTime();
    expect(
      read([message('a', { sentAt: beforeMidnight }), message('b', { sentAt: beforeMidnight + 2 * minute })]),
    ).to.equal('day <a> day <b>');
  });

  it('marks own messages where the mark differs from what follows', () => {
    const own = (id: string, delivery: ChatMessage['delivery']): ChatMessage =>
      message(id, { from: 'self', delivery });
    expect(
      read([
        own('a', 'delivered'),
        own('b', 'delivered'),
        own('c', 'sent'),
        own('d', 'waiting'),
        own('e', 'waiting'),
      ]),
    ).to.equal('day <a b! c! d e!>');
  });

  it('never marks what others wrote', () => {
    expect(timeline([message('a')]).some((row) => row.kind === 'message' && (row.mark || row.own))).to.equal(
      false,
    );
  });

  it('survives the earliest and the latest date there is', () => {
    expect(timeline([message('a', { sentAt: 0 }), message('b', { sentAt: 8.64e15 })])).to.have.length(4);
  });
});
