// takes nothing, gives the English words of the chat.

export const chat = {
  chatLabel: 'Chat',
  chatMessages: 'Messages',
  chatPlaceholder: 'Message',
  chatWrite: 'Write a message',
  chatSend: 'Send',
  chatYou: 'You',
  chatSomeone: 'Someone',
  chatSays: (name: string) => `${name}:`,
  chatToday: 'Today',
  chatYesterday: 'Yesterday',
  chatLinkLeadsTo: (host: string) => `(leads to ${host})`,

  chatNote: {
    outside: 'Messages appear here once you have joined.',
    connecting: 'Joining…',
    waiting: 'Nobody is here yet. What you write is delivered when someone comes.',
    empty: 'No messages yet. Say hello.',
    reconnecting: 'Reconnecting…',
    left: 'You left. Join again to write.',
    failed: 'The chat could not go on.',
  },
  chatHeld: (names: string) => `Nothing goes to ${names} until you have compared the emoji.`,
  chatHeldCredential: (names: string) => `Nothing goes to ${names} without a credential.`,
  chatJoin: 'Join the chat',
  chatRejoin: 'Join again',
  chatRetry: 'Try again',

  chatWaiting: 'Waiting for someone to come',
  chatWaitingShort: 'Waiting',
  chatSent: 'Sent',
  chatDelivered: 'Delivered',
  chatDeliveredToSome: (some: number, all: number) => `Delivered to ${some} of ${all}`,

  chatLatest: 'Latest messages',
  chatUnseen: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),

  chatRoomLeft: (characters: string) => `Room for ${characters} more characters`,
  chatTooBig: (characters: string, count: number) =>
    count === 1
      ? 'One character too many. Shorten it, or send it in parts.'
      : `${characters} characters too many. Shorten it, or send it in parts.`,
};
