import { fixture, html, oneEvent } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../src/define/reforms-call.ts';
import '../../../src/define/reforms-chat.ts';
import '../../../src/define/reforms-file-drop.ts';
import '../../../src/define/reforms-participants.ts';
import '../../../src/define/reforms-room.ts';
import type { Held, Participant, Snapshot } from '../../../src/core.ts';
import type { ReformsCall } from '../../../src/elements/call/call.ts';
import type { ReformsChat } from '../../../src/elements/chat/chat.ts';
import type { ReformsFileDrop } from '../../../src/elements/file-drop/file-drop.ts';
import type { ReformsParticipants } from '../../../src/elements/participants/participants.ts';
import type { ReformsRoom } from '../../../src/elements/room/room.ts';
import type { ReformsTile } from '../../../src/elements/tile/tile.ts';
import { audit } from '../../support/audit.ts';
import { blank, fakeSession, person } from '../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../support/parts.ts';

const heldBy = (held: Held, values: Partial<Participant> = {}): Participant => person({ held, ...values });
const inRoom = (...people: readonly Participant[]): Partial<Snapshot> => ({
  status: 'connected',
  room: { ...blank.room, phase: 'joined' },
  people,
});

describe('someone who is held back', () => {
  const tileOf = async (held: Held) => {
    const session = fakeSession(inRoom(heldBy(held)));
    const tile = await fixture<ReformsTile>(
      html`<reforms-tile participant="grace" .session=${session}></reforms-tile>`,
    );
    return { tile, session };
  };

  for (const held of ['policy', 'key-changed', 'credential', 'mismatch'] as const)
    it(`has an accessible tile: ${held}`, async () => {
      expect(await audit((await tileOf(held)).tile)).to.deep.equal([]);
    });

  it('is neither seen nor heard, nor told to be muted, and the tile says why', async () => {
    const { tile, session } = await tileOf('policy');
    session.streams.set('stream-grace', new MediaStream());
    session.set(inRoom(heldBy('policy', { audio: false })));
    await tile.updateComplete;
    expect(words(part(tile, 'held'))).to.contain('Waiting until you have compared the emoji');
    expect(parts(tile, 'placeholder')).to.deep.equal([]);
    expect(tile.shadowRoot?.querySelector('video')?.srcObject).to.equal(null);
    expect(words(part(tile, 'label'))).to.equal('Grace Hopper');
  });

  it('has a picture as soon as nothing holds them any more', async () => {
    const { tile, session } = await tileOf('policy');
    const stream = new MediaStream();
    session.streams.set('stream-grace', stream);
    session.set(inRoom(person({ protection: 'verified' })));
    await tile.updateComplete;
    expect(parts(tile, 'held')).to.deep.equal([]);
    expect(tile.shadowRoot?.querySelector('video')?.srcObject).to.equal(stream);
  });

  it('can be compared with from the tile, unless only a credential would help', async () => {
    const { tile } = await tileOf('key-changed');
    const asked = oneEvent(tile, 'reforms-verify-request');
    buttonNamed(tile, 'Compare the emoji').click();
    expect(await asked).to.include({ id: 'grace', bubbles: true, cancelable: true });
    expect(buttonsNamed((await tileOf('credential')).tile, 'Compare')).to.deep.equal([]);
  });

  it('is explained in the call by a banner that leads to the emoji, where a key has changed', async () => {
    const session = fakeSession(inRoom(heldBy('key-changed')));
    const call = await fixture<ReformsCall>(html`<reforms-call .session=${session}></reforms-call>`);
    const banner = part(call, 'banner');
    expect(words(banner)).to.contain('Grace Hopper’s key has changed. This happens with a new device');
    banner.querySelector('button')?.click();
    await call.updateComplete;
    expect(part(call, 'dialog')).to.have.property('open', true);
    expect(call.shadowRoot?.querySelector('reforms-verify')).to.have.property('participant', 'grace');
    expect(await audit(call)).to.deep.equal([]);
    session.set(inRoom(person({ protection: 'verified' })));
    await call.updateComplete;
    expect(parts(call, 'banner')).to.deep.equal([]);
  });

  it('opens the emoji of the call from their tile', async () => {
    const session = fakeSession(inRoom(heldBy('policy'), heldBy('policy', { id: 'alan', name: 'Alan' })));
    const call = await fixture<ReformsCall>(html`<reforms-call .session=${session}></reforms-call>`);
    const tile = [...(call.shadowRoot?.querySelectorAll('reforms-tile') ?? [])].find(
      ({ participant }) => participant === 'alan',
    );
    if (tile === undefined) throw new Error('no tile');
    await tile.updateComplete;
    buttonNamed(tile, 'Compare the emoji').click();
    await call.updateComplete;
    expect(part(call, 'dialog')).to.have.property('open', true);
    expect(call.shadowRoot?.querySelector('reforms-verify')).to.have.property('participant', 'alan');
  });

  it('gets nothing from the chat, which says so, and the room opens the emoji', async () => {
    const session = fakeSession(inRoom(heldBy('policy'), heldBy('credential', { id: 'alan', name: 'Alan' })));
    const room = await fixture<ReformsRoom>(
      html`<reforms-room .session=${session}><reforms-chat></reforms-chat></reforms-room>`,
    );
    const chat = room.querySelector<ReformsChat>('reforms-chat');
    if (chat === null) throw new Error('no chat');
    await chat.updateComplete;
    const said = parts(chat, 'note').map((note) => words(note));
    expect(said.at(-1)).to.contain('Nothing goes to Grace Hopper until you have compared the emoji.');
    expect(said.at(-1)).to.contain('Nothing goes to Alan without a credential.');
    expect(await audit(room)).to.deep.equal([]);
    buttonNamed(chat, 'Compare the emoji').click();
    await room.updateComplete;
    expect(part(room, 'dialog')).to.have.property('open', true);
    expect(room.shadowRoot?.querySelector('reforms-verify')).to.have.property('participant', 'grace');
  });

  it('gets no files', async () => {
    const session = fakeSession(inRoom(heldBy('policy')));
    const drop = await fixture<ReformsFileDrop>(
      html`<reforms-file-drop .session=${session}></reforms-file-drop>`,
    );
    expect(words(part(drop, 'zone'))).to.contain('Nothing can be sent until you have compared the emoji.');
    expect(part(drop, 'choose')).to.have.property('disabled', true);
    const code = await drop.send([new File(['x'], 'x.txt')]).then(
      () => 'sent',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    expect(code).to.equal('policy');
    session.set(inRoom(heldBy('policy'), person({ id: 'alan', name: 'Alan' })));
    await drop.updateComplete;
    expect(words(part(drop, 'zone'))).to.contain('Goes to Alan, end-to-end encrypted');
    expect(words(part(drop, 'zone'))).not.to.contain('Grace');
  });

  it('is marked as waiting in the list of people', async () => {
    const session = fakeSession(inRoom(heldBy('policy')));
    const list = await fixture<ReformsParticipants>(
      html`<reforms-participants .session=${session}></reforms-participants>`,
    );
    expect(words(parts(list, 'person')[1] ?? list)).to.contain('Waiting');
  });
});

describe('the state of protection in a call', () => {
  const callWith = async (parts_: Partial<Snapshot>) => {
    const session = fakeSession(parts_);
    const call = await fixture<ReformsCall>(html`<reforms-call .session=${session}></reforms-call>`);
    return { call, session };
  };

  it('is in sight while nobody else is there', async () => {
    const { call, session } = await callWith({ ...inRoom(), status: 'waiting' });
    expect(words(part(call, 'protection-button'))).to.equal('Encrypted, by link');
    session.set({ room: { ...blank.room, hasSecret: false } });
    await call.updateComplete;
    expect(words(part(call, 'protection-button'))).to.equal('Encrypted, not verified');
  });

  it('says what to do when the emoji did not match, and gives no link that is no good', async () => {
    const { call, session } = await callWith(inRoom(person()));
    session.tell({ kind: 'participant-left', id: 'grace', reason: 'mismatch' });
    session.set({ ...inRoom(), status: 'waiting' });
    await call.updateComplete;
    expect(words(part(call, 'welcome'))).to.contain('Send a new link another way');
    expect(call.shadowRoot?.querySelector('reforms-invite')).to.equal(null);
    session.tell({ kind: 'participant-joined', participant: person() });
    session.tell({ kind: 'participant-left', id: 'grace', reason: 'left' });
    await call.updateComplete;
    expect(words(part(call, 'welcome'))).to.contain('Nobody else is here');
  });

  it('says that no relay can be reached, for as long as nobody came', async () => {
    const { call, session } = await callWith({
      ...inRoom(),
      status: 'waiting',
      problem: { code: 'turn-unreachable', fatal: false },
    });
    expect(words(part(call, 'banner'))).to.contain('connects through a relay only');
    session.set(inRoom(person()));
    await call.updateComplete;
    expect(parts(call, 'banner')).to.deep.equal([]);
  });

  it('gives notice of another key of somebody unverified, and of no more than that', async () => {
    const { call, session } = await callWith(inRoom(person({ ordinal: 2 })));
    session.tell({ kind: 'identity-changed', id: 'grace', name: 'Grace Hopper', wasVerified: false });
    await call.updateComplete;
    expect(words(part(call, 'toast'))).to.contain('Grace Hopper (2) came with another key than before.');
  });
});

describe('notices in the chat', () => {
  const notice = { id: 'key-grace', from: 'grace', name: 'Grace \u202eHopper', after: 'm1' };
  const message = (id: string, ordinal?: number) => ({
    id,
    from: ordinal === undefined ? 'grace' : `grace-${ordinal}`,
    name: 'Grace Hopper',
    ...(ordinal !== undefined && { ordinal }),
    text: id,
    sentAt: Date.now(),
    delivery: 'delivered' as const,
    sentTo: [],
    deliveredTo: [],
  });
  const chatWith = async (chatSlice: Snapshot['chat']) => {
    const session = fakeSession({ ...inRoom(person()), chat: chatSlice });
    return fixture<ReformsChat>(html`<reforms-chat .session=${session}></reforms-chat>`);
  };

  it('stand where they came about', async () => {
    const chat = await chatWith({ messages: [message('m1'), message('m2')], notices: [notice] });
    const rows = [...part(chat, 'list').children].map((row) => words(row));
    expect(rows[2]).to.contain('Grace Hopper came with another key than before.');
    expect(rows[3]).to.contain('m2');
    expect(await audit(chat)).to.deep.equal([]);
  });

  it('are there before anyone has written, and when what they followed is gone', async () => {
    const empty = await chatWith({ messages: [], notices: [{ ...notice, after: '' }] });
    expect(parts(empty, 'notice')).to.have.length(1);
    const later = await chatWith({ messages: [message('m9')], notices: [notice] });
    expect(words(part(later, 'list').children[0] ?? later)).to.contain('another key');
  });

  it('tell messages of namesakes apart', async () => {
    const chat = await chatWith({ messages: [message('m1'), message('m2', 2)] });
    expect(parts(chat, 'name').map((name) => words(name))).to.deep.equal([
      'Grace Hopper',
      'Grace Hopper (2)',
    ]);
  });
});
