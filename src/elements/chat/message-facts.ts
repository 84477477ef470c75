// takes a Fact, gives the events that tell the page of messages.

import type { Fact, Snapshot } from '../../core.ts';
import {
  ReformsMessageReceivedEvent,
  ReformsMessageSentEvent,
  ReformsMessageUpdatedEvent,
} from '../events/message-events.ts';

/** `snapshot` is the one that the fact is already in. */
export function messageEvents(fact: Fact, snapshot: Snapshot): readonly Event[] {
  const updated = (ids: readonly string[]): readonly Event[] =>
    snapshot.chat.messages
      .filter(({ id, from }) => from === 'self' && ids.includes(id))
      .map((message) => new ReformsMessageUpdatedEvent(message));
  switch (fact.kind) {
    case 'message-sent':
      return [new ReformsMessageSentEvent(fact.message)];
    case 'message-received':
      return [new ReformsMessageReceivedEvent(fact.message)];
    case 'message-forwarded':
      return updated([fact.id]);
    case 'messages-delivered':
      return updated(fact.ids);
    default:
      return [];
  }
}
