// takes options, gives a signaling server that runs until it is closed.

import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { resolveConfig, type ServerOptions } from './config.ts';
import { ServerError } from './errors.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createRoutes, notFound } from './http.ts';
import { type Address, addressOf, listen } from './listen.ts';
import { Mailbox } from './mailbox.ts';
import { Realm } from './realm.ts';
import { tellExpired } from './relay.ts';
import { type Reply, writeReply } from './reply.ts';
import { openSocketDoor } from './socket.ts';

export type { ServerConfig, ServerOptions } from './config.ts';
export { ServerError, type ServerErrorCode } from './errors.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { Address } from './listen.ts';

export interface SignalingServer {
  /** Resolves when the server listens; rejects with a `ServerError` when it cannot. */
  readonly ready: Promise<Address>;
  /** Where it listens; undefined before and after. */
  readonly address: Address | undefined;
  /** Ends every socket and timer; afterwards nothing of it keeps the process alive. May be called at any time, and again. */
  close(): Promise<void>;
}

/**
 * A PeerJS-compatible signaling server that also serves the kit. It keeps nothing about people beyond their sockets.
 * @throws {ServerError} `unknown-option`, `bad-option`, `tls-files`
 */
export function createSignalingServer(options: ServerOptions = {}): SignalingServer {
  const config = resolveConfig(options);
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const realm = new Realm(config.generateClientId);
  const mailbox = new Mailbox({
    expireTimeoutMs: config.expireTimeoutMs,
    limits: config.limits,
    onExpire: (expired) => tellExpired(realm, expired),
    signal,
  });
  const door = openSocketDoor({ config, realm, mailbox });
  const routes = createRoutes(config, realm);
  startHeartbeat({
    clients: () => realm.clients(),
    pingIntervalMs: config.pingIntervalMs,
    silenceMs: config.silenceMs,
    onGone: (client) => realm.delete(client),
    signal,
  });

  const server = config.server ?? createServer();
  const connections = new Set<Socket>();

  function createServer(): Server {
    try {
      return config.tls ? createHttpsServer(config.tls) : createHttpServer();
    } catch {
      throw new ServerError('tls-files', 'the TLS key and certificate cannot be used');
    }
  }

  /** Whether somebody else listens for the same event, and may know what to do with what is not ours. */
  const isShared = (event: 'request' | 'upgrade') => server.listenerCount(event) > 1;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply: Reply | undefined = await routes(request);
      if (response.headersSent || (!reply && isShared('request'))) return;
      await writeReply(request, response, reply ?? notFound(request, config));
    } catch {
      config.onError(new ServerError('internal', 'a request could not be answered'));
      response.destroy();
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (door.upgrade(request, socket, head) || isShared('upgrade')) return;
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const onConnection = (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  };
  server.on('request', onRequest);
  server.on('upgrade', upgrade);
  if (!config.server) server.on('connection', onConnection);

  const ready = listen(server, config, signal);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    lifetime.abort();
    // A start that failed has said so to whoever waits for `ready`.
    await ready.catch(() => undefined);
    await door.close();
    server.off('request', onRequest);
    server.off('upgrade', upgrade);
    if (config.server || !server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.destroy();
    await closed;
  }

  return {
    ready,
    get address() {
      return signal.aborted ? undefined : addressOf(server);
    },
    close: () => (closing ??= close()),
  };
}
