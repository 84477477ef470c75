import { expect } from 'chai';
import { newId } from '../../../../src/core/id.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import type { RelayedSignal } from '../../../../src/core/transport/loopback.ts';
import type { TrackSlot } from '../../../../src/core/transport/port.ts';
import { maxFrameBytes } from '../../../../src/protocol/limits.ts';
import { asSealed, asSecured } from '../../../support/mint.ts';
import { goodFrames } from '../../../support/session-frames.ts';
import { createMallory, type Mallory, type MalloryOptions } from '../../../support/session-mallory.ts';
import {
  meet,
  openHouse,
  secret,
  wrapTransport,
  type House,
  type Someone,
  type Wrap,
} from '../../../support/session-room.ts';
import { nextFact, until } from '../../../support/session-until.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const alone = ({ session }: Someone) => until(session, ({ status }) => status === 'waiting');
const countOf = ({ facts }: Someone, kind: Fact['kind']): number =>
  facts.filter((fact) => fact.kind === kind).length;
const codesOf = ({ facts }: Someone): readonly string[] =>
  facts.flatMap((fact) => (fact.kind === 'error-raised' ? [fact.code] : []));
const flip = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> => {
  const copy = bytes.slice();
  const place = at % copy.length;
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
};

describe('session: hostile', () => {
  let house: House;
  let mallories: Mallory[];

  beforeEach(() => {
    house = openHouse();
    mallories = [];
  });
  afterEach(() => {
    for (const mallory of mallories) mallory.close();
    house.close();
  });

  const first = async (name = 'Ada', wrap?: Wrap): Promise<Someone> => {
    const someone = house.enter(name, {}, wrap);
    await alone(someone);
    return someone;
  };
  const call = async (options: Partial<MalloryOptions> = {}): Promise<Mallory> => {
    const mallory = await createMallory({
      transport: house.hub.transport(),
      room: 'hello',
      secret,
      ...options,
    });
    mallories.push(mallory);
    return mallory;
  };
  /** Mallory, let in, under the name she gives. */
  const letIn = async (ada: Someone): Promise<Mallory> => {
    const mallory = await call();
    await mallory.secured;
    mallory.say({ ...goodFrames.profile, peer: mallory.peer, name: 'Mallory' });
    await until(ada.session, () => ada.sees().includes('Mallory'));
    return mallory;
  };
  const write = async (ada: Someone, mallory: Mallory, text: string): Promise<void> => {
    mallory.say({ ...goodFrames.message, id: newId(), text });
    await until(ada.session, ({ chat }) => chat.messages.some((message) => message.text === text));
  };

  describe('frames of someone in the room', () => {
    const frames: Readonly<Record<string, { readonly bytes: Uint8Array; readonly code?: string }>> = {
      'nothing': { bytes: new Uint8Array() },
      'bytes that are no UTF-8': { bytes: new Uint8Array([0xff, 0xfe]) },
      'bad JSON': { bytes: utf8('{"kind":') },
      'null': { bytes: utf8('null') },
      'a list': { bytes: utf8('[]') },
      'an unknown kind': { bytes: utf8('{"kind":"upgrade"}') },
      'a kind of the prototype': { bytes: utf8('{"kind":"__proto__"}') },
      'a number as text': { bytes: utf8(JSON.stringify({ ...goodFrames.message, text: 1 })) },
      'a time beyond time': {
        bytes: utf8(JSON.stringify(goodFrames.message).replace(/"sentAt":\d+/, '"sentAt":1e999')),
      },
      'a message of 17 kB': {
        bytes: utf8(JSON.stringify({ ...goodFrames.message, text: 'x'.repeat(17_000) })),
      },
      'a frame beyond the limit': { bytes: new Uint8Array(maxFrameBytes + 1), code: 'frame-too-large' },
      'a profile with a peer id of another\u2019s alphabet': {
        bytes: utf8(JSON.stringify({ ...goodFrames.profile, peer: '../x' })),
      },
    };
    for (const [name, { bytes, code = 'bad-frame' }] of Object.entries(frames)) {
      it(`are answered by an error that names the sender, and the session lives: ${name}`, async () => {
        const ada = await first();
        const mallory = await letIn(ada);
        const { people, chat } = ada.session.snapshot;
        const error = nextFact(ada.session, 'error-raised');
        mallory.send(bytes);
        expect(await error).to.deep.equal({
          kind: 'error-raised',
          code,
          fatal: false,
          from: ada.person('Mallory').id,
        });
        expect(ada.session.snapshot.people).to.equal(people);
        expect(ada.session.snapshot.chat).to.equal(chat);
        await write(ada, mallory, 'still here');
        expect(ada.session.snapshot.status).to.equal('connected');
      });
    }

    it('that were not sealed are refused likewise', async () => {
      const ada = await first();
      const mallory = await letIn(ada);
      const junk: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
        ['bad-frame', new Uint8Array()],
        ['bad-frame', new Uint8Array([1])],
        ['bad-frame', new Uint8Array(64).fill(0x7b)],
        ['decrypt', new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 99, ...new Uint8Array(32)])],
        ['replay', new Uint8Array([1, ...new Uint8Array(8), ...new Uint8Array(32)])],
      ];
      for (const [, bytes] of junk) mallory.sendRaw(bytes);
      await house.hub.settled();
      expect(codesOf(ada)).to.deep.equal(junk.map(([code]) => code));
      await write(ada, mallory, 'still here');
    });

    it('end the link when they do not stop, and nobody else\u2019s', async () => {
      const ada = await first();
      const bob = house.enter('Bob');
      await meet(ada, bob);
      const mallory = await letIn(ada);
      const left = nextFact(ada.session, 'participant-left');
      for (let count = 0; count < 200; count += 1) mallory.send(utf8('nonsense'));
      expect((await left).reason).to.equal('lost');
      await mallory.closed;
      expect(countOf(ada, 'error-raised')).to.be.below(110);
      expect(ada.sees()).to.equal('Bob');
      bob.session.dispatch({ kind: 'send-message', id: newId(), text: 'are you there?' });
      await until(ada.session, ({ chat }) => chat.messages.length === 1);
    });

    it('cannot speak for another, acknowledge for another or rename another', async () => {
      const ada = await first();
      const bob = house.enter('Bob');
      await meet(ada, bob);
      const mallory = await letIn(ada);
      const id = newId();
      ada.session.dispatch({ kind: 'send-message', id, text: 'Hello' });
      await until(ada.session, ({ chat }) => chat.messages[0]?.deliveredTo.length === 1);
      mallory.say({ kind: 'receipt', ids: [id, `${ada.person('Bob').id}.${id}`.slice(0, 64)] });
      await write(ada, mallory, 'from me');
      const said = ada.session.snapshot.chat.messages.find(({ text }) => text === 'from me');
      expect(said).to.include({ from: ada.person('Mallory').id, name: 'Mallory' });
      mallory.say({ ...goodFrames.profile, peer: bob.ids[0], name: 'Bob' });
      await until(ada.session, () => ada.sees() === 'Bob Bob');
      expect(new Set(ada.session.snapshot.people.map((person) => person.id)).size).to.equal(2);
    });

    it('are held back when they take the name of someone verified, until they are verified too', async () => {
      const ada = await first();
      ada.session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      const bob = house.enter('Bob');
      await meet(ada, bob);
      ada.session.dispatch({ kind: 'judge-participant', id: ada.person('Bob').id, matches: true });
      const mallory = await letIn(ada);
      const { id, stream } = ada.person('Mallory');
      await write(ada, mallory, 'I am nobody');
      await until(ada.session, ({ call }) => call.camera.status === 'open');
      await house.hub.settled();
      expect(mallory.link.remoteStream(asSecured()).getTracks().length).to.equal(2);
      expect(ada.session.stream(stream)).not.to.equal(undefined);
      const changed = nextFact(ada.session, 'identity-changed');
      mallory.say({ ...goodFrames.profile, peer: mallory.peer, name: ' Bob' });
      expect(await changed).to.deep.equal({ kind: 'identity-changed', id, name: 'Bob', wasVerified: true });
      const ofMallory = () => ada.session.snapshot.people.find((person) => person.id === id);
      expect(ofMallory()).to.include({ name: 'Bob', held: 'key-changed' });
      expect(ada.session.stream(stream)).to.equal(undefined);
      mallory.frames.length = 0;
      ada.session.dispatch({ kind: 'send-message', id: newId(), text: 'for Bob' });
      mallory.say({ ...goodFrames.message, id: newId(), text: 'believe me' });
      mallory.say({ ...goodFrames.profile, peer: mallory.peer, name: 'Mallory' });
      await until(ada.session, () => ada.sees() === 'Bob Mallory');
      await house.hub.settled();
      expect(ofMallory()?.held).to.equal('key-changed');
      expect(mallory.frames.map(({ kind }) => kind)).not.to.include('message');
      expect(mallory.link.remoteStream(asSecured()).getTracks()).to.deep.equal([]);
      expect(ada.session.snapshot.chat.messages.map(({ text }) => text)).to.deep.equal([
        'I am nobody',
        'for Bob',
      ]);
      ada.session.dispatch({ kind: 'judge-participant', id, matches: true });
      await until(ada.session, ({ chat }) => chat.messages.some(({ text }) => text === 'believe me'));
      expect(ofMallory()).to.include({ protection: 'verified' });
    });

    it('say a message once, however often they say it', async () => {
      const ada = await first();
      const mallory = await letIn(ada);
      const frame = { ...goodFrames.message, text: 'once' };
      for (let count = 0; count < 3; count += 1) mallory.say(frame);
      mallory.say({ ...frame, text: 'changed' });
      await write(ada, mallory, 'end');
      expect(ada.session.snapshot.chat.messages.map(({ text }) => text)).to.deep.equal(['once', 'end']);
    });

    it('make nobody call the whole world', async () => {
      const ada = await first();
      const offers = new Set<string>();
      house.hub.onSignal = (signal) => {
        if (signal.kind === 'offer') offers.add(signal.to);
        return signal;
      };
      const mallory = await letIn(ada);
      offers.clear();
      for (let round = 0; round < 5; round += 1)
        mallory.say({
          kind: 'roster',
          door: false,
          peers: Array.from({ length: 64 }, (_, at) => `nobody-${round}-${at}`),
        });
      await write(ada, mallory, 'still here');
      while (offers.size === 0) await house.hub.settled();
      await house.hub.settled();
      expect(offers.size).to.be.below(65);
      expect(ada.sees()).to.equal('Mallory');
      expect(ada.session.snapshot.status).to.equal('connected');
    });

    it('that tell of nobody but ourselves make us call nobody', async () => {
      const ada = await first();
      const mallory = await letIn(ada);
      let offers = 0;
      house.hub.onSignal = (signal) => {
        offers += signal.kind === 'offer' ? 1 : 0;
        return signal;
      };
      mallory.say({ kind: 'roster', door: false, peers: [...ada.ids, mallory.peer] });
      await write(ada, mallory, 'still here');
      expect(offers).to.equal(0);
    });

    it('negotiate no other certificate', async () => {
      const ada = await first();
      const mallory = await letIn(ada);
      const error = nextFact(ada.session, 'error-raised');
      mallory.say({
        kind: 'description',
        type: 'offer',
        sdp: `v=0\r\na=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\n`,
      });
      expect((await error).code).to.equal('fingerprint-changed');
      await alone(ada);
    });
  });

  describe('before the pair is secure', () => {
    for (const withhold of ['confirm', 'fin', 'both'] as const) {
      it(`nothing passes: ${withhold === 'both' ? 'FIN and CONFIRM' : withhold.toUpperCase()} withheld`, async () => {
        const sent: (readonly [TrackSlot, boolean])[] = [];
        const watched: Wrap = (transport) => ({
          openServer: (options, sink) => transport.openServer(options, sink),
          createLink: (options, sink) => {
            const link = transport.createLink(options, sink);
            const sendTrack = link.sendTrack.bind(link);
            link.sendTrack = (permit, slot, track) => {
              sent.push([slot, track !== null]);
              return sendTrack(permit, slot, track);
            };
            return link;
          },
        });
        const ada = house.create('Ada', {}, watched);
        ada.session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
        await until(ada.session, ({ call }) => call.camera.status === 'open');
        ada.session.dispatch({ kind: 'join' });
        await alone(ada);
        const mallory = await call({ withhold });
        await mallory.secured;
        await mallory.link.sendTrack(asSecured(), 'video', ada.devices.tracks[0] ?? null);
        mallory.say({ ...goodFrames.profile, peer: mallory.peer });
        mallory.say(goodFrames.message);
        mallory.say(goodFrames['file-offer']);
        ada.session.dispatch({ kind: 'send-message', id: newId(), text: 'for friends' });
        await house.hub.settled();
        expect(sent).to.deep.equal([]);
        expect(mallory.frames).to.deep.equal([]);
        expect(ada.sees()).to.equal('');
        expect(ada.session.snapshot.chat.messages.map(({ delivery }) => delivery)).to.deep.equal(['waiting']);
        expect(ada.session.snapshot.files.transfers).to.deep.equal([]);
        expect(countOf(ada, 'participant-joined')).to.equal(0);
      });
    }

    it('a CONFIRM that is not the one due ends the pair', async () => {
      const ada = await first();
      for (const at of [1, 2, 33]) {
        const error = nextFact(ada.session, 'error-raised');
        const mallory = await call({ confirm: (genuine) => flip(genuine, at) });
        expect((await error).code).to.equal('confirm');
        await mallory.closed;
      }
      expect(countOf(ada, 'participant-joined')).to.equal(0);
      await meet(ada, house.enter('Bob'));
    });

    it('our own CONFIRM sent back ends the pair', async () => {
      const ada = await first();
      const error = nextFact(ada.session, 'error-raised');
      await call({ confirm: (genuine) => new Uint8Array([0x01, 0x72, ...genuine.slice(2)]) });
      expect((await error).code).to.equal('confirm');
    });

    it('someone with another secret who finds the door is not let in', async () => {
      const ada = await first();
      const [door = ''] = await doorsOf(house, ada);
      const error = nextFact(ada.session, 'error-raised');
      await call({ secret: new Uint8Array(32).fill(1), to: door });
      expect(await error).to.deep.equal({
        kind: 'error-raised',
        code: 'decrypt',
        fatal: false,
        from: undefined,
      });
      expect(ada.session.snapshot.status).to.equal('waiting');
    });

    it('a stranger who floods the door with calls keeps nobody out', async () => {
      const ada = await first();
      const [door = ''] = await doorsOf(house, ada);
      for (let count = 0; count < 50; count += 1)
        await call({ secret: new Uint8Array(32).fill(1), to: door });
      await meet(ada, house.enter('Bob'));
    });
  });

  describe('the server', () => {
    const kinds = ['offer', 'answer', 'candidate'] as const;

    for (const kind of kinds) {
      it(`flips a bit in the first ${kind} of each: that one is refused, and they meet by another`, async () => {
        const ada = await first();
        const spoiled = new Set<string>();
        house.hub.onSignal = (signal) => {
          if (signal.kind !== kind || spoiled.has(signal.from)) return signal;
          spoiled.add(signal.from);
          return { ...signal, bytes: flip(signal.bytes, 40) };
        };
        const bob = house.enter('Bob');
        await meet(ada, bob);
        expect(spoiled.size).to.be.at.least(1);
        for (const someone of [ada, bob]) {
          expect(countOf(someone, 'participant-joined')).to.equal(1);
          expect(someone.facts.some((fact) => fact.kind === 'error-raised' && fact.fatal)).to.equal(false);
        }
      });
    }

    it('delivers everything twice: nothing happens twice', async () => {
      const twice = wrapTransport({
        server: (event, pass) => {
          pass(event);
          if (event.kind === 'signal') pass(event);
        },
      });
      const ada = await first('Ada', twice);
      const bob = house.enter('Bob', {}, twice);
      await meet(ada, bob);
      await house.hub.settled();
      for (const someone of [ada, bob]) {
        expect(countOf(someone, 'participant-joined')).to.equal(1);
        expect(countOf(someone, 'participant-left')).to.equal(0);
        expect(someone.session.snapshot.status).to.equal('connected');
      }
    });

    it('delivers the answer after the candidates that follow it: they meet', async () => {
      const ada = await first();
      const held: (() => void)[] = [];
      const bob = house.enter(
        'Bob',
        {},
        wrapTransport({
          server: (event, pass) => {
            if (event.kind === 'signal' && event.signal.kind === 'answer') held.push(() => pass(event));
            else {
              pass(event);
              for (const deliver of held.splice(0)) deliver();
            }
          },
        }),
      );
      await meet(ada, bob);
    });

    it('replays the signals of a call that is over: nobody comes of it', async () => {
      const ada = await first();
      const recorded: RelayedSignal[] = [];
      house.hub.onSignal = (signal) => {
        recorded.push(signal);
        return signal;
      };
      const bob = house.enter('Bob');
      await meet(ada, bob);
      bob.session.dispatch({ kind: 'leave' });
      await alone(ada);
      house.hub.onSignal = undefined;
      await replay(
        house,
        recorded.filter(({ from }) => bob.ids.includes(from)),
      );
      expect(countOf(ada, 'participant-joined')).to.equal(1);
      expect(ada.session.snapshot).to.deep.include({ status: 'waiting', people: [] });
      await meet(ada, house.enter('Cyd'));
    });

    it('replays the signals of a call that goes on, and sends ours back: nothing changes', async () => {
      const ada = await first();
      const recorded: RelayedSignal[] = [];
      house.hub.onSignal = (signal) => {
        recorded.push(signal);
        return signal;
      };
      const bob = house.enter('Bob');
      await meet(ada, bob);
      await house.hub.settled();
      house.hub.onSignal = undefined;
      const before = [ada.session.snapshot.people, bob.session.snapshot.people];
      await replay(house, [
        ...recorded,
        ...recorded.map((signal) => ({ ...signal, from: signal.to, to: signal.from })),
      ]);
      expect([ada.session.snapshot.people, bob.session.snapshot.people]).to.deep.equal(before);
      bob.session.dispatch({ kind: 'send-message', id: newId(), text: 'fine here' });
      await until(ada.session, ({ chat }) => chat.messages.length === 1);
    });

    it('says of a signal that someone else sent it: it is not believed', async () => {
      const ada = await first();
      let bent = 0;
      house.hub.onSignal = (signal) => {
        if (signal.kind !== 'offer' || bent > 0) return signal;
        bent += 1;
        return { ...signal, from: 'someone-else' };
      };
      const bob = house.enter('Bob');
      const error = await nextFact(ada.session, 'error-raised');
      expect(error).to.include({ code: 'decrypt', fatal: false });
      await meet(ada, bob);
    });

    it('makes up signals to someone who is in a call: nothing changes', async () => {
      const ada = await first();
      const recorded: RelayedSignal[] = [];
      house.hub.onSignal = (signal) => {
        recorded.push(signal);
        return signal;
      };
      const bob = house.enter('Bob');
      await meet(ada, bob);
      house.hub.onSignal = undefined;
      const before = ada.session.snapshot.people;
      const junk = [
        new Uint8Array(),
        new Uint8Array([1]),
        new Uint8Array([2, 2, 2]),
        new Uint8Array([3]),
        new Uint8Array(5_000),
      ];
      const made = recorded.flatMap((signal) =>
        kinds.flatMap((kind) => junk.map((bytes) => ({ ...signal, kind, bytes }))),
      );
      await replay(house, made);
      expect(ada.session.snapshot.people).to.equal(before);
      expect(ada.session.snapshot.status).to.equal('connected');
    });
  });
});

