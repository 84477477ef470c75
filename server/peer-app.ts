// takes what happens in a signaling server, gives the events and the shape of a PeerServer: an Express app, as far as Express looks.

import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Observer } from './observer.ts';
import type { Client } from './realm.ts';

/** A peer as listeners see it. It stays the same one when the peer comes back with its token. */
export interface IClient {
  getId(): string;
  getToken(): string;
  getSocket(): WebSocket | null;
  setSocket(socket: WebSocket | null): void;
  /** When the last HEARTBEAT came, in milliseconds since 1970. */
  getLastPing(): number;
  setLastPing(lastPing: number): void;
  send<T>(data: T): void;
}

/** A message as it came in, its `src` already stamped. */
export interface IMessage {
  readonly type: string;
  readonly src: string;
  readonly dst: string;
  readonly payload?: unknown;
}

/** `error` also tells of what one peer did wrong; without a listener nobody is told, and nothing ends. */
export interface PeerServerEvents {
  on(event: 'connection' | 'disconnect', listener: (client: IClient) => void): this;
  on(event: 'message', listener: (client: IClient, message: IMessage) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

/** Whatever listener an EventEmitter takes. */
type Listener = Parameters<EventEmitter['on']>[1];

/** What `app.use()` of Express 4 and 5, `http.createServer()` and listeners need of it. */
export interface PeerServerApp extends PeerServerEvents {
  (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void;
  handle(request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void;
  once(event: string, listener: Listener): this;
  off(event: string, listener: Listener): this;
  addListener(event: string, listener: Listener): this;
  removeListener(event: string, listener: Listener): this;
  emit(event: string, ...args: readonly unknown[]): boolean;
  listenerCount(event: string): number;
  /** Express settings, of which this has none. */
  set(name: string, value?: unknown): this;
  /** Where Express has mounted it, and in what. */
  mountpath: string | readonly string[];
  parent: { path(): string } | undefined;
  /** The whole path it is mounted at. */
  path(): string;
  /** Ends sockets and timers. The HTTP server is its owner's. */
  close(): Promise<void>;
}

/** Characters of a HEARTBEAT at most: `{"type":"HEARTBEAT"}` and some blanks. Longer frames are read for listeners only. */
const maxHeartbeat = 64;

class PeerClient implements IClient {
  #client: Client;
  #socket: WebSocket | null;
  #lastPing = Date.now();

  constructor(client: Client) {
    this.#client = client;
    this.#socket = client.socket;
  }

  follow(client: Client): void {
    this.#client = client;
    this.#socket = client.socket;
  }

  getId = () => this.#client.id;
  getToken = () => this.#client.token;
  getSocket = () => this.#socket;
  getLastPing = () => this.#lastPing;

  setSocket(socket: WebSocket | null): void {
    this.#socket = socket;
  }

  setLastPing(lastPing: number): void {
    this.#lastPing = lastPing;
  }

  send<T>(data: T): void {
    if (this.#socket) this.#client.send(JSON.stringify(data));
  }
}

/** Tells the emitter what happens, in PeerServer's words. */
export function eventsOf(emitter: EventEmitter): Observer {
  const peers = new WeakMap<Client, PeerClient>();

  /** A listener that throws must not stop the socket it was told about. */
  function tell(event: string, ...args: readonly unknown[]): void {
    try {
      emitter.emit(event, ...args);
    } catch (error) {
      if (event !== 'error' && emitter.listenerCount('error') > 0) tell('error', error);
      else
        queueMicrotask(() => {
          throw error;
        });
    }
  }

  return {
    opened(client, replaced) {
      const known = replaced && peers.get(replaced);
      known?.follow(client);
      const peer = known ?? new PeerClient(client);
      peers.set(client, peer);
      tell('connection', peer);
    },
    received(client, frame) {
      const peer = peers.get(client);
      const isHeard = emitter.listenerCount('message') > 0 || emitter.listenerCount('error') > 0;
      if (!peer || (!isHeard && frame.length > maxHeartbeat)) return;
      try {
        const message: unknown = JSON.parse(
          typeof frame === 'string' ? frame : Buffer.from(frame).toString(),
        );
        if (typeof message !== 'object' || message === null)
          throw new TypeError('a message must be an object');
        if ('type' in message && message.type === 'HEARTBEAT') peer.setLastPing(Date.now());
        tell('message', peer, { ...message, src: client.id });
      } catch (error) {
        if (emitter.listenerCount('error') > 0) tell('error', error);
      }
    },
    closed(client) {
      const peer = peers.get(client);
      if (!peer) return;
      peer.setSocket(null);
      tell('disconnect', peer);
    },
  };
}

export interface AppParts {
  readonly emitter: EventEmitter;
  readonly answer: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Express takes a function with `handle` and `set` for an app: it sets `mountpath` and `parent`, then emits `mount`. */
export function createApp({ emitter, answer, close }: AppParts): PeerServerApp {
  const handle = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) =>
    answer(request, response, next);
  const app: PeerServerApp = Object.assign(
    (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) =>
      handle(request, response, next),
    {
      handle,
      mountpath: '/' as string | readonly string[],
      parent: undefined as { path(): string } | undefined,
      path: () => {
        const { mountpath, parent } = app;
        const own = typeof mountpath === 'string' ? mountpath : (mountpath[0] ?? '');
        return parent ? parent.path() + own : '';
      },
      set: () => app,
      on: (event: string, listener: Listener) => (emitter.on(event, listener), app),
      once: (event: string, listener: Listener) => (emitter.once(event, listener), app),
      off: (event: string, listener: Listener) => (emitter.off(event, listener), app),
      addListener: (event: string, listener: Listener) => (emitter.on(event, listener), app),
      removeListener: (event: string, listener: Listener) => (emitter.off(event, listener), app),
      emit: (event: string, ...args: readonly unknown[]) => emitter.emit(event, ...args),
      listenerCount: (event: string) => emitter.listenerCount(event),
      close,
    },
  );
  return app;
}
