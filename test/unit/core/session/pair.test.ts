import { expect } from 'chai';
import type { Bytes } from '../../../../src/core/brand.ts';
import { createInitiator } from '../../../../src/core/crypto/handshake.ts';
import { identityOf, newIdentityRecord } from '../../../../src/core/crypto/identity-key.ts';
import type { Identity } from '../../../../src/core/crypto/identity.ts';
import { roomKeys } from '../../../../src/core/crypto/kdf.ts';
import { loadSodium, type Sodium } from '../../../../src/core/crypto/sodium.ts';
import { createPair } from '../../../../src/core/session/pair.ts';
import type { Pair, PairEvent, PairOptions } from '../../../../src/core/session/pair-types.ts';
import { createLoopback, type LoopbackHub } from '../../../../src/core/transport/loopback.ts';
import type { Link, LinkEvent, SignalKind, Transport } from '../../../../src/core/transport/port.ts';
import { goodFrames } from '../../../support/session-frames.ts';
import { asSealed } from '../../../support/mint.ts';
import { holdTimers, type HeldTimers } from '../../../support/session-timers.ts';

const connectionId = 'connection-1';

/** One end of a pair, and all that the test may meddle with. */
interface End {
  readonly pair: Pair;
  readonly events: PairEvent[];
  readonly kinds: () => string[];
  /** What this end gave the server, in order. */
  readonly signals: { readonly kind: SignalKind; readonly bytes: Bytes }[];
  /** Held back before it reaches the pair. */
  readonly held: LinkEvent[];
  readonly link: () => Link;
  readonly release: () => void;
  readonly lifetime: AbortController;
  /** False: the server is not there. */
  reachable: boolean;
  /** Whether what the server brings is delivered by the test. */
  readonly deliver: (kind: SignalKind, bytes: Bytes) => void;
}

