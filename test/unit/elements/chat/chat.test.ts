import { fixture, fixtureCleanup, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing-helpers';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import '../../../../src/define/reforms-room.ts';
import '../../../../src/define/reforms-chat.ts';
import type { ChatMessage, Snapshot } from '../../../../src/core.ts';
import type { ReformsErrorEvent } from '../../../../src/elements/events/room-events.ts';
import type { ReformsChat } from '../../../../src/elements/chat/chat.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

const noon = Date.now() - 3_600_000;

const message = (id: string, values: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from: 'grace',
  name: 'Grace Hopper',
  text: `text of ${id}`,
  sentAt: noon,
  delivery: 'delivered',
  sentTo: [],
  deliveredTo: [],
  ...values,
});
const own = (id: string, values: Partial<ChatMessage> = {}): ChatMessage =>
  message(id, { from: 'self', name: 'Ada', ...values });
const many = (count: number): readonly ChatMessage[] =>
  Array.from({ length: count }, (_, index) => message(`m${index}`, { sentAt: noon + index * 1_000 }));

const inRoom: Partial<Snapshot> = { status: 'connected', people: [person()] };

async function chatWith(
  parts_: Partial<Snapshot> = inRoom,
): Promise<{ readonly chat: ReformsChat; readonly session: FakeSession }> {
  const session = fakeSession(parts_);
  const chat = await fixture<ReformsChat>(html`<reforms-chat .session=${session}></reforms-chat>`);
  return { chat, session };
}

/** Says that messages are there, and waits until they are drawn and measured. */
async function show(
  chat: ReformsChat,
  session: FakeSession,
  messages: readonly ChatMessage[],
): Promise<void> {
  session.set({ chat: { messages } });
  await chat.updateComplete;
  await nextFrame();
  await nextFrame();
}

const field = (chat: ReformsChat): HTMLTextAreaElement => {
  const input = part(chat, 'input');
  if (!(input instanceof HTMLTextAreaElement)) throw new Error('the input is no textarea');
  return input;
};

async function write(chat: ReformsChat, text: string): Promise<void> {
  field(chat).value = text;
  field(chat).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await chat.updateComplete;
}

const press = (chat: ReformsChat, values: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {
    key: 'Enter',
    bubbles: true,
    composed: true,
    cancelable: true,
    ...values,
  });
  field(chat).dispatchEvent(event);
  return event;
};

const awayFromEnd = (log: HTMLElement): number => log.scrollHeight - log.clientHeight - log.scrollTop;

/** The end is in view; rows that are drawn for the first time may take a few frames to find their height. */
const atEnd = (log: HTMLElement): Promise<void> =>
  waitUntil(() => awayFromEnd(log) < 2, 'the end is in view');

const conversation: readonly ChatMessage[] = [
  message('one', { text: 'Hi, see https://example.org/ and https://аpple.com/' }),
  own('two', { text: 'Thanks', delivery: 'sent' }),
  own('three', { text: 'Waits https://example.org/', delivery: 'waiting' }),
  message('four', { text: '👍', sentAt: noon - 86_400_000 * 3 }),
];

