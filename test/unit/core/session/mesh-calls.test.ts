import { expect } from 'chai';
import type { Frame } from '../../../../src/protocol/frame.ts';
import { createMesh } from '../../../../src/core/session/mesh.ts';
import type { Mesh } from '../../../../src/core/session/mesh-types.ts';
import type { Pair, PairEvent } from '../../../../src/core/session/pair-types.ts';
import type { SignalKind } from '../../../../src/core/transport/port.ts';
import { goodFrames } from '../../../support/session-frames.ts';

const own = 'mmmm';
const door = 'rf1-door';
const ids = { smaller: 'aaaa', greater: 'zzzz' };

/** A pair that notes what is asked of it, and whose side of the wire the test plays. */
interface FakePair extends Pair {
  readonly via: 'self' | 'door';
  readonly signals: SignalKind[];
  readonly sent: Frame[];
  readonly ends: string[];
  secured: boolean;
  stalled: boolean;
  tell(event: PairEvent): void;
  /** SECURE, and the person has said who they are: `who` in place of a key. */
  welcome(who: string, peer: string): void;
}

describe('session/mesh', () => {
  let mesh: Mesh;
  let pairs: FakePair[];
  let facts: string[];
  let covers: boolean[];
  let holdsDoor: boolean;
  let mayOffer: boolean;
  let later: { readonly delayMs: number; readonly run: () => void } | undefined;
  let connections: number;

  beforeEach(() => {
    pairs = [];
    facts = [];
    covers = [];
    holdsDoor = false;
    mayOffer = true;
    later = undefined;
    connections = 0;
    mesh = createMesh({
      peer: own,
      heldDoor: () => (holdsDoor ? door : undefined),
      participantId: (ik) => new TextDecoder().decode(ik),
      newConnectionId: () => `connection-${String((connections += 1)).padStart(3, '0')}`,
      mayOffer: () => mayOffer,
      coverDoor: (covered) => covers.push(covered),
      profile: () => goodFrames.profile,
      joined: ({ id, peer }) => facts.push(`joined ${id} ${peer}`),
      left: ({ id }, reason) => facts.push(`left ${id} ${reason}`),
      changed: ({ id }, event) => facts.push(`${event.kind} ${id}`),
      failed: (code, fatal) => facts.push(`failed ${code} ${fatal}`),
      later: (delayMs, run) => {
        const timer = { delayMs, run };
        later = timer;
        return () => {
          if (later === timer) later = undefined;
        };
      },
      startPair: ({ role, via, remotePeer, connectionId }, report) => {
        const pair: FakePair = {
          role,
          via,
          remotePeer,
          connectionId,
          localPeer: via === 'door' ? door : own,
          secured: false,
          stalled: false,
          admitted: true,
          hold: () => {},
          admit: () => undefined,
          files: undefined,
          signals: [],
          sent: [],
          ends: [],
          receiveSignal: (kind) => pair.signals.push(kind),
          send: (frame) => pair.sent.push(frame) > 0,
          sendTrack: (slot, track) => pair.ends.push(`${slot} ${track}`),
          stats: async () => undefined,
          end: (reason) => pair.ends.push(reason),
          drop: () => pair.ends.push('drop'),
          tell: report,
          welcome: (who, peer) => {
            pair.secured = true;
            const ik = new TextEncoder().encode(who);
            report({
              kind: 'secured',
              credential: null,
              ik,
              sas: { emoji: [], numbers: [] },
              stream: new MediaStream(),
            });
            report({ kind: 'frame', frame: { ...goodFrames.profile, peer } });
          },
        };
        pairs.push(pair);
        return pair;
      },
    });
  });

  const get = (index: number): FakePair => {
    const pair = pairs.at(index);
    if (pair === undefined) throw new Error(`there is no pair ${index}`);
    return pair;
  };
  const offer = (from: string, connectionId = 'their-connection', via: 'self' | 'door' = 'self'): void =>
    mesh.receive(via, { kind: 'offer', from, connectionId, bytes: new Uint8Array(1) });
  const called = (): string[] =>
    pairs.filter(({ role }) => role === 'initiator').map(({ remotePeer }) => remotePeer);
  const roster = (pair: FakePair, peers: readonly string[], isDoor = false): void =>
    pair.tell({ kind: 'frame', frame: { kind: 'roster', peers, door: isDoor } });
  const welcome = (who: string): FakePair => {
    offer(`peer-${who}`, `connection-of-${who}`);
    get(-1).welcome(who, `peer-${who}`);
    return get(-1);
  };
  const failed: PairEvent = { kind: 'ended', reason: 'failed', code: 'decrypt' };
  const rosters = (pair: FakePair) => pair.sent.filter((frame) => frame.kind === 'roster');

  describe('calling', () => {
    it('calls somebody once while the call is under way', () => {
      mesh.dial('ada');
      mesh.dial('ada');
      expect(called()).to.deep.equal(['ada']);
    });

    it('calls neither ourselves, nor our own door, nor who is here', () => {
      holdsDoor = true;
      welcome('ada');
      for (const peer of [own, door, 'peer-ada']) mesh.dial(peer);
      expect(called()).to.deep.equal([]);
    });

    it('calls anew when nobody has answered', () => {
      mesh.dial('ada');
      get(0).stalled = true;
      mesh.dial('ada');
      expect(called()).to.deep.equal(['ada', 'ada']);
      expect(get(0).ends).to.deep.equal(['drop']);
    });

    it('does not call anew who is secure and has not said who they are', () => {
      mesh.dial('ada');
      const [pair] = pairs;
      if (pair) pair.secured = true;
      pair?.tell({
        kind: 'secured',
        credential: null,
        ik: new Uint8Array(1),
        sas: { emoji: [], numbers: [] },
        stream: new MediaStream(),
      });
      mesh.dial('ada');
      expect(called()).to.deep.equal(['ada']);
    });

    it('gives up on somebody whom the server does not know', () => {
      mesh.dial('ada');
      mesh.expired('ada');
      mesh.expired('ada');
      expect(get(0).ends).to.deep.equal(['drop']);
      mesh.dial('ada');
      expect(called().length).to.equal(2);
    });

    it('does not give up on somebody who is here because the server does not know them', () => {
      const ada = welcome('ada');
      mesh.expired('peer-ada');
      expect(ada.ends).to.deep.equal([]);
    });

    it('has so many calls under way and no more', () => {
      roster(
        welcome('ada'),
        Array.from({ length: 64 }, (_, at) => `nobody-${at}`),
      );
      expect(called().length).to.equal(8);
    });

    it('calls everyone whom the others see, again and again, until they are here', () => {
      const ada = welcome('ada');
      roster(ada, ['bob', 'peer-ada', own]);
      expect(called()).to.deep.equal(['bob']);
      expect(later?.delayMs).to.be.within(4_000, 8_000);
      get(-1).tell({ kind: 'ended', reason: 'failed', code: 'timeout' });
      later?.run();
      expect(called()).to.deep.equal(['bob', 'bob']);
      get(-1).welcome('bob', 'bob');
      later?.run();
      expect(called()).to.deep.equal(['bob', 'bob']);
      expect(later).to.equal(undefined);
    });

    it('calls nobody any more whom nobody sees', () => {
      const ada = welcome('ada');
      roster(ada, ['bob']);
      mesh.expired('bob');
      roster(ada, []);
      expect(later).to.equal(undefined);
      mesh.reach();
      expect(called()).to.deep.equal(['bob']);
    });

    it('calls nobody any more when there is no place', () => {
      for (const who of ['ada', 'bob', 'cyd']) welcome(who);
      roster(get(0), ['dan']);
      expect(called()).to.deep.equal([]);
      expect(later).to.equal(undefined);
    });
  });

  describe('being called', () => {
    it('answers at the door under the door\u2019s name', () => {
      offer('ada', 'connection', 'door');
      expect(get(0)).to.include({ role: 'responder', via: 'door', localPeer: door, remotePeer: 'ada' });
      expect(get(0).signals).to.deep.equal(['offer']);
    });

    it('answers neither ourselves nor who calls too often, and nothing but a call', () => {
      offer(own);
      mesh.receive('self', {
        kind: 'answer',
        from: 'ada',
        connectionId: 'connection',
        bytes: new Uint8Array(),
      });
      mesh.receive('self', {
        kind: 'candidate',
        from: 'ada',
        connectionId: 'connection',
        bytes: new Uint8Array(),
      });
      mayOffer = false;
      offer('ada');
      expect(pairs.length).to.equal(0);
    });

    it('hands signals to the pair they are for, and none that come from elsewhere', () => {
      offer('ada', 'connection');
      for (const from of ['ada', 'eve'])
        mesh.receive('self', {
          kind: 'candidate',
          from,
          connectionId: 'connection',
          bytes: new Uint8Array(),
        });
      expect(get(0).signals).to.deep.equal(['offer', 'candidate']);
      expect(pairs.length).to.equal(1);
    });

    it('answers so many at once and no more', () => {
      for (let at = 0; at < 40; at += 1) offer(`caller-${at}`, `connection-${at}`);
      expect(pairs.length).to.equal(32);
      get(0).tell(failed);
      offer('one-more', 'connection-x');
      expect(pairs.length).to.equal(33);
    });
  });

  describe('glare', () => {
    it('goes on calling a greater id and does not answer it', () => {
      mesh.dial(ids.greater);
      offer(ids.greater);
      expect(pairs.length).to.equal(1);
      expect(get(0).ends).to.deep.equal([]);
    });

    it('gives way to a smaller id, once its call has proved genuine', () => {
      mesh.dial(ids.smaller);
      offer(ids.smaller);
      expect(get(0).ends).to.deep.equal([]);
      get(1).tell({ kind: 'called' });
      expect(get(0).ends).to.deep.equal(['drop']);
      get(1).welcome('ada', ids.smaller);
      expect(facts).to.deep.equal([`joined ada ${ids.smaller}`]);
    });

    it('gives way to no call that is made up', () => {
      mesh.dial(ids.smaller);
      offer(ids.smaller);
      get(1).tell(failed);
      expect(get(0).ends).to.deep.equal([]);
      get(0).welcome('ada', ids.smaller);
      expect(facts).to.deep.equal(['failed decrypt false', `joined ada ${ids.smaller}`]);
    });

    it('is none at the door: who calls there is answered', () => {
      mesh.dial(ids.greater);
      offer(ids.greater, 'their-connection', 'door');
      get(1).tell({ kind: 'called' });
      expect(get(0).ends).to.deep.equal([]);
      expect(pairs.length).to.equal(2);
    });
  });

  describe('people', () => {
    it('says who we are when a pair is secure, and who is here when they have said the same', () => {
      const ada = welcome('ada');
      expect(ada.sent).to.deep.equal([goodFrames.profile, { kind: 'roster', peers: [], door: false }]);
      const bob = welcome('bob');
      expect(rosters(ada).at(-1)).to.deep.equal({ kind: 'roster', peers: ['peer-bob'], door: false });
      expect(rosters(bob).at(-1)).to.deep.equal({ kind: 'roster', peers: ['peer-ada'], door: false });
    });

    it('tells that we hold the door', () => {
      const ada = welcome('ada');
      holdsDoor = true;
      mesh.tellRoster();
      expect(rosters(ada).at(-1)).to.deep.equal({ kind: 'roster', peers: [], door: true });
    });

    it('knows whether someone here holds the door', () => {
      const ada = welcome('ada');
      roster(ada, [], true);
      roster(ada, [], false);
      roster(ada, [], true);
      ada.tell({ kind: 'ended', reason: 'left', code: undefined });
      expect(covers).to.deep.equal([true, false, true, false]);
    });

    it('hears nothing of someone who has not said who they are', () => {
      offer('ada');
      const pair = get(0);
      pair.tell({
        kind: 'secured',
        credential: null,
        ik: new Uint8Array(1),
        sas: { emoji: [], numbers: [] },
        stream: new MediaStream(),
      });
      pair.tell({ kind: 'frame', frame: goodFrames.message });
      pair.tell({ kind: 'frame', frame: goodFrames.roster });
      pair.tell({ kind: 'file', bytes: new Uint8Array() });
      pair.tell({ kind: 'interrupted' });
      expect(facts).to.deep.equal([]);
      expect(called()).to.deep.equal([]);
      pair.tell({ kind: 'refused', code: 'bad-frame' });
      expect(facts).to.deep.equal(['failed bad-frame false']);
    });

    it('believes no profile before the pair is secure', () => {
      offer('ada');
      get(0).tell({ kind: 'frame', frame: goodFrames.profile });
      expect(facts).to.deep.equal([]);
    });

    it('tells everyone who is secure, also who has not said who they are', () => {
      const ada = welcome('ada');
      offer('bob', 'connection-b');
      mesh.tell(goodFrames.bye);
      expect([ada, get(1)].map(({ sent }) => sent.at(-1))).to.deep.equal([goodFrames.bye, goodFrames.bye]);
    });

    it('passes on what else people say', () => {
      const ada = welcome('ada');
      ada.tell({ kind: 'frame', frame: goodFrames.message });
      ada.tell({ kind: 'interrupted' });
      ada.tell({ kind: 'refused', code: 'bad-frame' });
      ada.tell({ kind: 'frame', frame: goodFrames.profile });
      expect(facts.slice(1)).to.deep.equal(['frame ada', 'interrupted ada', 'refused ada', 'frame ada']);
    });

    it('hears nothing more of a pair that was dropped', () => {
      mesh.dial('ada');
      mesh.expired('ada');
      get(0).welcome('ada', 'ada');
      expect(facts).to.deep.equal([]);
    });

    it('turns away whom there is no place for, untold who is here', () => {
      for (const who of ['ada', 'bob', 'cyd']) welcome(who);
      const dan = welcome('dan');
      expect(dan.ends).to.deep.equal(['full']);
      expect(dan.sent).to.deep.equal([]);
      expect(facts.length).to.equal(3);
    });

    it('turns away who became one too many while they said who they are', () => {
      for (const who of ['ada', 'bob']) welcome(who);
      offer('peer-cyd', 'connection-c');
      const cyd = get(-1);
      cyd.tell({
        kind: 'secured',
        credential: null,
        ik: new TextEncoder().encode('cyd'),
        sas: { emoji: [], numbers: [] },
        stream: new MediaStream(),
      });
      welcome('dan');
      cyd.tell({ kind: 'frame', frame: goodFrames.profile });
      expect(cyd.ends).to.deep.equal(['full']);
    });

    it('has a place for someone here who comes by another link', () => {
      for (const who of ['ada', 'bob', 'cyd']) welcome(who);
      offer('new-tab', 'connection-new');
      get(-1).welcome('ada', 'new-tab');
      expect(get(0).ends).to.deep.equal(['drop']);
      expect(facts.at(-1)).to.equal('joined ada new-tab');
      expect(mesh.members.size).to.equal(3);
    });

    for (const [first, second, kept] of [
      ['b', 'a', 'second'],
      ['a', 'b', 'first'],
    ] as const) {
      it(`keeps of two links to one tab the one with the smaller id: the ${kept}`, () => {
        offer('tab', `connection-${first}`);
        get(0).welcome('ada', 'tab');
        offer('tab', `connection-${second}`);
        get(1).welcome('ada', 'tab');
        expect(mesh.members.get('ada')?.pair).to.equal(get(kept === 'first' ? 0 : 1));
        expect(get(kept === 'first' ? 1 : 0).ends).to.deep.equal(['drop']);
      });
    }
  });

  describe('ends', () => {
    it('tells why someone is gone, and tells the others', () => {
      const [ada, bob] = [welcome('ada'), welcome('bob')];
      ada.tell({ kind: 'ended', reason: 'left', code: undefined });
      expect(facts.at(-1)).to.equal('left ada left');
      expect(rosters(bob).at(-1)).to.deep.equal({ kind: 'roster', peers: [], door: false });
      bob.tell({ kind: 'ended', reason: 'mismatch', code: undefined });
      expect(facts.at(-1)).to.equal('left bob mismatch');
      expect(called()).to.deep.equal([]);
    });

    it('calls again whose path was lost', () => {
      welcome('ada').tell({ kind: 'ended', reason: 'lost', code: undefined });
      expect(facts.at(-1)).to.equal('left ada lost');
      expect(called()).to.deep.equal(['peer-ada']);
    });

    it('tells what went wrong with someone who is here, and does not call them', () => {
      welcome('ada').tell({ kind: 'ended', reason: 'failed', code: 'fingerprint-changed' });
      expect(facts.slice(1)).to.deep.equal(['failed fingerprint-changed false', 'left ada lost']);
      expect(called()).to.deep.equal([]);
    });

    it('is over where the room is full and nobody is here', () => {
      mesh.dial(door);
      get(0).tell({ kind: 'ended', reason: 'full', code: undefined });
      expect(facts).to.deep.equal(['failed room-full true']);
    });

    it('goes on with those who are here where another has no place', () => {
      const [ada, bob] = [welcome('ada'), welcome('bob')];
      bob.tell({ kind: 'ended', reason: 'full', code: undefined });
      expect(facts.slice(2)).to.deep.equal(['left bob lost', 'failed room-full false']);
      mesh.dial('cyd');
      get(-1).tell({ kind: 'ended', reason: 'full', code: undefined });
      expect(facts.at(-1)).to.equal('failed room-full false');
      expect(ada.ends).to.deep.equal([]);
    });

    it('says nothing of a call that did not reach the server, which is told elsewhere', () => {
      mesh.dial('ada');
      get(0).tell({ kind: 'ended', reason: 'failed', code: 'disconnected' });
      get(0).tell({ kind: 'ended', reason: 'lost', code: undefined });
      expect(facts).to.deep.equal([]);
    });

    it('hangs up on one person', () => {
      const [ada, bob] = [welcome('ada'), welcome('bob')];
      mesh.hangUp('ada', 'mismatch');
      mesh.hangUp('nobody', 'mismatch');
      expect(ada.ends).to.deep.equal(['mismatch']);
      expect(facts.slice(2)).to.deep.equal(['left ada mismatch']);
      expect(rosters(bob).at(-1)).to.deep.equal({ kind: 'roster', peers: [], door: false });
    });

    it('says goodbye to everyone, and tells nobody here', () => {
      const ada = welcome('ada');
      mesh.dial('bob');
      facts.length = 0;
      mesh.leave();
      expect([ada, get(1)].map(({ ends }) => ends)).to.deep.equal([['left'], ['left']]);
      ada.tell({ kind: 'ended', reason: 'left', code: undefined });
      expect(facts).to.deep.equal([]);
      expect(mesh.members.size).to.equal(0);
    });

    it('passes tracks to every pair', () => {
      welcome('ada');
      mesh.dial('bob');
      mesh.sendTrack('audio', null);
      expect(pairs.map(({ ends }) => ends)).to.deep.equal([['audio null'], ['audio null']]);
    });
  });
});
