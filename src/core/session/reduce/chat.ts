// takes the Snapshot and a fact about a message, gives the next Snapshot's chat.

import type { ChatMessage, Snapshot } from '../snapshot.ts';
import type { Reducers } from './reducer.ts';

type ChatFact = 'message-sent' | 'message-forwarded' | 'message-received' | 'messages-delivered';

/** Messages kept for a session; the oldest go first. */
export const maxMessages = 5_000;

export const chatReducers: Reducers<ChatFact> = {
  'message-sent': (now, { message }) => add(now, message),
  'message-forwarded': (now, { id, to }) =>
    change(now, [id], (message) => ({ ...message, delivery: 'sent', sentTo: [...message.sentTo, ...to] })),
  // A peer that sends an id twice is not believed twice.
  'message-received': (now, { message }) =>
    now.chat.messages.some(({ id }) => id === message.id) ? now : add(now, message),
  'messages-delivered': (now, { by, ids }) =>
    change(now, ids, (message) => {
      // Only who was sent a message can acknowledge it, and only once.
      if (message.from !== 'self' || !message.sentTo.includes(by) || message.deliveredTo.includes(by))
        return message;
      const deliveredTo = [...message.deliveredTo, by];
      const all = message.sentTo.every((id) => deliveredTo.includes(id));
      return { ...message, deliveredTo, delivery: all ? 'delivered' : 'sent' };
    }),
};

function add(now: Snapshot, message: ChatMessage): Snapshot {
  return { ...now, chat: { messages: [...now.chat.messages.slice(1 - maxMessages), message] } };
}

function change(
  now: Snapshot,
  ids: readonly string[],
  update: (message: ChatMessage) => ChatMessage,
): Snapshot {
  const wanted = new Set(ids);
  const messages = now.chat.messages.map((message) => (wanted.has(message.id) ? update(message) : message));
  const changed = messages.some((message, index) => message !== now.chat.messages[index]);
  return changed ? { ...now, chat: { messages } } : now;
}
