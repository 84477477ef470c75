import { expect } from 'chai';
import { newPeerId, newToken } from '../../../../src/core/transport/id.ts';
import { createLoopback } from '../../../../src/core/transport/loopback.ts';
import type { LoopbackHub } from '../../../../src/core/transport/loopback.ts';
import type { Transport } from '../../../../src/core/transport/port.ts';
import { openRendezvous } from '../../../../src/core/transport/rendezvous.ts';
import type { Rendezvous, RendezvousEvent } from '../../../../src/core/transport/rendezvous.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { sealedText, textOf } from '../../../support/mint.ts';

const first = 'https://one.example/';
const second = 'https://two.example/';
const connectionId = 'a-connection';

interface Member {
  readonly meeting: Rendezvous;
  readonly events: RendezvousEvent[];
  readonly kinds: () => string[];
  /** Forgets what happened so far. */
  readonly forget: () => void;
  readonly leave: () => void;
}

describe('rendezvous', () => {
  let hub: LoopbackHub;
  let clock: ManualClock;
  let everyone: AbortController;

  const enter = (
    options: { servers?: readonly string[]; topic?: Uint8Array; transport?: Transport } = {},
  ): Member => {
    const events: RendezvousEvent[] = [];
    const { servers = [first], topic = new Uint8Array(16).fill(7), transport = hub.transport() } = options;
    const meeting = openRendezvous(
      { transport, servers, topic, peerId: newPeerId(), token: newToken(), signal: everyone.signal, clock },
      (event) => events.push(event),
    );
    return {
      meeting,
      events,
      kinds: () => events.map((event) => event.kind),
      forget: () => void events.splice(0),
      leave: () => meeting.close(),
    };
  };
  const pass = (milliseconds: number): Promise<void> => clock.advance(milliseconds, () => hub.settled());
  /** Until everything that happens at once has happened. */
  const now = (): Promise<void> => pass(0);
  const holders = (...members: Member[]): number =>
    members.filter(
      (member) => member.kinds().lastIndexOf('door-held') > member.kinds().lastIndexOf('door-lost'),
    ).length;

  beforeEach(() => {
    hub = createLoopback();
    clock = new ManualClock();
    everyone = new AbortController();
  });
  afterEach(() => everyone.abort());

  it('gives the door to the first who comes', async () => {
    const anna = enter();
    expect(anna.kinds(), 'nothing during the call').to.deep.equal([]);
    await now();
    expect(anna.kinds()).to.have.members(['opened', 'door-held']);
    expect(hub.isTaken(anna.meeting.peerId)).to.equal(true);
    expect(hub.isTaken(anna.meeting.doorId)).to.equal(true);
  });

  it('tells the second to dial the door, once our own session is open', async () => {
    enter();
    await now();
    const ben = enter();
    await now();
    expect(ben.kinds()).to.deep.equal(['opened', 'dial']);
    expect(ben.events).to.deep.include({ kind: 'dial', peer: ben.meeting.doorId });
  });

  it('carries signals to the door and back by the same way', async () => {
    const anna = enter();
    await now();
    const ben = enter();
    await now();
    const { doorId, peerId } = ben.meeting;
    expect(ben.meeting.send('self', 'offer', doorId, connectionId, sealedText('hello'))).to.equal(true);
    await now();
    const knock = anna.events.find((event) => event.kind === 'signal');
    expect(knock?.via).to.equal('door');
    expect(knock?.signal).to.deep.include({ kind: 'offer', from: peerId, connectionId });
    expect(anna.meeting.send('door', 'answer', peerId, connectionId, sealedText('come in'))).to.equal(true);
    await now();
    const reply = ben.events.find((event) => event.kind === 'signal');
    expect(reply?.via).to.equal('self');
    expect(reply?.signal).to.deep.include({ kind: 'answer', from: doorId });
    expect(reply === undefined ? '' : textOf(reply.signal.bytes)).to.equal('come in');
  });

  it('refuses to send by a door it does not hold, and before it is open', async () => {
    enter();
    await now();
    const ben = enter();
    expect(ben.meeting.send('self', 'offer', 'anyone', connectionId, sealedText('x'))).to.equal(false);
    await now();
    expect(ben.meeting.send('door', 'offer', 'anyone', connectionId, sealedText('x'))).to.equal(false);
  });

  it('brings two who come at the same moment together', async () => {
    const [anna, ben] = [enter(), enter()];
    await now();
    expect(holders(anna, ben)).to.equal(1);
    expect([...anna.kinds(), ...ben.kinds()].filter((kind) => kind === 'dial')).to.have.length(1);
  });

  it('keeps rooms apart', async () => {
    const anna = enter();
    const ben = enter({ topic: new Uint8Array(16).fill(8) });
    await now();
    expect(holders(anna, ben)).to.equal(2);
  });

  it('dials again while nobody who is linked says they hold the door, and no longer', async () => {
    enter();
    await now();
    const ben = enter();
    await pass(10_000);
    const dials = ben.kinds().filter((kind) => kind === 'dial').length;
    expect(dials).to.be.within(3, 8);
    ben.meeting.coverDoor(true);
    await pass(60_000);
    expect(ben.kinds().filter((kind) => kind === 'dial')).to.have.length(dials);
  });

  it('hands the door on within half a second when the holder goes', async () => {
    const anna = enter();
    await now();
    const others = [enter(), enter(), enter()];
    await now();
    for (const other of others) other.meeting.coverDoor(true);
    await pass(5_000);
    for (const other of others) other.forget();
    anna.leave();
    for (const other of others) other.meeting.coverDoor(false);
    await pass(400);
    expect(holders(...others)).to.equal(1);
    expect(
      others.flatMap((other) => other.kinds()).filter((kind) => kind === 'dial'),
      'linked already',
    ).to.have.length(0);
  });

  it('dials the new holder when nobody linked turns out to be it', async () => {
    const anna = enter();
    await now();
    const ben = enter();
    await now();
    ben.meeting.coverDoor(true);
    anna.leave();
    enter();
    await now();
    ben.forget();
    ben.meeting.coverDoor(false);
    await pass(3_000);
    expect(ben.kinds()).to.include('dial');
  });

  it('takes the door at once when the server says nobody is there', async () => {
    const anna = enter();
    await now();
    const ben = enter();
    await now();
    anna.leave();
    ben.meeting.send('self', 'offer', ben.meeting.doorId, connectionId, sealedText('anyone?'));
    await pass(250);
    expect(ben.kinds()).to.include('expired');
    expect(holders(ben)).to.equal(1);
  });

  it('outlives a dead holder whom the server still believes in', async () => {
    const anna = enter();
    await now();
    hub.freeze(anna.meeting.doorId);
    const ben = enter();
    await pass(60_000);
    expect(holders(ben)).to.equal(0);
    hub.evict(anna.meeting.doorId);
    await pass(5_000);
    expect(holders(ben)).to.equal(1);
  });

  it('takes its own door back after a lost socket', async () => {
    const anna = enter();
    await now();
    hub.evict(anna.meeting.doorId);
    await pass(200);
    expect(anna.kinds().slice(-2)).to.deep.equal(['door-lost', 'door-held']);
  });

  it('meets whoever took the door while its own socket was lost', async () => {
    const anna = enter();
    await now();
    anna.forget();
    const ben = enter();
    hub.evict(anna.meeting.doorId);
    await pass(4_000);
    expect(holders(anna, ben)).to.equal(1);
    expect([...anna.kinds(), ...ben.kinds()]).to.include('dial');
  });

  it('comes back with the same id when the server was away', async () => {
    const anna = enter();
    await now();
    hub.serverDown();
    await pass(30_000);
    expect(anna.kinds().filter((kind) => kind === 'server-lost')).to.have.length(1);
    expect(anna.kinds()).to.not.include('unreachable');
    anna.forget();
    hub.serverUp();
    await pass(5_000);
    expect(anna.kinds()).to.have.members(['server-restored', 'door-held']);
    expect(hub.isTaken(anna.meeting.peerId)).to.equal(true);
  });

  it('meets again when the server restarts under two who are not linked', async () => {
    const [anna, ben] = [enter(), enter()];
    await now();
    hub.serverDown();
    await pass(1_000);
    hub.serverUp();
    anna.forget();
    ben.forget();
    await pass(15_000);
    expect(holders(anna, ben)).to.equal(1);
    expect([...anna.kinds(), ...ben.kinds()]).to.include('dial');
  });

  it('tries at once when the machine is online again', async () => {
    const anna = enter();
    await now();
    hub.serverDown();
    await pass(30_000);
    hub.serverUp();
    anna.forget();
    window.dispatchEvent(new Event('online'));
    await now();
    expect(anna.kinds()).to.have.members(['server-restored', 'door-held']);
  });

  it('says so once when no server can be reached, and goes on', async () => {
    hub.serverDown();
    const anna = enter({ servers: [first, second] });
    await pass(20_000);
    expect(anna.events).to.deep.equal([{ kind: 'unreachable', code: 'network' }]);
    hub.serverUp();
    await pass(5_000);
    expect(anna.kinds()).to.have.members(['unreachable', 'opened', 'door-held']);
  });

  it('goes to the next server when the first is down, with its door', async () => {
    hub.serverDown(first);
    const anna = enter({ servers: [first, second] });
    await now();
    expect(anna.kinds()).to.have.members(['opened', 'door-held']);
    expect(hub.isTaken(anna.meeting.doorId, second)).to.equal(true);
  });

  it('returns to the preferred server, so that a room split over two meets again', async () => {
    hub.serverDown(first);
    const anna = enter({ servers: [first, second] });
    await now();
    hub.serverUp(first);
    const ben = enter({ servers: [first, second] });
    await now();
    expect(holders(anna, ben), 'split').to.equal(2);
    await pass(60_000);
    expect(hub.isTaken(anna.meeting.peerId, first)).to.equal(true);
    expect(hub.isTaken(anna.meeting.peerId, second)).to.equal(false);
    expect(holders(anna, ben)).to.equal(1);
    expect(anna.kinds()).to.include('dial').and.not.include('server-lost');
  });

  it('does not wait for ever on a server that swallows the connection', async () => {
    const silent: Transport = {
      ...hub.transport(),
      openServer: (options, sink) =>
        options.server === first
          ? { id: options.id, send: () => false, close: () => undefined }
          : loopback.openServer(options, sink),
    };
    const loopback = hub.transport();
    const anna = enter({ servers: [first, second], transport: silent });
    await pass(15_000);
    expect(anna.kinds()).to.have.members(['opened', 'door-held']);
  });

  it('gives up when every server refuses for good, and only then', async () => {
    const loopback = hub.transport();
    const refusing = (server: string): Transport => ({
      ...loopback,
      openServer(options, sink) {
        if (options.server !== server) return loopback.openServer(options, sink);
        queueMicrotask(() => sink({ kind: 'closed', code: 'invalid-key' }));
        return { id: options.id, send: () => false, close: () => undefined };
      },
    });
    const anna = enter({ transport: refusing(first) });
    await pass(1_000);
    expect(anna.events).to.deep.equal([{ kind: 'failed', code: 'invalid-key' }]);
    expect(clock.waiting, 'no timer is left').to.equal(0);
    const ben = enter({ servers: [first, second], transport: refusing(first) });
    await pass(1_000);
    expect(ben.kinds()).to.have.members(['opened', 'door-held']);
  });

  it('releases both ids and every timer when it is closed', async () => {
    const anna = enter();
    await now();
    anna.leave();
    anna.forget();
    await pass(60_000);
    expect(hub.isTaken(anna.meeting.peerId)).to.equal(false);
    expect(hub.isTaken(anna.meeting.doorId)).to.equal(false);
    expect(anna.kinds()).to.deep.equal([]);
    expect(clock.waiting).to.equal(0);
  });

  it('starts nothing when it is closed in the same breath', async () => {
    const anna = enter();
    anna.leave();
    await pass(1_000);
    expect(anna.kinds()).to.deep.equal([]);
    expect(hub.isTaken(anna.meeting.peerId)).to.equal(false);
  });
});
