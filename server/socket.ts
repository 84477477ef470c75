// takes upgrade requests, gives registered sockets, and their frames to the relay.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { openFrame, parseSignal, type Refusal, refusalFrame } from '../src/protocol/signaling.ts';
import { senderOf } from './address.ts';
import { admissionToken, admit, isReturning, last } from './admission.ts';
import { type Auth, type Denial, denialOf, type Grant } from './auth.ts';
import { type ClientOptions, SocketClient } from './client.ts';
import type { Commons } from './cluster/commons.ts';
import type { ServerConfig } from './config.ts';
import { keep, type Keeper, Line } from './line.ts';
import type { Mailbox } from './mailbox.ts';
import type { Observer, TurnedAway } from './observer.ts';
import type { Client, Realm } from './realm.ts';
import { relay } from './relay.ts';
import type { Sender, Senders } from './senders.ts';
import { refuseUpgrade } from './upgrade.ts';

export interface SocketDoorOptions {
  readonly config: ServerConfig;
  readonly realm: Realm;
  readonly mailbox: Mailbox;
  readonly senders: Senders;
  /** Undefined: everybody may come. */
  readonly auth: Auth | undefined;
  /** Undefined where there is only one instance. */
  readonly commons: Commons | undefined;
  readonly observer: Required<Observer>;
}

export interface SocketDoor {
  /** Takes an upgrade request if its path is ours; gives false, untouched, if it is not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Takes requests below a further path, which begins with `/` or is empty; the own path is added to it. */
  mount(prefix: string): void;
  /** Takes a socket whose handshake somebody else has done. */
  adopt(socket: WebSocket, request: IncomingMessage): void;
  /** Says goodbye to every socket, cuts off those that do not answer, and resolves when none is left. */
  close(): Promise<void>;
}

/** What a WebSocket request is answered instead of 101. */
const statusOf = {
  'closing': 503,
  'origin': 403,
  'too-many-requests': 429,
  'too-many-sockets': 429,
  'not-admitted': 401,
  'not-allowed': 403,
} as const satisfies Partial<Record<TurnedAway, number>>;

/** Admitted with a grant, or without one where none is needed; or why not. */
type Passport =
  | { readonly grant: Grant | undefined; readonly denial?: never }
  | { readonly denial: Denial; readonly isForged: boolean };

/** A request for a WebSocket, what it asks for and who asks. */
interface Knock {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly sender: Sender;
}

/** A socket that may have its id, if nobody else on another instance has it. */
type Arrival = Pick<ClientOptions, 'socket' | 'stream' | 'isStreamOurs' | 'sender' | 'admitted'>;

