// takes messages in the order they came, gives the rows of the conversation: days, and messages that know their place in a group.

import type { ChatMessage, ChatNotice } from '../../core/session/snapshot.ts';

export type Row = DayRow | MessageRow | NoticeRow;

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  /** Milliseconds since the epoch, of the day's first message. */
  readonly at: number;
}

export interface NoticeRow {
  readonly kind: 'notice';
  readonly key: string;
  readonly notice: ChatNotice;
}

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly message: ChatMessage;
  readonly own: boolean;
  /** First of a group: carries the sender's name. */
  readonly first: boolean;
  /** Last of a group: carries the time. */
  readonly last: boolean;
  /** Own messages: the mark stands where it differs from what follows, so that a glance tells how far the others have got. */
  readonly mark: boolean;
}

/** A pause after which a new group begins, in milliseconds. */
const pauseMs = 5 * 60_000;

export function timeline(
  messages: readonly ChatMessage[],
  notices: readonly ChatNotice[] = [],
): readonly Row[] {
  const ids = new Set(messages.map(({ id }) => id));
  const noticeRow = (notice: ChatNotice): Row => ({ kind: 'notice', key: notice.id, notice });
  // What stood after a message that has been dropped stands first.
  const rows: Row[] = notices.filter(({ after }) => !ids.has(after)).map(noticeRow);
  const isFollowed = new Set(notices.map(({ after }) => after));
  const days = messages.map(dayOf);
  /** Whether the message at `index` goes on where the one before it stopped. */
  const continues = (index: number): boolean => {
    const one = messages[index - 1];
    const next = messages[index];
    return (
      one !== undefined &&
      next !== undefined &&
      one.from === next.from &&
      one.name === next.name &&
      one.ordinal === next.ordinal &&
      !isFollowed.has(one.id) &&
      days[index - 1] === days[index] &&
      Math.abs(next.sentAt - one.sentAt) < pauseMs
    );
  };
  messages.forEach((message, index) => {
    if (days[index - 1] !== days[index])
      rows.push({ kind: 'day', key: `day-${message.id}`, at: message.sentAt });
    const own = message.from === 'self';
    const last = !continues(index + 1);
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      own,
      first: !continues(index),
      last,
      mark: own && (last || messages[index + 1]?.delivery !== message.delivery),
    });
    if (isFollowed.has(message.id))
      rows.push(...notices.filter(({ after }) => after === message.id).map(noticeRow));
  });
  return rows;
}

/** The calendar day where the reader is. */
function dayOf({ sentAt }: ChatMessage): string {
  return new Date(sentAt).toDateString();
}

/** How many of others came after the message with the id `seen`; all of them where it is not there. */
export function unseenSince(messages: readonly ChatMessage[], seen: string): number {
  const last = messages.findLastIndex(({ id }) => id === seen);
  return messages.slice(last + 1).filter(({ from }) => from !== 'self').length;
}
