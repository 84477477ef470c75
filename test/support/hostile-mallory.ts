// takes signals that a hostile server hands over, gives those of Mallory: handshakes and WebRTC of her own on both legs.
// Runs in a page of its own, made of the kit's sources; see hostile-room.ts.

import type { Bytes } from '../../src/core/brand.ts';
import { openIdentity } from '../../src/core/crypto/identity-open.ts';
import { createInitiator, createResponder } from '../../src/core/crypto/handshake.ts';
import type {
  HandshakeContext,
  InitiatorReady,
  Responder,
  ResponderReady,
} from '../../src/core/crypto/handshake-types.ts';
import { roomKeys } from '../../src/core/crypto/kdf.ts';
import { loadSodium } from '../../src/core/crypto/sodium.ts';
import { ReformsError, type Result } from '../../src/core/errors.ts';
import type { PairEvent } from '../../src/core/session/pair-types.ts';
import { createPair } from '../../src/core/session/pair.ts';
import { createPeerjsTransport } from '../../src/core/transport/peerjs.ts';
import type { SignalKind } from '../../src/core/transport/port.ts';

/** A signal as it crosses between the page and the test: `rf1` as a list of bytes. */
export interface PageWire {
  readonly type: 'OFFER' | 'ANSWER' | 'CANDIDATE';
  readonly src: string;
  readonly dst: string;
  readonly c: string;
  readonly bytes: readonly number[];
}

/** What Mallory has to work with: the room's name, as in a room without a secret; the topic, which the server sees anyway. */
export interface Knowledge {
  readonly room: string;
  /** The 16 bytes behind the room's id at the server. */
  readonly topic: readonly number[];
}

declare global {
  interface Window {
    send(wire: PageWire): Promise<void>;
    mallory: Mallory;
  }
}

export interface Mallory {
  /** Terminates everything: DTLS on both legs, and passes on what she reads. */
  sitBetween(knowledge: Knowledge): Promise<void>;
  /**
   * Shakes hands with both, but lets their DTLS meet: each is told the other's fingerprint as hers (RFC 8844). With
   * `swap` each is told a fingerprint that is nobody's.
   */
  shareKeys(knowledge: Knowledge, swap: boolean): Promise<void>;
  take(wire: PageWire): void;
  /** What happened on the legs, in words: `near secured`, `far ended decrypt`. */
  readonly log: string[];
  /** Texts she has read. */
  readonly read: string[];
}

const kinds: Readonly<Record<PageWire['type'], SignalKind>> = {
  OFFER: 'offer',
  ANSWER: 'answer',
  CANDIDATE: 'candidate',
};
const types = { offer: 'OFFER', answer: 'ANSWER', candidate: 'CANDIDATE' } as const;

const log: string[] = [];
const read: string[] = [];
/** One call between two people, by its connection id. */
const calls = new Map<string, (wire: PageWire) => void>();
let begin: (wire: PageWire) => (wire: PageWire) => void = () => () => {};

/** Mallory lets everything flow, and has no credential. */
const careless = { admitted: true, credential: undefined };
const lifetime = new AbortController();
const sodium = await loadSodium();
const transport = createPeerjsTransport();

async function means({ room, topic }: Knowledge) {
  const keys = roomKeys(sodium, { room, secret: undefined });
  const identity = await openIdentity(sodium, {
    mode: 'ephemeral',
    topic: keys.topic,
    signal: lifetime.signal,
  });
  return { identity, room: { ...keys, topic: new Uint8Array(topic) } };
}

