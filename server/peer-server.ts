// takes what PeerServer and ExpressPeerServer of the npm package `peer` take, gives what they give.

import { EventEmitter } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { resolveConfig } from './config.ts';
import { createCore } from './core.ts';
import { createApp, eventsOf, type PeerServerApp } from './peer-app.ts';
import { fromPeerOptions, type IConfig, portOf } from './peer-options.ts';
import { refuseUpgrade } from './upgrade.ts';

interface Built {
  readonly app: PeerServerApp;
  /** Takes WebSockets below the path, now. */
  start(prefix: string): void;
}

function build(
  server: HttpServer | HttpsServer | undefined,
  options: Partial<IConfig>,
  isGuest: boolean,
): Built {
  const emitter = new EventEmitter();
  const config = resolveConfig({
    ...fromPeerOptions(options),
    isGuest,
    onError: (error) => {
      if (emitter.listenerCount('error') > 0) emitter.emit('error', error);
    },
  });
  const core = createCore(config, [eventsOf(emitter)]);
  const { door } = core;
  const mounted = new Set<string>();
  let isStarted = false;

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!door.upgrade(request, socket, head) && server?.listenerCount('upgrade') === 1)
      refuseUpgrade(socket, 400);
  };

  function start(prefix: string): void {
    if (!server) throw new Error("Server is not passed to constructor - can't start PeerServer");
    if (mounted.has(prefix)) return;
    mounted.add(prefix);
    door.mount(prefix);
    const theirs = options.createWebSocketServer?.({
      path: `${prefix.replace(/\/+$/, '')}${config.path}peerjs`,
      server,
    });
    if (theirs) {
      theirs.on('connection', (socket: WebSocket, request: IncomingMessage) => door.adopt(socket, request));
      theirs.on('error', config.onError);
    } else if (!isStarted) server.on('upgrade', onUpgrade);
    if (!isStarted) server.once('close', () => void core.stop());
    isStarted = true;
  }

  const app = createApp({
    emitter,
    answer: (request, response, next) => void core.answer(request, response, next),
    close: async () => {
      await door.close();
      await core.stop();
      server?.off('upgrade', onUpgrade);
    },
  });
  return { app, start };
}

/**
 * A PeerServer as middleware: `app.use('/peerjs', ExpressPeerServer(server, options))` in Express 4 or 5, in an app inside
 * an app, too. It starts when Express mounts it. WebSockets of other paths are left to whoever else listens.
 */
export function ExpressPeerServer(
  server: HttpServer | HttpsServer,
  options: Partial<IConfig> = {},
): PeerServerApp {
  const { app, start } = build(server, options, true);
  app.addListener('mount', () => {
    const above = app.parent?.path() ?? '';
    const at = typeof app.mountpath === 'string' ? [app.mountpath] : app.mountpath;
    for (const path of at) start(above + path);
  });
  return app;
}

/** A PeerServer of its own, listening; `callback` gets its HTTP server when it does. */
export function PeerServer(
  options: Partial<IConfig> = {},
  callback?: (server: HttpServer | HttpsServer) => void,
): PeerServerApp {
  const { ssl } = options;
  const server = ssl && Object.keys(ssl).length > 0 ? createHttpsServer(ssl) : createHttpServer();
  const { app, start } = build(server, options, false);
  start('');
  server.on('request', (request, response) => app(request, response));
  // Without a listener this throws, as it does there: a server that cannot listen should not look as if it did.
  server.on('error', (error) => app.emit('error', error));
  const at = { port: portOf(options.port), ...(options.host ? { host: options.host } : {}) };
  server.listen(at, () => callback?.(server));
  return app;
}