describe('<reforms-chat>', () => {
  afterEach(() => fixtureCleanup());

  for (const theme of ['light', 'dark'] as const)
    it(`passes the accessibility audit with messages, ${theme}`, async () => {
      const { chat, session } = await chatWith();
      chat.theme = theme;
      chat.style.setProperty('background', theme === 'dark' ? '#0d1211' : '#ffffff');
      await show(chat, session, conversation);
      await write(chat, 'a'.repeat(17_000));
      expect(await audit(chat)).to.deep.equal([]);
    });

  for (const status of [
    'idle',
    'connecting',
    'waiting',
    'connected',
    'reconnecting',
    'disconnected',
    'failed',
  ] as const)
    it(`passes the accessibility audit and says something while ${status} and empty`, async () => {
      const { chat } = await chatWith({ status, problem: { code: 'network', fatal: true } });
      expect(await audit(chat)).to.deep.equal([]);
      expect(words(part(chat, 'note'))).not.to.equal('');
    });

  it('has no placeholder and no limit of its own by default', async () => {
    const { chat } = await chatWith();
    expect(chat.placeholder).to.equal('');
    expect(chat.maxLength).to.equal(undefined);
    expect(field(chat).placeholder).to.equal('Message');
    expect(chat.getMessages()).to.deep.equal([]);
  });

  it('shows the placeholder of the page, and follows it', async () => {
    const { chat } = await chatWith();
    chat.setAttribute('placeholder', 'Ask the teacher');
    await chat.updateComplete;
    expect(field(chat).placeholder).to.equal('Ask the teacher');
    chat.removeAttribute('placeholder');
    await chat.updateComplete;
    expect(field(chat).placeholder).to.equal('Message');
  });

  describe('messages', () => {
    it('are shown in order, with the name once a group and the time at its end', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, [message('a'), message('b'), own('c'), message('d')]);
      expect(parts(chat, 'bubble').map(words)).to.deep.equal([
        'text of a',
        'text of b',
        'text of c',
        'text of d',
      ]);
      expect(parts(chat, 'name').map(words)).to.deep.equal(['Grace Hopper', 'Grace Hopper']);
      expect(parts(chat, 'meta')).to.have.length(3);
      expect(chat.getMessages().map(({ id }) => id)).to.deep.equal(['a', 'b', 'c', 'd']);
    });

    it('stand at the end side where they are one’s own, whatever the direction of the page', async () => {
      for (const dir of ['ltr', 'rtl'] as const) {
        const { chat, session } = await chatWith();
        chat.dir = dir;
        await show(chat, session, [own('a', { text: 'x' })]);
        const log = part(chat, 'log').getBoundingClientRect();
        const bubble = part(chat, 'own').getBoundingClientRect();
        const fromLeft = bubble.left - log.left;
        const fromRight = log.right - bubble.right;
        expect(fromLeft > fromRight).to.equal(dir === 'ltr');
      }
    });

    it('never become markup', async () => {
      const { chat, session } = await chatWith();
      const text = '<img src=x onerror=alert(1)><b>bold</b> &amp;';
      await show(chat, session, [message('a', { text })]);
      expect(words(part(chat, 'bubble'))).to.equal(text);
      expect(part(chat, 'bubble').querySelector('img, b')).to.equal(null);
    });

    it('make links of safe addresses only, which open elsewhere and tell nothing', async () => {
      const { chat, session } = await chatWith();
      const text = 'https://example.org/a javascript:alert(1) http://user@evil.example/ mailto:a@example.org';
      await show(chat, session, [message('a', { text })]);
      const links = [...part(chat, 'bubble').querySelectorAll('a')];
      expect(links.map(({ href }) => href)).to.deep.equal(['https://example.org/a', 'mailto:a@example.org']);
      for (const link of links) {
        expect(link.target).to.equal('_blank');
        expect([...link.relList]).to.include.members(['noopener', 'noreferrer', 'nofollow']);
      }
    });

    it('show the real host of an address that is spelled like another', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, [message('a', { text: 'https://аpple.com/' })]);
      expect(words(part(chat, 'bubble'))).to.contain('xn--pple-43d.com');
    });

    it('keep line breaks', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, [message('a', { text: 'one' }), own('b', { text: 'one\ntwo\nthree' })]);
      const [short, long] = parts(chat, 'bubble').map((bubble) => bubble.getBoundingClientRect().height);
      expect(long ?? 0).to.be.above((short ?? 0) * 2);
    });

    it('wrap words without end instead of widening the box', async () => {
      const { chat, session } = await chatWith();
      chat.style.setProperty('inline-size', '280px');
      await show(chat, session, [message('a', { text: 'a'.repeat(4_000), name: 'b'.repeat(64) })]);
      const log = part(chat, 'log');
      expect(log.scrollWidth).to.equal(log.clientWidth);
    });

    it('show names without what turns text around or hides in it', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, [
        message('a', { name: '\u202eecarG\u2066' }),
        message('b', { name: '\u200b \u202e', from: 'other' }),
      ]);
      expect(parts(chat, 'name').map((name) => name.textContent)).to.deep.equal(['ecarG', 'Someone']);
    });

    it('say how far one’s own have got, in words, and never of others', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, [
        own('a', { delivery: 'waiting' }),
        own('b', { delivery: 'sent', sentTo: ['x', 'y', 'z'] }),
        own('c', { delivery: 'sent', sentTo: ['x', 'y', 'z'], deliveredTo: ['x'] }),
        own('d', { delivery: 'delivered' }),
        message('e'),
      ]);
      expect(parts(chat, 'mark').map((mark) => mark.title)).to.deep.equal([
        'Waiting for someone to come',
        'Delivered to 1 of 3',
        'Delivered',
      ]);
    });

    for (const [lang, time] of [
      ['en-GB', '14:05'],
      ['en_GB', '14:05'],
      ['en-US', '2:05 PM'],
      ['not a language', '2:05 PM'],
      ['de', '2:05 PM'],
    ] as const)
      it(`have times in the language of the words: ${lang}`, async () => {
        const { chat, session } = await chatWith();
        chat.lang = lang;
        await show(chat, session, [message('a', { sentAt: new Date(2026, 2, 10, 14, 5).getTime() })]);
        expect(words(part(chat, 'meta'))).to.equal(time);
      });

    it('put a day between days', async () => {
      const { chat, session } = await chatWith();
      const now = Date.now();
      await show(chat, session, [message('a', { sentAt: now - 86_400_000 }), message('b', { sentAt: now })]);
      expect(parts(chat, 'day').map(words)).to.deep.equal(['Yesterday', 'Today']);
    });

    it('are announced as a log', async () => {
      const { chat } = await chatWith();
      expect(part(chat, 'log').getAttribute('role')).to.equal('log');
      expect(part(chat, 'log').getAttribute('aria-label')).to.equal('Messages');
    });
  });

  describe('composer', () => {
    it('sends by Enter, trimmed, and empties when the session says that it is sent', async () => {
      const { chat, session } = await chatWith();
      chat.focusInput();
      await sendKeys({ type: ' Hello ' });
      await sendKeys({ press: 'Enter' });
      const [intent] = session.intents;
      if (intent?.kind !== 'send-message') throw new Error('nothing was sent');
      expect(intent.text).to.equal('Hello');
      expect(intent.id).to.match(/^[\w-]{8,64}$/);
      expect(field(chat).value).to.equal(' Hello ');
      session.tell({ kind: 'message-sent', message: own(intent.id, { text: 'Hello' }) });
      await chat.updateComplete;
      expect(field(chat).value).to.equal('');
    });

    it('breaks the line by Shift+Enter and grows', async () => {
      const { chat, session } = await chatWith();
      chat.focusInput();
      const before = field(chat).getBoundingClientRect().height;
      await sendKeys({ type: 'one' });
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ up: 'Shift' });
      await sendKeys({ type: 'two' });
      await chat.updateComplete;
      expect(field(chat).value).to.equal('one\ntwo');
      expect(field(chat).getBoundingClientRect().height).to.be.above(before);
      expect(session.intents).to.deep.equal([]);
    });

    it('grows to six lines, then scrolls', async () => {
      const { chat } = await chatWith();
      await write(chat, 'line\n'.repeat(5) + 'line');
      const six = field(chat).getBoundingClientRect().height;
      await write(chat, 'line\n'.repeat(40));
      expect(field(chat).getBoundingClientRect().height).to.be.closeTo(six, 2);
      expect(field(chat).scrollHeight).to.be.above(six);
    });

    it('leaves an Enter that ends a composition to the input method', async () => {
      const { chat, session } = await chatWith();
      await write(chat, 'にほん');
      expect(press(chat, { isComposing: true }).defaultPrevented).to.equal(false);
      expect(press(chat, { keyCode: 229 }).defaultPrevented).to.equal(false);
      expect(session.intents).to.deep.equal([]);
    });

    it('sends by its button', async () => {
      const { chat, session } = await chatWith();
      await write(chat, 'Hello');
      part(chat, 'send').click();
      expect(session.intents.map(({ kind }) => kind)).to.deep.equal(['send-message']);
    });

    for (const text of ['', '   ', '\n\n', '\u200b'])
      it(`does not send ${JSON.stringify(text)}`, async () => {
        const { chat, session } = await chatWith();
        await write(chat, text);
        press(chat, {});
        expect(session.intents).to.deep.equal([]);
        expect(part(chat, 'send').matches(':disabled')).to.equal(true);
      });

    it('counts down near the limit and not before', async () => {
      const { chat } = await chatWith();
      await write(chat, 'a'.repeat(10_000));
      expect(words(part(chat, 'hint'))).to.equal('');
      await write(chat, 'a'.repeat(16_000));
      expect(words(part(chat, 'hint'))).to.equal('Room for 384 more characters');
    });

    it('refuses what is too big in words and by an event, sends nothing and keeps the draft', async () => {
      const { chat, session } = await chatWith();
      await write(chat, 'é'.repeat(8_193));
      expect(words(part(chat, 'hint'))).to.contain('One character too many');
      expect(field(chat).getAttribute('aria-invalid')).to.equal('true');
      const errors: ReformsErrorEvent[] = [];
      chat.addEventListener('reforms-error', (event) => errors.push(event));
      press(chat, {});
      expect(errors.map(({ code, fatal }) => [code, fatal])).to.deep.equal([['message-too-big', false]]);
      expect(errors[0]?.message).not.to.equal('');
      expect(session.intents).to.deep.equal([]);
      expect(field(chat).value).to.have.length(8_193);
    });

    it('holds to max-length', async () => {
      const { chat, session } = await chatWith();
      chat.setAttribute('max-length', '5');
      await chat.updateComplete;
      await write(chat, '123456');
      press(chat, {});
      expect(session.intents).to.deep.equal([]);
      await write(chat, '12345');
      press(chat, {});
      expect(session.intents).to.have.length(1);
      chat.removeAttribute('max-length');
      await write(chat, '123456');
      press(chat, {});
      expect(session.intents).to.have.length(2);
    });

    it('draws no message again while someone types', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, many(50));
      const changes: MutationRecord[] = [];
      const observer = new MutationObserver((records) => changes.push(...records));
      observer.observe(part(chat, 'log'), {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      await write(chat, 'Hello');
      changes.push(...observer.takeRecords());
      observer.disconnect();
      expect(changes).to.deep.equal([]);
    });

    it('keeps its draft when the person leaves, and cannot be typed in', async () => {
      const { chat, session } = await chatWith();
      await write(chat, 'unsent');
      session.set({ status: 'disconnected', people: [] });
      await chat.updateComplete;
      expect(field(chat).value).to.equal('unsent');
      expect(field(chat).disabled).to.equal(true);
    });
  });

  describe('sendMessage()', () => {
    it('sends and gives the id', async () => {
      const { chat, session } = await chatWith();
      const id = await chat.sendMessage(' as it is ');
      expect(session.intents).to.deep.equal([{ kind: 'send-message', id, text: ' as it is ' }]);
    });

    it('leaves the draft of the person alone', async () => {
      const { chat, session } = await chatWith();
      await write(chat, 'my draft');
      const id = await chat.sendMessage('from the page');
      session.tell({ kind: 'message-sent', message: own(id) });
      await chat.updateComplete;
      expect(field(chat).value).to.equal('my draft');
    });

    it('works while nobody is there', async () => {
      const { chat, session } = await chatWith({ status: 'waiting' });
      await chat.sendMessage('later');
      expect(session.intents).to.have.length(1);
    });

    for (const [text, status, code] of [
      ['', 'connected', 'message-empty'],
      [' \n', 'connected', 'message-empty'],
      ['a'.repeat(16_385), 'connected', 'message-too-big'],
      ['hi', 'idle', 'not-joined'],
      ['hi', 'connecting', 'not-joined'],
      ['hi', 'disconnected', 'not-joined'],
      ['hi', 'failed', 'not-joined'],
    ] as const)
      it(`rejects with ${code} while ${status}`, async () => {
        const { chat, session } = await chatWith({ status });
        const error = await chat.sendMessage(text).then(
          () => undefined,
          (reason: { code: unknown; name: unknown }) => reason,
        );
        expect(error?.code).to.equal(code);
        expect(error?.name).to.equal('ReformsError');
        expect(session.intents).to.deep.equal([]);
      });
  });

  describe('events', () => {
    const heard = (chat: ReformsChat): readonly string[] => {
      const list: string[] = [];
      for (const type of ['sent', 'received', 'updated'] as const)
        document.body.addEventListener(
          `reforms-message-${type}`,
          (event) => list.push(`${type} ${event.message.id} ${event.target === chat}`),
          { once: true },
        );
      return list;
    };

    it('tell of messages sent, received and delivered, and reach the page', async () => {
      const { chat, session } = await chatWith();
      const list = heard(chat);
      const sent = own('mine', { sentTo: ['grace'], deliveredTo: ['grace'] });
      session.set({ chat: { messages: [sent, message('theirs')] } });
      session.tell({ kind: 'message-sent', message: sent });
      session.tell({ kind: 'message-received', message: message('theirs') });
      session.tell({ kind: 'messages-delivered', by: 'grace', ids: ['mine'] });
      expect(list).to.deep.equal(['sent mine true', 'received theirs true', 'updated mine true']);
    });

    it('tell nothing of an acknowledgement that is about nothing of ours', async () => {
      const { chat, session } = await chatWith();
      const list = heard(chat);
      session.set({ chat: { messages: [message('theirs')] } });
      session.tell({ kind: 'messages-delivered', by: 'grace', ids: ['theirs', 'unknown'] });
      expect(list).to.deep.equal([]);
      session.tell({ kind: 'message-received', message: message('theirs') });
      session.tell({ kind: 'message-sent', message: own('mine') });
      session.set({ chat: { messages: [own('mine')] } });
      session.tell({ kind: 'message-forwarded', id: 'mine', to: ['grace'] });
      expect(list).to.deep.equal(['received theirs true', 'sent mine true', 'updated mine true']);
    });
  });

  describe('scrolling', () => {
    it('stays at the end while messages come', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, many(60));
      const log = part(chat, 'log');
      await atEnd(log);
      await show(chat, session, many(70));
      await atEnd(log);
      expect(parts(chat, 'latest')).to.have.length(0);
    });

    it('stays where the person scrolled, says how many are new, and goes back when asked', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, many(60));
      const log = part(chat, 'log');
      const scrolled = oneEvent(log, 'scroll');
      log.scrollTop -= 600;
      await scrolled;
      await show(chat, session, many(60));
      const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
      const read = parts(chat, 'message').find((row) => row.getBoundingClientRect().bottom > middle);
      const top = read?.getBoundingClientRect().top ?? 0;
      await show(chat, session, [...many(62), own('mine')]);
      expect(read?.getBoundingClientRect().top).to.be.closeTo(top, 2);
      expect(words(part(chat, 'latest'))).to.equal('2 new messages');
      part(chat, 'latest').click();
      await chat.updateComplete;
      await atEnd(log);
      expect(parts(chat, 'latest')).to.have.length(0);
    });

    it('goes to the end with a message of one’s own', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, many(60));
      const log = part(chat, 'log');
      const scrolled = oneEvent(log, 'scroll');
      log.scrollTop = 0;
      await scrolled;
      const sent = own('mine');
      session.set({ chat: { messages: [...many(60), sent] } });
      session.tell({ kind: 'message-sent', message: sent });
      await chat.updateComplete;
      await nextFrame();
      await nextFrame();
      await atEnd(log);
    });

    it('goes to the end by scrollToBottom()', async () => {
      const { chat, session } = await chatWith();
      await show(chat, session, many(60));
      const log = part(chat, 'log');
      const scrolled = oneEvent(log, 'scroll');
      log.scrollTop = 100;
      await scrolled;
      chat.scrollToBottom();
      await atEnd(log);
    });

    it('keeps the place of someone at the very top when older messages come in above', async () => {
      const { chat, session } = await chatWith();
      const late = many(60).slice(30);
      await show(chat, session, late);
      const log = part(chat, 'log');
      const scrolled = oneEvent(log, 'scroll');
      log.scrollTop = 0;
      await scrolled;
      const first = parts(chat, 'message').find((row) => words(row).includes('text of m30'));
      const before = first?.getBoundingClientRect().top ?? 0;
      await show(chat, session, many(60));
      const after = parts(chat, 'message').find((row) => words(row).includes('text of m30'));
      expect(after?.getBoundingClientRect().top).to.be.closeTo(before, 60);
    });

    it('can be done by the keyboard', async () => {
      const { chat } = await chatWith();
      part(chat, 'log').focus();
      expect(chat.shadowRoot?.activeElement).to.equal(part(chat, 'log'));
    });
  });

  describe('outside a room', () => {
    it('offers to join where it stands alone, and joins', async () => {
      const { chat, session } = await chatWith({ status: 'idle' });
      expect(field(chat).disabled).to.equal(true);
      buttonNamed(chat, 'Join the chat').click();
      expect(session.intents).to.deep.equal([{ kind: 'join' }]);
    });

    it('says why it failed and offers another try', async () => {
      const { chat } = await chatWith({ status: 'failed', problem: { code: 'network', fatal: true } });
      expect(words(part(chat, 'note'))).to.contain('cannot be reached');
      expect(buttonsNamed(chat, 'Try again')).to.have.length(1);
    });

    it('leaves joining to the room around it', async () => {
      const session = fakeSession({ status: 'idle' });
      const room = await fixture(
        html`<reforms-room .session=${session}><reforms-chat></reforms-chat></reforms-room>`,
      );
      const chat = room.querySelector('reforms-chat');
      if (chat === null) throw new Error('no chat');
      await chat.updateComplete;
      expect(buttonsNamed(chat, 'Join')).to.have.length(0);
      session.set({ status: 'waiting' });
      await chat.updateComplete;
      expect(words(part(chat, 'note'))).to.contain('Nobody is here yet');
    });
  });

  it('draws five thousand messages, and then only what is new', async () => {
    const { chat, session } = await chatWith();
    const messages = many(4_999);
    await show(chat, session, messages);
    expect(parts(chat, 'message')).to.have.length(4_999);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(part(chat, 'log'), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    await show(chat, session, [...messages, own('mine')]);
    changes.push(...observer.takeRecords());
    observer.disconnect();
    expect(parts(chat, 'message')).to.have.length(5_000);
    expect(changes.length).to.be.within(1, 30);
  });
});
