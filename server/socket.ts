// takes upgrade requests, gives registered sockets, and their frames to the relay.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { openFrame, parseSignal, refusalFrame } from '../src/protocol/signaling.ts';
import { senderOf } from './address.ts';
import { admit } from './admission.ts';
import { SocketClient } from './client.ts';
import type { ServerConfig } from './config.ts';
import type { Mailbox } from './mailbox.ts';
import type { Observer, TurnedAway } from './observer.ts';
import type { Client, Realm } from './realm.ts';
import { relay } from './relay.ts';
import type { Senders } from './senders.ts';
import { refuseUpgrade } from './upgrade.ts';

export interface SocketDoorOptions {
  readonly config: ServerConfig;
  readonly realm: Realm;
  readonly mailbox: Mailbox;
  readonly senders: Senders;
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
} as const satisfies Partial<Record<TurnedAway, number>>;

export function openSocketDoor({ config, realm, mailbox, senders, observer }: SocketDoorOptions): SocketDoor {
  const { limits } = config;
  const paths = new Set<string>();
  const options = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    closeTimeout: limits.closeTimeoutMs,
  };
  const sockets = new WebSocketServer(options);
  const open = new Set<WebSocket>();
  let isClosing = false;

  /** Why a request is turned away before its handshake. */
  function objection(request: IncomingMessage, query: URLSearchParams): keyof typeof statusOf | undefined {
    if (isClosing) return 'closing';
    const { origin } = request.headers;
    if (config.origins && origin !== undefined && !config.origins.has(origin)) return 'origin';
    const sender = senders.of(senderOf(request, config.proxies));
    if (!sender.connects.take()) return 'too-many-requests';
    // A reload takes back its own place, however full the house is.
    const isReturning = realm.get(last(query, 'id'))?.token === last(query, 'token');
    return sender.sockets.isFull && !isReturning ? 'too-many-sockets' : undefined;
  }

  function welcome(socket: WebSocket, request: IncomingMessage): void {
    const query = queryOf(request);
    const sender = senders.of(senderOf(request, config.proxies));
    const leave = sender.sockets.enter();
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      leave();
    });
    // A frame that breaks the protocol or the size limit: ws closes that socket, nobody else hears of it.
    socket.on('error', () => {});
    const admission = admit(query, realm, config);
    if (admission.kind === 'refused') {
      observer.turnedAway(admission.refusal);
      socket.send(refusalFrame(admission.refusal));
      socket.close();
      return;
    }
    const { id, token } = admission;
    const stream = request.socket;
    const client = new SocketClient({
      socket,
      stream,
      id,
      token,
      limits,
      sender,
      onFrame: take,
      onClose: forget,
      onCutOff: observer.cutOff,
    });
    const replaced = realm.set(client);
    client.send(openFrame);
    for (const frame of mailbox.take(id)) client.send(frame);
    replaced?.close();
    observer.opened(client, replaced);
  }

  function take(from: Client, frame: string | Uint8Array): boolean {
    const parsed = parseSignal(frame);
    observer.received(from, frame);
    if (parsed.ok) relay({ realm, mailbox, observer }, from, parsed.value);
    else observer.unreadable(from, parsed.reason);
    // A type that we do not know may be one of a later client: it is ignored, not held against its sender.
    return parsed.ok || parsed.reason === 'unknown-type';
  }

  function forget(client: Client): void {
    if (realm.delete(client)) observer.closed(client);
  }

  return {
    upgrade(request, socket, head) {
      if (!paths.has(pathOf(request))) return false;
      socket.on('error', () => socket.destroy());
      const reason = objection(request, queryOf(request));
      if (reason) {
        observer.turnedAway(reason);
        refuseUpgrade(socket, statusOf[reason]);
      } else sockets.handleUpgrade(request, socket, head, welcome);
      return true;
    },
    mount(prefix) {
      // The last segment is the word `peerjs`, whatever the key is; exactly this path, as stock clients build it.
      paths.add(`${prefix.replace(/\/+$/, '')}${config.path}peerjs`);
    },
    adopt(socket, request) {
      const reason = objection(request, queryOf(request));
      if (!reason) return welcome(socket, request);
      observer.turnedAway(reason);
      socket.on('error', () => {});
      socket.close(1008);
    },
    async close() {
      isClosing = true;
      const leaving = [...open];
      const closed = leaving.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of leaving) {
        socket.resume();
        socket.close(1001); // going away (RFC 6455, 7.4.1)
      }
      const cutOff = setTimeout(() => {
        for (const socket of leaving) socket.terminate();
      }, limits.closeTimeoutMs);
      await Promise.all(closed);
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}

const last = (query: URLSearchParams, name: string) => query.getAll(name).at(-1) ?? '';
const pathOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? '';
const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.slice(pathLength(url)));
const pathLength = (url: string) => (url.includes('?') ? url.indexOf('?') + 1 : url.length);