export function openSocketDoor({
  config,
  realm,
  mailbox,
  senders,
  auth,
  commons,
  observer,
}: SocketDoorOptions): SocketDoor {
  const { limits } = config;
  const paths = new Set<string>();
  const options = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    closeTimeout: limits.closeTimeoutMs,
    clientTracking: false,
    WebSocket: Line,
  };
  const sockets = new WebSocketServer(options);
  /** Sockets that have no place yet, or are not given one. */
  const strangers = new Map<WebSocket, Sender>();
  const strange: Keeper = {
    heardMessage: ignore,
    heardPing: ignore,
    heardPong: ignore,
    heardClose(socket) {
      strangers.get(socket)?.sockets.leave();
      strangers.delete(socket);
    },
  };
  const leaving = new Set<WebSocket>();
  const pace = { perSecond: limits.framesPerSecond, burst: limits.frameBurst };
  const house = { limits, pace, leaving, onFrame: take, onClose: forget, onCutOff: observer.cutOff };
  let isClosing = false;

  const knockOf = (request: IncomingMessage): Knock => ({
    request,
    query: queryOf(request),
    sender: senders.of(senderOf(request, config.proxies)),
  });

  /** Why a request is turned away before anything about it is looked up. */
  function objection({ request, sender }: Knock): keyof typeof statusOf | undefined {
    if (isClosing) return 'closing';
    const { origin } = request.headers;
    if (config.origins && origin !== undefined && !config.origins.has(origin)) return 'origin';
    return sender.connects.take() ? undefined : 'too-many-requests';
  }

  async function inspect(ring: Auth, query: URLSearchParams): Promise<Passport> {
    const verdict = await ring.verify(admissionToken(query));
    if (!verdict.ok) return { denial: verdict.denial, isForged: verdict.denial !== 'role' };
    const asked = { id: last(query, 'id'), room: last(query, 'room') || undefined };
    const denial = denialOf(verdict.grant, asked);
    return denial ? { denial, isForged: false } : { grant: verdict.grant };
  }

  function turnAway(socket: Duplex, reason: keyof typeof statusOf, denial?: Denial): void {
    observer.turnedAway(reason);
    refuseUpgrade(socket, statusOf[reason], denial);
  }

  function pass(knock: Knock, socket: Duplex, head: Buffer, passport: Passport): void {
    if (passport.denial) {
      turnAway(socket, passport.isForged ? 'not-admitted' : 'not-allowed', passport.denial);
      return;
    }
    const { grant } = passport;
    const { request, query, sender } = knock;
    // A reload takes back its own place, however full the house is.
    if (isClosing) turnAway(socket, 'closing');
    else if (sender.sockets.isFull && !isReturning(query, realm, grant)) turnAway(socket, 'too-many-sockets');
    else
      sockets.handleUpgrade(request, socket, head, (line) => {
        socket.off('error', destroy);
        welcome(line, knock, grant, true);
      });
  }

  function welcome(
    socket: WebSocket,
    { request, query, sender }: Knock,
    grant: Grant | undefined,
    isStreamOurs: boolean,
  ): void {
    sender.sockets.enter();
    strangers.set(socket, sender);
    keep(socket, strange);
    const admission = admit(query, realm, config, grant, commons?.size);
    if (admission.kind === 'refused') refuse(socket, admission.refusal);
    else {
      const arrival = { socket, stream: request.socket, isStreamOurs, sender, admitted: admission };
      if (commons) void claimFirst(commons, arrival);
      else register(arrival, undefined);
    }
  }

  function refuse(socket: WebSocket, refusal: Refusal): void {
    observer.turnedAway(refusal);
    socket.send(refusalFrame(refusal));
    socket.close();
  }

  /** Other instances have a say in who gets an id; meanwhile the socket is not read, so that nothing it says is lost. */
  async function claimFirst(all: Commons, arrival: Arrival): Promise<void> {
    const { socket, admitted } = arrival;
    socket.pause();
    const claim = await all.claim(admitted);
    socket.resume();
    const { place } = admitted;
    if (claim === undefined) refuse(socket, 'id-taken');
    else if (socket.readyState === socket.OPEN) register(arrival, claim);
    else all.release({ place, claim });
  }

  function register(arrival: Arrival, claim: string | undefined): void {
    strangers.delete(arrival.socket);
    const client = new SocketClient({ ...arrival, house, claim });
    const replaced = realm.set(client);
    client.send(openFrame);
    for (const frame of mailbox.take(client.place)) client.send(frame);
    replaced?.close();
    observer.opened(client, replaced);
  }

  function take(from: Client, frame: string | Uint8Array): boolean {
    const parsed = parseSignal(frame);
    observer.received(from, frame);
    if (parsed.ok) relay({ realm, mailbox, observer, commons }, from, parsed.value);
    else observer.unreadable(from, parsed.reason);
    // A type that we do not know may be one of a later client: it is ignored, not held against its sender.
    return parsed.ok || parsed.reason === 'unknown-type';
  }

  function forget(client: Client): void {
    if (!realm.delete(client)) return;
    commons?.release(client);
    observer.closed(client);
  }

  return {
    upgrade(request, socket, head) {
      if (!paths.has(pathOf(request))) return false;
      socket.on('error', destroy);
      const knock = knockOf(request);
      const reason = objection(knock);
      if (reason) turnAway(socket, reason);
      else if (!auth) pass(knock, socket, head, { grant: undefined });
      else void inspect(auth, knock.query).then((passport) => pass(knock, socket, head, passport));
      return true;
    },
    mount(prefix) {
      // The last segment is the word `peerjs`, whatever the key is; exactly this path, as stock clients build it.
      paths.add(`${prefix.replace(/\/+$/, '')}${config.path}peerjs`);
    },
    adopt(socket, request) {
      const knock = knockOf(request);
      const reason = objection(knock);
      if (!reason) return welcome(socket, knock, undefined, false);
      observer.turnedAway(reason);
      socket.on('error', ignore);
      socket.close(1008);
    },
    async close() {
      isClosing = true;
      const here = [...realm.clients()].map(({ socket }) => socket);
      const all = new Set([...strangers.keys(), ...here, ...leaving]);
      const closed = [...all].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of all) {
        socket.resume();
        socket.close(1001); // going away (RFC 6455, 7.4.1)
      }
      const cutOff = setTimeout(() => {
        for (const socket of all) socket.terminate();
      }, limits.closeTimeoutMs);
      await Promise.all(closed);
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}

function destroy(this: Duplex): void {
  this.destroy();
}

function ignore(): void {}

const pathOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? '';
const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.slice(pathLength(url)));
const pathLength = (url: string) => (url.includes('?') ? url.indexOf('?') + 1 : url.length);