describe('session/pair', () => {
  let sodium: Sodium;
  let identities: readonly [Identity, Identity];
  let hub: LoopbackHub;
  let timers: HeldTimers;
  let ends: End[];

  before(async () => {
    sodium = await loadSodium();
    const record = () => newIdentityRecord(sodium, crypto.subtle);
    identities = [identityOf(sodium, await record()), identityOf(sodium, await record())];
  });
  beforeEach(() => {
    hub = createLoopback();
    ends = [];
    timers = holdTimers();
  });
  afterEach(() => {
    for (const { lifetime } of ends) lifetime.abort();
    timers.restore();
  });

  const start = (
    role: Pair['role'],
    changes: Partial<PairOptions> & { readonly holds?: (event: LinkEvent) => boolean } = {},
  ): End => {
    const transport: Transport = hub.transport();
    const { holds = () => false, ...rest } = changes;
    const lifetime = new AbortController();
    // The machine's name at the server, by which the hub knows whom to cut off.
    transport.openServer({ server: 'loopback:', id: role, token: role, signal: lifetime.signal }, () => {});
    const events: PairEvent[] = [];
    const signals: End['signals'] = [];
    const held: LinkEvent[] = [];
    let link: Link | undefined;
    let pass: (event: LinkEvent) => void = () => {};
    const pair = createPair({
      role,
      localPeer: role,
      remotePeer: role === 'initiator' ? 'responder' : 'initiator',
      connectionId,
      sodium,
      identity: identities[role === 'initiator' ? 0 : 1],
      room: roomKeys(sodium, { room: 'hello', secret: new Uint8Array(32) }),
      createLink: (options, sink) => {
        pass = sink;
        link = transport.createLink({ ...options, iceServers: [], relayOnly: false }, (event) => {
          if (holds(event)) held.push(event);
          else sink(event);
        });
        return { link, offered: undefined };
      },
      admitted: true,
      credential: undefined,
      sendSignal: (kind, bytes) => {
        if (end.reachable) signals.push({ kind, bytes: bytes.slice() });
        return end.reachable;
      },
      track: () => null,
      report: (event) => events.push(event),
      signal: lifetime.signal,
      ...rest,
    });
    const end: End = {
      pair,
      events,
      kinds: () => events.map(({ kind }) => kind),
      signals,
      held,
      link: () => {
        if (link === undefined) throw new Error('there is no link');
        return link;
      },
      release: () => {
        for (const event of held.splice(0)) pass(event);
      },
      lifetime,
      reachable: true,
      deliver: (kind, bytes) => pair.receiveSignal(kind, bytes),
    };
    ends.push(end);
    return end;
  };

  /** Resolves when it is so; what never comes is ended by the runner's own time limit. */
  const when = async (isSo: () => boolean): Promise<void> => {
    await hub.settled();
    while (!isSo()) await hub.settled();
  };
  /** Brings signals to and fro until it is so, and then until nothing more is said. */
  const exchange = async (one: End, other: End, isSo: () => boolean = () => true): Promise<void> => {
    const carry = (from: End, to: End): number => {
      const carried = from.signals.splice(0);
      for (const { kind, bytes } of carried) to.deliver(kind, bytes);
      return carried.length;
    };
    for (let idle = 0; idle < 3 || !isSo(); idle += 1) {
      await hub.settled();
      if (carry(one, other) + carry(other, one) > 0) idle = 0;
    }
  };
  const areSecure =
    (...pairs: readonly End[]) =>
    (): boolean =>
      pairs.every(({ pair }) => pair.secured);
  const meet = async (changes: Parameters<typeof start>[1] = {}): Promise<readonly [End, End]> => {
    const pair = [start('initiator', changes), start('responder', changes)] as const;
    await exchange(...pair, areSecure(...pair));
    expect(pair.map(({ pair: { secured } }) => secured)).to.deep.equal([true, true]);
    return pair;
  };
  /** The OFFER is there and the ANSWER is on its way. */
  const answered = async (): Promise<readonly [End, End]> => {
    const [ada, bob] = [start('initiator'), start('responder')];
    await when(() => ada.signals.length > 0);
    for (const { kind, bytes } of ada.signals.splice(0)) bob.deliver(kind, bytes);
    await when(() => bob.signals.some(({ kind }) => kind === 'answer'));
    return [ada, bob];
  };
  const endOf = ({ events }: End) => events.find((event) => event.kind === 'ended');
  const refusals = ({ events }: End) =>
    events.flatMap((event) => (event.kind === 'refused' ? [event.code] : []));

  describe('becoming secure', () => {
    it('tells each end who the other is, once, with one word to compare', async () => {
      const [ada, bob] = await meet();
      expect(ada.kinds()).to.deep.equal(['secured']);
      expect(bob.kinds()).to.deep.equal(['called', 'secured']);
      const [one, other] = [ada.events.at(-1), bob.events.at(-1)];
      if (one?.kind !== 'secured' || other?.kind !== 'secured') throw new Error('not secure');
      expect(one.ik).to.deep.equal(identities[1].publicKey);
      expect(other.ik).to.deep.equal(identities[0].publicKey);
      expect(one.sas).to.deep.equal(other.sas);
    });

    it('leaves no timer behind but the one that tells a stalled call', async () => {
      await meet();
      timers.fire(4_000);
      expect(timers.waiting).to.deep.equal([]);
    });

    it('sends nothing before', () => {
      const ada = start('initiator');
      expect(ada.pair.send(goodFrames.message)).to.equal(false);
      expect(ada.pair.files).to.equal(undefined);
      expect(ada.pair.secured).to.equal(false);
    });

    it('comes about by FIN on the link where the server loses it', async () => {
      const [ada, bob] = await answered();
      for (const { kind, bytes } of bob.signals.splice(0)) ada.deliver(kind, bytes);
      await when(areSecure(ada, bob));
      expect([ada.pair.secured, bob.pair.secured]).to.deep.equal([true, true]);
    });

    it('waits for our own CONFIRM, though theirs is there', async () => {
      const ada = start('initiator');
      const bob = start('responder', { holds: ({ kind }) => kind === 'control-opened' });
      await exchange(ada, bob, () => bob.held.length > 0);
      expect([ada.pair.secured, bob.pair.secured]).to.deep.equal([false, false]);
      bob.release();
      await exchange(ada, bob, areSecure(ada, bob));
      expect([ada.pair.secured, bob.pair.secured]).to.deep.equal([true, true]);
    });

    it('keeps a little of what an eager peer sends before it, and ends with one that sends more', async () => {
      for (const [count, code] of [
        [64, undefined],
        [65, 'confirm'],
      ] as const) {
        const ada = start('initiator');
        const heard: string[] = [];
        const bob = start('responder', {
          holds: ({ kind }) => heard.push(kind) > 0 && kind === 'control-opened',
        });
        // FIN and CONFIRM.
        await exchange(ada, bob, () => heard.filter((kind) => kind === 'control').length === 2);
        for (let sent = 0; sent < count; sent += 1)
          ada.link().sendControl(asSealed(new Uint8Array([1, sent])));
        await exchange(ada, bob, () => heard.filter((kind) => kind === 'control').length >= 2 + count);
        expect(endOf(bob)?.code).to.equal(code);
        bob.release();
        await exchange(ada, bob, () => bob.pair.secured || code !== undefined);
        expect(bob.pair.secured).to.equal(code === undefined);
        expect(refusals(bob).length).to.equal(code === undefined ? count : 0);
      }
    });
  });

  describe('waiting', () => {
    it('counts as stalled after 4 s without an ANSWER', async () => {
      const ada = start('initiator');
      await hub.settled();
      expect(ada.pair.stalled).to.equal(false);
      timers.fire(4_000);
      expect(ada.pair.stalled).to.equal(true);
    });

    it('does not count as stalled with one', async () => {
      const [ada] = await meet();
      timers.fire(4_000);
      expect(ada.pair.stalled).to.equal(false);
    });

    it('ends 30 s after an OFFER without ANSWER', async () => {
      const ada = start('initiator');
      await when(() => ada.signals.length > 0);
      timers.fire(30_000);
      expect(ada.events).to.deep.equal([{ kind: 'ended', reason: 'failed', code: 'timeout' }]);
    });

    it('ends 20 s after an ANSWER without FIN', async () => {
      const [, bob] = await answered();
      timers.fire(20_000);
      expect(endOf(bob)).to.deep.equal({ kind: 'ended', reason: 'failed', code: 'timeout' });
    });

    it('ends 10 s after DTLS without CONFIRM', async () => {
      const ada = start('initiator');
      const bob = start('responder', { holds: ({ kind }) => kind === 'control-opened' });
      await exchange(ada, bob, () => timers.waiting.includes(10_000));
      timers.fire(10_000);
      expect(endOf(ada)).to.deep.equal({ kind: 'ended', reason: 'failed', code: 'timeout' });
    });

    it('ends when the path is never found', async () => {
      const ada = start('initiator', { holds: ({ kind }) => kind === 'control-opened' });
      const bob = start('responder', { holds: ({ kind }) => kind === 'control-opened' });
      await exchange(ada, bob, () => ada.held.length > 0 && bob.held.length > 0);
      for (const delayMs of timers.waiting) if (delayMs > 4_000) timers.fire(delayMs);
      expect([ada, bob].map((end) => endOf(end)?.code)).to.deep.equal(['timeout', 'timeout']);
    });

    it('ends when an interrupted path stays so for 20 s, and not when it mends', async () => {
      const [ada, bob] = await meet();
      hub.cut('initiator');
      await hub.settled();
      expect([ada, bob].map((end) => end.kinds().at(-1))).to.deep.equal(['interrupted', 'interrupted']);
      hub.heal('initiator');
      await hub.settled();
      expect([ada, bob].map((end) => end.kinds().at(-1))).to.deep.equal(['restored', 'restored']);
      timers.fire(20_000);
      expect(endOf(ada)).to.equal(undefined);
      hub.cut('initiator');
      await hub.settled();
      timers.fire(20_000);
      expect(endOf(ada)).to.deep.equal({ kind: 'ended', reason: 'lost', code: undefined });
    });
  });

  describe('what the server brings', () => {
    it('ends a call that it cannot carry', async () => {
      const ada = start('initiator');
      ada.reachable = false;
      await when(() => ada.events.length > 0);
      expect(ada.events).to.deep.equal([{ kind: 'ended', reason: 'failed', code: 'disconnected' }]);
    });

    it('is an offer to who is called, once, and an answer to who calls', async () => {
      const [ada, bob] = [start('initiator'), start('responder')];
      await when(() => ada.signals.length > 0);
      const [offer] = ada.signals;
      if (offer === undefined) throw new Error('no offer');
      bob.deliver('answer', offer.bytes);
      ada.deliver('offer', offer.bytes);
      await hub.settled();
      expect([...ada.events, ...bob.events]).to.deep.equal([]);
      bob.deliver('offer', offer.bytes);
      bob.deliver('offer', offer.bytes);
      await when(() => bob.signals.some(({ kind }) => kind === 'answer'));
      bob.deliver('offer', offer.bytes);
      await hub.settled();
      expect(bob.signals.filter(({ kind }) => kind === 'answer').length).to.equal(1);
    });

    it('is kept while our own part is being made, candidates before the ANSWER', async () => {
      const [ada, bob] = await answered();
      for (const { kind, bytes } of bob.signals.splice(0).toReversed()) ada.deliver(kind, bytes);
      await exchange(ada, bob, areSecure(ada, bob));
      expect([ada.pair.secured, bob.pair.secured]).to.deep.equal([true, true]);
      expect(refusals(ada)).to.deep.equal([]);
    });

    it('is thrown away where it makes no sense, and the pair goes on', async () => {
      const [ada, bob] = [start('initiator'), start('responder')];
      await when(() => ada.signals.length > 0);
      const forged = (bytes: number[]) => {
        for (const kind of ['answer', 'candidate'] as const) ada.deliver(kind, new Uint8Array(bytes));
      };
      for (const bytes of [[], [0], [1], [2], [3], Array(100).fill(3), Array(2_000).fill(1)]) forged(bytes);
      await exchange(ada, bob, areSecure(ada, bob));
      expect([ada.pair.secured, bob.pair.secured]).to.deep.equal([true, true]);
      expect(refusals(ada).length).to.be.greaterThan(0);
      for (const bytes of [[], [0], [1], [2], [3], Array(100).fill(3), Array(2_000).fill(1)])
        for (const kind of ['offer', 'answer', 'candidate'] as const)
          for (const end of [ada, bob]) end.deliver(kind, new Uint8Array(bytes));
      await hub.settled();
      expect([ada, bob].map(endOf)).to.deep.equal([undefined, undefined]);
      expect(ada.pair.send(goodFrames.message)).to.equal(true);
      await hub.settled();
      expect(bob.events.at(-1)).to.deep.equal({ kind: 'frame', frame: goodFrames.message });
    });

    it('is no goodbye where only knowing the room was needed to seal it', async () => {
      // Mallory is in the room and calls; what she seals early anybody in the room could have sealed.
      const bob = start('responder');
      const transport = hub.transport();
      const lifetime = new AbortController();
      const link = transport.createLink(
        { iceServers: [], relayOnly: false, polite: false, signal: lifetime.signal },
        () => {},
      );
      const { offer, machine } = await createInitiator(
        {
          sodium,
          identity: identities[0],
          room: roomKeys(sodium, { room: 'hello', secret: new Uint8Array(32) }),
          initiatorPeerId: 'initiator',
          responderPeerId: 'responder',
          connectionId,
          kind: 'call',
        },
        { sdp: await link.offer() },
      );
      bob.deliver('offer', offer.slice());
      const seal = (value: unknown) =>
        machine.sealEarlyCandidate(new TextEncoder().encode(JSON.stringify(value))).slice();
      for (const frame of [goodFrames.bye, goodFrames.description, goodFrames.message, { kind: 'nonsense' }])
        bob.deliver('candidate', seal(frame));
      await when(() => endOf(bob) !== undefined || refusals(bob).length === 4);
      expect(endOf(bob)).to.equal(undefined);
      expect(refusals(bob)).to.deep.equal(['bad-frame', 'bad-frame', 'bad-frame', 'bad-frame']);
      bob.deliver('candidate', seal(goodFrames.candidate));
      await hub.settled();
      expect(refusals(bob).length).to.equal(4);
      lifetime.abort();
    });

    it('is nothing any more when the pair is over', async () => {
      const [ada, bob] = await meet();
      const count = ada.events.length;
      ada.pair.drop();
      ada.deliver('candidate', new Uint8Array([1, 2, 3]));
      ada.deliver('answer', new Uint8Array([1]));
      await exchange(ada, bob);
      expect(ada.events.length).to.equal(count);
    });
  });

  describe('frames', () => {
    it('come in order, and none before SECURE is told', async () => {
      const [ada, bob] = await meet();
      for (const frame of [goodFrames.profile, goodFrames.message, goodFrames.receipt]) ada.pair.send(frame);
      await hub.settled();
      expect(bob.events.slice(-3)).to.deep.equal(
        [goodFrames.profile, goodFrames.message, goodFrames.receipt].map((frame) => ({
          kind: 'frame',
          frame,
        })),
      );
    });

    it('are held back both ways, tracks too, until the person is admitted', async () => {
      const sent: string[] = [];
      const [ada, bob] = await meet({ admitted: false });
      const link = ada.link();
      link.sendTrack = (_permit, slot, track) => {
        sent.push(`${slot} ${track}`);
        return Promise.resolve();
      };
      expect(ada.pair.admitted).to.equal(false);
      expect(ada.pair.send(goodFrames.message)).to.equal(false);
      expect(ada.pair.send(goodFrames.profile)).to.equal(true);
      expect(ada.pair.files).to.equal(undefined);
      ada.pair.sendTrack('audio', null);
      expect(sent).to.deep.equal([]);
      bob.pair.admit();
      bob.pair.send(goodFrames.message);
      await hub.settled();
      expect(ada.kinds()).to.deep.equal(['secured']);
      ada.pair.admit();
      ada.pair.admit();
      expect(ada.events.at(-1)).to.deep.equal({ kind: 'frame', frame: goodFrames.message });
      expect(sent).to.deep.equal(['audio null', 'video null']);
      const { files } = ada.pair;
      ada.pair.hold();
      ada.pair.hold();
      expect(sent.length).to.equal(4);
      expect(files?.sendFile(asSealed(new Uint8Array([1])))).to.equal(false);
      expect(ada.pair.send(goodFrames.message)).to.equal(false);
    });

    it('of someone held back fill no memory', async () => {
      const [ada, bob] = await meet({ admitted: false });
      bob.pair.admit();
      for (let count = 0; count < 260; count += 1) bob.pair.send(goodFrames.message);
      await hub.settled();
      expect(refusals(ada)).to.deep.equal(['policy', 'policy', 'policy', 'policy']);
    });

    it('of files go to who is admitted', async () => {
      const [ada, bob] = await meet();
      const { files } = ada.pair;
      expect(files?.fileBacklog).to.equal(0);
      await files?.fileBacklogBelow(1);
      expect(await ada.pair.stats()).to.equal(undefined);
      ada.link().sendFile(asSealed(new Uint8Array([7])));
      await when(() => bob.kinds().includes('file'));
      expect(bob.events.at(-1)).to.deep.equal({ kind: 'file', bytes: new Uint8Array([7]) });
    });

    it('say goodbye with a reason', async () => {
      for (const reason of ['left', 'full', 'mismatch'] as const) {
        const [ada, bob] = await meet();
        ada.pair.end(reason);
        await exchange(ada, bob, () => endOf(bob) !== undefined);
        expect(endOf(bob)).to.deep.equal({ kind: 'ended', reason, code: undefined });
        expect(endOf(ada)).to.equal(undefined);
        expect(bob.events.filter(({ kind }) => kind === 'ended').length).to.equal(1);
      }
    });

    it('say goodbye by the server where the path is broken', async () => {
      const [ada, bob] = await meet();
      hub.cut('initiator');
      ada.pair.end('left');
      await exchange(ada, bob, () => endOf(bob) !== undefined);
      expect(endOf(bob)).to.deep.equal({ kind: 'ended', reason: 'left', code: undefined });
    });

    it('are a goodbye too where the link closes without one', async () => {
      const [ada, bob] = await meet();
      ada.pair.drop();
      await hub.settled();
      expect(endOf(bob)).to.deep.equal({ kind: 'ended', reason: 'left', code: undefined });
    });

    it('are none when the owner has ended', async () => {
      const [ada] = await meet();
      const count = ada.events.length;
      ada.lifetime.abort();
      await hub.settled();
      expect(ada.events.length).to.equal(count);
      expect(ada.pair.send(goodFrames.message)).to.equal(false);
    });

    it('renegotiate over the link', async () => {
      const [ada, bob] = await meet();
      ada.link().restartIce();
      await exchange(ada, bob);
      expect([ada, bob].map(endOf)).to.deep.equal([undefined, undefined]);
      expect([...ada.signals, ...bob.signals]).to.deep.equal([]);
    });

    it('renegotiate by the server while the path is broken', async () => {
      const [ada, bob] = await meet();
      hub.cut('initiator');
      await hub.settled();
      ada.link().restartIce();
      await hub.settled();
      expect(ada.signals.map(({ kind }) => kind)).to.deep.equal(['candidate']);
      await exchange(ada, bob);
      expect([ada, bob].map(endOf)).to.deep.equal([undefined, undefined]);
    });

    it('of negotiation that the browser refuses end the pair, with a code', async () => {
      const [ada, bob] = await meet();
      bob.link().negotiate = () => Promise.reject(new TypeError('no'));
      ada.link().restartIce();
      await exchange(ada, bob, () => endOf(bob) !== undefined);
      expect(endOf(bob)).to.deep.equal({ kind: 'ended', reason: 'failed', code: 'internal' });
    });
  });

  describe('certificates', () => {
    it('that are not those of the handshake end the pair', async () => {
      const ada = start('initiator');
      const bob = start('responder');
      ada.link().remoteCertificate = () => new Uint8Array(32);
      await exchange(ada, bob, () => endOf(ada) !== undefined);
      expect(endOf(ada)).to.deep.equal({ kind: 'ended', reason: 'failed', code: 'fingerprint-mismatch' });
      expect(ada.pair.secured || bob.pair.secured).to.equal(false);
    });

    it('that the browser does not show are bound by CONFIRM alone', async () => {
      const ada = start('initiator');
      const bob = start('responder');
      for (const end of [ada, bob]) end.link().remoteCertificate = () => undefined;
      await exchange(ada, bob, areSecure(ada, bob));
      expect(ada.pair.secured && bob.pair.secured).to.equal(true);
    });
  });
});
