// takes the Snapshot and a fact about a message, gives the next Snapshot's chat.

import type { ChatMessage, Snapshot } from '../snapshot.ts';
import { patch, patchEach, type Reducers } from './reducer.ts';

type ChatFact = 'message-sent' | 'message-forwarded' | 'message-received' | 'messages-delivered';

/** Messages kept for a session; the oldest go first. */
export const maxMessages = 5_000;

export const chatReducers: Reducers<ChatFact> = {
  'message-sent': (now, { message }) => add(now, message),
  'message-forwarded': (now, { id, to }) =>
    changeOwn(now, [id], (message) => {
      const more = to.filter((person) => !message.sentTo.includes(person));
      return more.length === 0 ? message : delivered({ ...message, sentTo: [...message.sentTo, ...more] });
    }),
  'message-received': (now, { message }) => add(now, message),
  'messages-delivered': (now, { by, ids }) =>
    changeOwn(now, ids, (message) =>
      // Only who was sent a message can acknowledge it, and only once.
      message.sentTo.includes(by) && !message.deliveredTo.includes(by)
        ? delivered({ ...message, deliveredTo: [...message.deliveredTo, by] })
        : message,
    ),
};

/** An id is believed once: whoever sends it again changes nothing that was said. */
function add(now: Snapshot, message: ChatMessage): Snapshot {
  const { messages } = now.chat;
  if (messages.some(({ id }) => id === message.id)) return now;
  return { ...now, chat: { ...now.chat, messages: [...messages.slice(1 - maxMessages), message] } };
}

function changeOwn(
  now: Snapshot,
  ids: readonly string[],
  update: (message: ChatMessage) => ChatMessage,
): Snapshot {
  const wanted = new Set(ids);
  const messages = patchEach(now.chat.messages, (message) =>
    message.from === 'self' && wanted.has(message.id) ? update(message) : message,
  );
  return patch(now, { chat: patch(now.chat, { messages }) });
}

function delivered(message: ChatMessage): ChatMessage {
  const byAll = message.sentTo.every((id) => message.deliveredTo.includes(id));
  return { ...message, delivery: byAll ? 'delivered' : 'sent' };
}
