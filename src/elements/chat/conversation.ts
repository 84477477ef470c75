// takes messages, gives the days and messages that are shown, drawing only what changed.

import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../core/session/snapshot.ts';
import type { Words } from '../../locales/index.ts';
import { dayRow, messageRow } from './message-row.ts';
import { timeline } from './timeline.ts';
import { timesIn } from './times.ts';

/** Only another message, language or day makes the list look at its rows again, and then each row is drawn if it changed. */
export function conversation(messages: readonly ChatMessage[], words: Words, language: string): unknown {
  const now = Date.now();
  return guard([messages, words, language, new Date(now).toDateString()], () => {
    const times = timesIn(language);
    return repeat(
      timeline(messages),
      ({ key }) => key,
      (row) =>
        row.kind === 'day'
          ? dayRow(row, words, times, now)
          : guard([row.message, row.first, row.last, row.mark, words, language], () =>
              messageRow(row, words, times),
            ),
    );
  });
}