async function sitBetween(knowledge: Knowledge): Promise<void> {
  const { identity, room } = await means(knowledge);
  begin = ({ src, dst, c }) => {
    /** Towards the one who calls she is the called one, and the other way round. */
    const leg = (name: 'near' | 'far', role: 'responder' | 'initiator', self: string, victim: string) =>
      createPair({
        ...careless,
        role,
        localPeer: self,
        remotePeer: victim,
        connectionId: c,
        sodium,
        identity,
        room,
        createLink: (options, sink) => ({
          link: transport.createLink({ ...options, iceServers: [], relayOnly: false }, sink),
          offered: undefined,
        }),
        sendSignal: (kind, bytes) => {
          void window.send({ type: types[kind], src: self, dst: victim, c, bytes: [...bytes] });
          return true;
        },
        track: () => null,
        report: (event) => hear(name, event),
        signal: lifetime.signal,
      });
    const near = leg('near', 'responder', dst, src);
    const far = leg('far', 'initiator', src, dst);
    const waiting: (() => void)[] = [];
    const whenBoth = (act: () => void): void => {
      waiting.push(act);
      if (near.secured && far.secured) for (const next of waiting.splice(0)) next();
    };
    function hear(name: 'near' | 'far', event: PairEvent): void {
      const other = name === 'near' ? far : near;
      if (event.kind === 'secured')
        whenBoth(() => {
          const [audio = null] = event.stream.getAudioTracks();
          const [video = null] = event.stream.getVideoTracks();
          other.sendTrack('audio', audio);
          other.sendTrack('video', video);
        });
      if (event.kind !== 'frame')
        log.push(event.kind === 'ended' ? `${name} ended ${event.code}` : `${name} ${event.kind}`);
      else {
        if (event.frame.kind === 'message') read.push(event.frame.text);
        whenBoth(() => other.send(event.frame));
      }
    }
    return (wire) =>
      (wire.src === src ? near : far).receiveSignal(kinds[wire.type], new Uint8Array(wire.bytes));
  };
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new ReformsError(result.reason);
  return result.value;
};

const foreign = (sdp: string): string =>
  sdp.replace(
    /(a=fingerprint:sha-256 )(.{2})/g,
    (_, name: string, first: string) => name + (first === '00' ? '11' : '00'),
  );

async function shareKeys(knowledge: Knowledge, swap: boolean): Promise<void> {
  const { identity, room } = await means(knowledge);
  const seen = swap ? foreign : (sdp: string) => sdp;
  begin = ({ src, dst, c }) => {
    const context: HandshakeContext = {
      sodium,
      identity,
      room,
      initiatorPeerId: src,
      responderPeerId: dst,
      connectionId: c,
      kind: 'call',
    };
    const send = (type: PageWire['type'], from: string, to: string, bytes: Uint8Array): void =>
      void window.send({ type, src: from, dst: to, c, bytes: [...bytes] });
    let caller: Responder;
    let near: ResponderReady | undefined;
    let far: InitiatorReady | undefined;
    let readAnswer: (bytes: Bytes) => Promise<Result<InitiatorReady>>;
    const late: PageWire[] = [];

    async function step(wire: PageWire): Promise<void> {
      const bytes = new Uint8Array(wire.bytes);
      if (wire.type === 'OFFER') {
        caller = valueOf(await createResponder(context, bytes));
        const { offer, machine } = await createInitiator(context, { sdp: seen(caller.sdp) });
        readAnswer = (answer) => machine.readAnswer(answer);
        return send('OFFER', src, dst, offer);
      }
      if (wire.type === 'ANSWER') {
        far = valueOf(await readAnswer(bytes));
        near = await caller.answer({ sdp: seen(far.sdp) });
        send('CANDIDATE', src, dst, far.fin);
        send('ANSWER', dst, src, near.answer);
        for (const early of late.splice(0)) await step(early);
        return;
      }
      if (near === undefined || far === undefined) return void late.push(wire);
      if (bytes[0] === 0x02)
        return void log.push(near.readFin(bytes).ok ? 'near authenticated' : 'near refused');
      const [from, to] = wire.src === src ? ([near, far] as const) : ([far, near] as const);
      const plain = bytes[0] === 0x03 ? caller.openEarlyCandidate(bytes) : from.signal.open(bytes);
      if (plain.ok) send('CANDIDATE', wire.src, wire.dst, to.signal.seal(plain.value));
    }
    let work = Promise.resolve();
    return (wire) => {
      work = work.then(() => step(wire)).catch((error: unknown) => void log.push(String(error)));
    };
  };
}

window.mallory = {
  sitBetween,
  shareKeys,
  take(wire) {
    if (wire.type === 'OFFER' && !calls.has(wire.c)) calls.set(wire.c, begin(wire));
    calls.get(wire.c)?.(wire);
  },
  log,
  read,
};