/** The ids a machine holds at the server besides its own: the room's door. */
async function doorsOf(house: House, someone: Someone): Promise<readonly string[]> {
  const seen: string[] = [];
  house.hub.onSignal = (signal) => {
    seen.push(signal.to);
    return undefined;
  };
  const probe = await createMallory({ transport: house.hub.transport(), room: 'hello', secret });
  await house.hub.settled();
  probe.close();
  house.hub.onSignal = undefined;
  return seen.filter((id) => !someone.ids.includes(id));
}

/** Sends recorded signals again, as a server can: under the name of whoever sent them first. */
async function replay(house: House, signals: readonly RelayedSignal[]): Promise<void> {
  const queue = [...signals];
  const lifetime = new AbortController();
  const transport = house.hub.transport();
  house.hub.onSignal = (signal) => (signal.to === 'replay' ? queue.shift() : signal);
  await new Promise<void>((resolve) => {
    const server = transport.openServer(
      { server: 'loopback:', id: newId(), token: newId(), signal: lifetime.signal },
      (event) => {
        if (event.kind !== 'opened') return;
        for (const { bytes } of signals) server.send('offer', 'replay', newId(), asSealed(bytes));
        resolve();
      },
    );
  });
  await house.hub.settled();
  house.hub.onSignal = undefined;
  lifetime.abort();
}
