// takes options, gives a signaling server that runs until it is closed.

import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { senderOf } from './address.ts';
import { resolveConfig } from './config.ts';
import { createCore } from './core.ts';
import { ServerError } from './errors.ts';
import { type Address, addressOf, listen } from './listen.ts';
import type { ServerOptions } from './options.ts';
import type { Room } from './senders.ts';
import { followTlsFiles, readTlsFiles } from './tls-files.ts';
import { refuseUpgrade } from './upgrade.ts';

export type { ServerConfig } from './config.ts';
export type { AdmissionOptions, ServerOptions } from './options.ts';
export { ServerError, type ServerErrorCode } from './errors.ts';
export type { IceAnswer, IceOptions, IceServer } from './ice.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { Address } from './listen.ts';
export type { CorsOptions, CorsOrigin } from './cors.ts';
export type { IClient, IMessage, PeerServerApp, PeerServerEvents } from './peer-app.ts';
export type { IConfig } from './peer-options.ts';
export { ExpressPeerServer, PeerServer } from './peer-server.ts';

export interface SignalingServer {
  /** Resolves when the server listens; rejects with a `ServerError` when it cannot. */
  readonly ready: Promise<Address>;
  /** Where it listens; undefined before and after. */
  readonly address: Address | undefined;
  /** Reads the TLS files again, at once; it is done by itself when they change. */
  reload(): void;
  /**
   * Frees the port, says goodbye to every socket with 1001, lets answers that are under way go out, and ends every timer;
   * afterwards nothing of it keeps the process alive. May be called at any time, and again.
   */
  close(): Promise<void>;
}

/**
 * A PeerJS-compatible signaling server that also serves the kit. It keeps nothing about people beyond their sockets.
 * @throws {ServerError} `unknown-option`, `bad-option`, `tls-files`
 */
export function createSignalingServer(options: ServerOptions = {}): SignalingServer {
  const config = resolveConfig(options);
  const { limits } = config;
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const server = config.server ?? createServer();
  const core = createCore(config);
  const { door, senders } = core;
  door.mount('');
  const connections = new Map<Socket, Room | undefined>();

  function createServer(): Server {
    const bounds = { headersTimeout: limits.headersTimeoutMs, connectionsCheckingInterval: 1_000 };
    const tls = config.tlsFiles ? { ...config.tls, ...readTlsFiles(config.tlsFiles) } : config.tls;
    try {
      return tls
        ? createHttpsServer({ ...bounds, handshakeTimeout: limits.headersTimeoutMs, ...tls })
        : createHttpServer(bounds);
    } catch {
      throw new ServerError('tls-files', 'the TLS key and certificate cannot be used');
    }
  }

  /** Whether somebody else listens for the same event, and may know what to do with what is not ours. */
  const isShared = (event: 'request' | 'upgrade') => server.listenerCount(event) > 1;

  const onRequest = (request: IncomingMessage, response: ServerResponse) =>
    void core.answer(request, response, isShared('request') ? () => {} : undefined);
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!door.upgrade(request, socket, head)) {
      if (!isShared('upgrade')) refuseUpgrade(socket, 400);
    } else if (socket instanceof Socket) {
      // From here on the door counts it, and ends it.
      onDisconnection.call(socket);
      socket.off('close', onDisconnection);
    }
  };
  const onConnection = (socket: Socket) => {
    // Behind a proxy every connection is the proxy's.
    const room =
      config.proxies === 0 ? senders.of(senderOf({ headers: {}, socket }, 0)).connections : undefined;
    if (room?.isFull) return void socket.destroy();
    room?.enter();
    connections.set(socket, room);
    socket.on('close', onDisconnection);
  };
  function onDisconnection(this: Socket): void {
    connections.get(this)?.leave();
    connections.delete(this);
  }
  server.on('request', onRequest);
  server.on('upgrade', onUpgrade);
  if (!config.server) server.on('connection', onConnection);
  const tls =
    config.tlsFiles && server instanceof HttpsServer
      ? followTlsFiles(server, config.tlsFiles, { onError: config.onError, signal })
      : undefined;

  const ready = core.open().then(() => listen(server, config, signal));
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    lifetime.abort();
    // A start that failed has said so to whoever waits for `ready`.
    await ready.catch(() => undefined);
    const isOurs = !config.server && server.listening;
    const closed = isOurs ? once(server, 'close') : undefined;
    // The port is free from here on: whoever comes next may have it while we say goodbye.
    if (isOurs) server.close();
    const patience = new AbortController();
    const outOfPatience = pause(limits.closeTimeoutMs, undefined, { signal: patience.signal });
    await Promise.all([door.close(), Promise.race([core.answered(), outOfPatience.catch(() => undefined)])]);
    patience.abort();
    await core.stop();
    server.off('request', onRequest);
    server.off('upgrade', onUpgrade);
    for (const socket of connections.keys()) socket.destroy();
    await closed;
  }

  return {
    ready,
    get address() {
      return signal.aborted ? undefined : addressOf(server);
    },
    reload: () => tls?.reload(),
    close: () => (closing ??= close()),
  };
}
