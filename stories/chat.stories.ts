import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { ChatMessage, Session, Snapshot } from 'reforms';
import { meet } from './support/loopback.ts';
import { person, pretend } from './support/pretend.ts';

interface Args {
  readonly placeholder: string;
  readonly maxLength: number | undefined;
}

const grace = person('grace');
const hoda = person('hoda', { name: 'هدى' });
/** In a room with Grace, unless told otherwise. */
const stillSession = (parts: Partial<Snapshot>): Session =>
  pretend({ status: 'connected', people: [grace], ...parts });

const minute = 60_000;
const now = Date.now();

const message = (
  id: number,
  from: string,
  minutesAgo: number,
  text: string,
  values: Partial<ChatMessage> = {},
): ChatMessage => ({
  id: `message-${id}`,
  from,
  name: from === 'self' ? 'Ada' : from === 'hoda' ? hoda.name : grace.name,
  text,
  sentAt: now - minutesAgo * minute,
  delivery: 'delivered',
  sentTo: ['grace'],
  deliveredTo: ['grace'],
  ...values,
});

const conversation: readonly ChatMessage[] = [
  message(1, 'grace', 1_500, 'Did you look at the third exercise?'),
  message(2, 'self', 1_490, 'Not yet, I will tonight.'),
  message(3, 'grace', 30, 'Good morning'),
  message(4, 'grace', 30, 'Everything is at https://example.org/lessons/exercise-3.pdf (page 4).'),
  message(5, 'grace', 29, '👍'),
  message(6, 'hoda', 20, 'صباح الخير، نبدأ الآن (lesson 3)'),
  message(7, 'self', 12, 'My list:\n1. numbers\n2. words'),
  message(8, 'self', 11, 'And a question for later', { delivery: 'sent', deliveredTo: [] }),
];

const hostile: readonly ChatMessage[] = [
  message(1, 'grace', 9, '<img src=x onerror=alert(1)> stays text'),
  message(2, 'grace', 8, 'Both javascript:alert(1) and http://bank@evil.example are no links'),
  message(3, 'grace', 7, 'https://аpple.com/ is a link that says where it leads'),
  message(4, 'grace', 6, 'photo\u202egpj.exe does not run backwards'),
  message(5, 'grace', 5, `one word ${'without'.repeat(40)} an end`),
  message(6, 'grace', 4, 'z\u0310\u0311\u0312\u0313\u0314\u0315\u0316\u0317\u0318\u0319 stays in its bubble'),
];

const many: readonly ChatMessage[] = Array.from({ length: 5_000 }, (_, index) =>
  message(index, index % 3 === 0 ? 'self' : 'grace', 5_000 - index, `Message ${index + 1}`),
);

const chat = (session: Session | undefined, { placeholder, maxLength }: Args): TemplateResult =>
  html`<reforms-chat
    style="block-size: min(36rem, 90vh)"
    placeholder=${placeholder}
    .maxLength=${maxLength}
    .session=${session}
  ></reforms-chat>`;

const still = (parts: Partial<Snapshot>): StoryObj<Args> => ({
  render: (args) => chat(stillSession(parts), args),
});

const meta: Meta<Args> = {
  title: 'reforms-chat',
  component: 'reforms-chat',
  args: { placeholder: '', maxLength: undefined },
};
export default meta;

/** Two people on one page: write on one side, read on the other. */
export const Live: StoryObj<Args> = {
  render: (args) => {
    const [ada, other] = meet(2);
    return html`<div
      style="display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17.5rem), 1fr))"
    >
      ${chat(ada, args)} ${chat(other, args)}
    </div>`;
  },
};

export const Conversation: StoryObj<Args> = still({
  people: [grace, hoda],
  chat: { messages: conversation },
});
export const Empty: StoryObj<Args> = still({});
export const WaitingForSomeone: StoryObj<Args> = still({
  status: 'waiting',
  people: [],
  chat: {
    messages: [
      message(1, 'self', 1, 'See you at nine', { delivery: 'waiting', sentTo: [], deliveredTo: [] }),
    ],
  },
});
export const WaitingAndEmpty: StoryObj<Args> = still({ status: 'waiting', people: [] });
export const Outside: StoryObj<Args> = still({ status: 'idle', people: [] });
export const Joining: StoryObj<Args> = still({ status: 'connecting', people: [] });
export const Reconnecting: StoryObj<Args> = still({
  status: 'reconnecting',
  chat: { messages: conversation },
});
export const Left: StoryObj<Args> = still({
  status: 'disconnected',
  people: [],
  chat: { messages: conversation },
});
export const Failed: StoryObj<Args> = still({
  status: 'failed',
  people: [],
  problem: { code: 'network', fatal: true },
});
export const HeldBack: StoryObj<Args> = still({ people: [person('grace', { held: 'policy' }), hoda] });
export const AnotherKey: StoryObj<Args> = still({
  chat: {
    messages: conversation.slice(0, 3),
    notices: [{ id: 'key-grace', from: 'grace', name: grace.name, after: 'message-2' }],
  },
});
/** What strangers try. */
export const Hostile: StoryObj<Args> = still({ chat: { messages: hostile } });
export const FiveThousandMessages: StoryObj<Args> = still({ chat: { messages: many } });
/** Type more than twenty characters: the counter, then the refusal. */
export const ShortMessagesOnly: StoryObj<Args> = {
  ...still({}),
  args: { maxLength: 20, placeholder: 'In short' },
};
export const Dark: StoryObj<Args> = {
  ...still({ chat: { messages: conversation } }),
  globals: { scheme: 'dark' },
};
export const RightToLeft: StoryObj<Args> = {
  ...still({ people: [grace, hoda], chat: { messages: conversation } }),
  globals: { direction: 'rtl' },
};
