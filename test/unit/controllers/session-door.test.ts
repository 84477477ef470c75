import { expect } from 'chai';
import '../../../src/define/reforms-room.ts';
import '../../../src/define/reforms-participants.ts';
import { setDefaultServer } from '../../../src/controllers/index.ts';
import { planRoom } from '../../../src/controllers/room-plan.ts';
import { ReformsError, type Session } from '../../../src/core.ts';
import { RoomElement } from '../../../src/elements/base/index.ts';
import { fakeSession, person } from '../../support/fake-session.ts';

/** An element of the kit whose session can be looked at. */
class ProbeElement extends RoomElement {
  get found(): Session | undefined {
    return this.door.session;
  }
  get problem(): string | undefined {
    return this.door.entrance.problem;
  }
}
customElements.define('probe-element', ProbeElement);

const server = 'https://signaling.example/';
const nursery = document.createElement('div');

const probe = async (
  attributes: Readonly<Record<string, string>>,
  into: Element = nursery,
): Promise<ProbeElement> => {
  const element = new ProbeElement();
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  into.append(element);
  await element.updateComplete;
  return element;
};
/** What is put off to the end of the turn has been done after this. */
const turn = (): Promise<void> => Promise.resolve().then(() => undefined);

describe('the door to a session', () => {
  beforeEach(() => document.body.append(nursery));
  afterEach(() => {
    nursery.replaceChildren();
    nursery.remove();
  });

  it('gives elements that name the same server and room one session, and others another', async () => {
    const one = await probe({ server, room: 'lesson' });
    const two = await probe({ server, room: 'lesson' });
    const other = await probe({ server, room: 'another' });
    const elsewhere = await probe({ server: 'https://elsewhere.example', room: 'lesson' });
    expect(one.found).to.not.equal(undefined);
    expect(two.found).to.equal(one.found);
    expect(new Set([one.found, other.found, elsewhere.found]).size).to.equal(3);
  });

  it('gives elements with different secrets different sessions', async () => {
    const one = await probe({ server, room: 'lesson' });
    const two = new ProbeElement();
    Object.assign(two, { server, room: 'lesson', roomSecret: new Uint8Array(32).fill(1) });
    nursery.append(two);
    await two.updateComplete;
    expect(two.found).to.not.equal(one.found);
    expect(two.found?.snapshot.room.hasSecret).to.equal(true);
    expect(one.found?.snapshot.room.hasSecret).to.equal(false);
  });

  it('keeps the session of an element that is only moved', async () => {
    const element = await probe({ server, room: 'lesson' });
    const before = element.found;
    const elsewhere = document.createElement('div');
    nursery.append(elsewhere);
    elsewhere.append(element);
    await element.updateComplete;
    expect(element.found).to.equal(before);
  });

  it('ends a session with its last element', async () => {
    const one = await probe({ server, room: 'lesson' });
    const two = await probe({ server, room: 'lesson' });
    const before = one.found;
    one.remove();
    await turn();
    expect((await probe({ server, room: 'lesson' })).found).to.equal(before);
    nursery.replaceChildren();
    await turn();
    expect((await probe({ server, room: 'lesson' })).found).to.not.equal(before);
    expect(two.found).to.equal(before);
  });

  it('opens another session when room, server or secret change', async () => {
    const element = await probe({ server, room: 'lesson' });
    const seen = [element.found];
    element.room = 'another';
    await element.updateComplete;
    seen.push(element.found);
    element.server = 'https://elsewhere.example';
    await element.updateComplete;
    seen.push(element.found);
    element.roomSecret = new Uint8Array(32);
    await element.updateComplete;
    seen.push(element.found);
    expect(new Set(seen).size).to.equal(4);
    expect(element.found?.snapshot.room.name).to.equal('another');
  });

  it('opens another session when what protects the person changes', async () => {
    const element = await probe({ server, room: 'lesson' });
    const before = element.found;
    element.relayOnly = true;
    await element.updateComplete;
    expect(element.found).to.not.equal(before);
  });

  it('keeps the session and changes the name with display-name', async () => {
    const element = await probe({ server, 'room': 'lesson', 'display-name': 'Ada' });
    const before = element.found;
    expect(before?.snapshot.self.name).to.equal('Ada');
    element.displayName = 'Ada Lovelace';
    await element.updateComplete;
    expect(element.found).to.equal(before);
    expect(element.found?.snapshot.self.name).to.equal('Ada Lovelace');
  });

  it('calls someone without a name a guest', async () => {
    expect((await probe({ server, room: 'lesson' })).found?.snapshot.self.name).to.equal('Guest');
  });

  it('says why there is no session', async () => {
    expect((await probe({ server })).problem).to.equal('no-room');
    expect((await probe({ room: 'lesson' })).problem).to.equal('no-server');
    expect((await probe({ room: 'lesson', server: 'ftp://x javascript:alert(1)' })).problem).to.equal(
      'no-server',
    );
    const short = new ProbeElement();
    Object.assign(short, { server, room: 'lesson', roomSecret: new Uint8Array(31) });
    nursery.append(short);
    await short.updateComplete;
    expect(short.problem).to.equal('invalid-secret');
  });

  it('takes the server that the script bundle names, where the element names none', () => {
    const page = document.implementation.createHTMLDocument();
    setDefaultServer('https://kit.example/', page);
    const element = new ProbeElement();
    element.room = 'lesson';
    const plan = planRoom(element, page, 'Guest');
    expect(plan.ok && plan.value.config.servers).to.deep.equal(['https://kit.example/']);
    element.server = 'https://own.example';
    const own = planRoom(element, page, 'Guest');
    expect(own.ok && own.value.config.servers).to.deep.equal(['https://own.example/']);
  });

  it('prefers the page’s own session to any other', async () => {
    const session = fakeSession({ people: [person()] });
    const element = await probe({ server, room: 'lesson' });
    element.session = session;
    await element.updateComplete;
    expect(element.found).to.equal(session);
    expect(element.getParticipants()).to.have.length(1);
    element.session = undefined;
    await element.updateComplete;
    expect(element.found).to.not.equal(session);
  });

  it('never closes a session that the page made', async () => {
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    await element.updateComplete;
    element.remove();
    await turn();
    expect(session.closed).to.equal(false);
  });

  it('joins once there is a session, when join() came first', async () => {
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    element.join();
    expect(session.intents).to.deep.equal([]);
    await element.updateComplete;
    expect(session.intents).to.deep.equal([{ kind: 'join' }]);
  });

  it('resolves join() in the room, and once we are in at once', async () => {
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    let inside = false;
    const joining = element.join().then(() => (inside = true));
    await element.updateComplete;
    await turn();
    expect(inside).to.equal(false);
    session.tell({ kind: 'room-joined', id: 'me' });
    await joining;
    session.set({ room: { ...session.snapshot.room, phase: 'joined' } });
    await element.join();
    expect(session.intents.length).to.equal(1);
  });

  it('rejects join() with the code of what went wrong, or of who took it back', async () => {
    const codeOf = (promise: Promise<void>): Promise<unknown> =>
      promise.then(
        () => 'none',
        (error: unknown) => (ReformsError.is(error) ? error.code : error),
      );
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    await element.updateComplete;
    const failing = codeOf(element.join());
    session.tell({ kind: 'error-raised', code: 'decrypt', fatal: false, from: undefined });
    session.tell({ kind: 'error-raised', code: 'room-full', fatal: true, from: undefined });
    expect(await failing).to.equal('room-full');
    const left = codeOf(element.join());
    session.tell({ kind: 'room-left' });
    expect(await left).to.equal('not-joined');
    expect(await codeOf((await probe({ server })).join())).to.equal('no-room');
    const early = new ProbeElement();
    nursery.append(early);
    const taken = codeOf(early.join());
    early.leave();
    expect(await taken).to.equal('not-joined');
  });

  it('holds each element to the rules it names, and refuses a rule that it does not know', async () => {
    const free = await probe({ server, room: 'lesson' });
    const strict = await probe({ server, room: 'lesson', require: 'verified' });
    expect(strict.found).to.not.equal(free.found);
    expect((await probe({ server, room: 'lesson', require: 'verified' })).found).to.equal(strict.found);
    expect((await probe({ server, room: 'lesson', require: 'verifed' })).problem).to.equal('policy');
    const plan = planRoom(strict, document, 'Guest');
    expect(plan.ok && plan.value.config.require).to.equal('verified');
  });

  it('makes a key for the room where identity says nothing it knows', async () => {
    const plan = planRoom(await probe({ server, room: 'lesson', identity: 'forever' }), document, 'Guest');
    expect(plan.ok && plan.value.config.identity).to.equal('room');
  });

  it('forgets a join() that leave() took back', async () => {
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    element.join();
    element.leave();
    await element.updateComplete;
    expect(session.intents).to.deep.equal([]);
  });

  it('takes the session of a room that it is moved into, and its own again outside', async () => {
    const session = fakeSession();
    const room = document.createElement('reforms-room');
    room.session = session;
    nursery.append(room);
    await room.updateComplete;
    const element = await probe({ server, room: 'lesson' });
    const own = element.found;
    room.append(element);
    await element.updateComplete;
    expect(element.found).to.equal(session);
    nursery.append(element);
    await element.updateComplete;
    expect(element.found).to.not.equal(session);
    expect(element.found).to.not.equal(own);
  });

  it('holds no listener of a session after it has left the page', async () => {
    const session = fakeSession();
    const element = new ProbeElement();
    element.session = session;
    nursery.append(element);
    await element.updateComplete;
    element.remove();
    let told = 0;
    element.addEventListener('reforms-joining', () => (told += 1));
    session.tell({ kind: 'join-started' });
    expect(told).to.equal(0);
  });
});
