// takes messages, gives the days and messages that are shown, drawing only what changed.

import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage, ChatNotice } from '../../core/session/snapshot.ts';
import type { Words } from '../../locales/index.ts';
import { dayRow, messageRow, noticeRow } from './message-row.ts';
import { timeline } from './timeline.ts';
import { timesIn } from './times.ts';

/** Only another message, language or day makes the list look at its rows again, and then each row is drawn if it changed. */
export function conversation(
  messages: readonly ChatMessage[],
  notices: readonly ChatNotice[],
  words: Words,
  language: string,
): unknown {
  const now = Date.now();
  return guard([messages, notices, words, language, new Date(now).toDateString()], () => {
    const times = timesIn(language);
    return repeat(
      timeline(messages, notices),
      ({ key }) => key,
      (row) =>
        row.kind === 'day'
          ? dayRow(row, words, times, now)
          : row.kind === 'notice'
            ? noticeRow(row, words)
            : guard([row.message, row.first, row.last, row.mark, words, language], () =>
                messageRow(row, words, times),
              ),
    );
  });
}
