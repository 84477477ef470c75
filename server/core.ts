// takes a configuration, gives what a signaling server is made of, without the HTTP server around it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { senderOf } from './address.ts';
import { createAuth } from './auth.ts';
import { Commons } from './cluster/commons.ts';
import { createBus } from './cluster/index.ts';
import type { ServerConfig } from './config.ts';
import { ServerError } from './errors.ts';
import { startHalfSentWatch } from './half-sent.ts';
import { securityHeaders } from './headers.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createRoutes, notFound, tooMany } from './http.ts';
import { Mailbox } from './mailbox.ts';
import { Metrics } from './metrics.ts';
import { everyone, type Observer } from './observer.ts';
import { Realm } from './realm.ts';
import { tellExpired } from './relay.ts';
import { writeReply } from './reply.ts';
import { Senders } from './senders.ts';
import { openSocketDoor, type SocketDoor } from './socket.ts';
import { tellEvents } from './tell.ts';

export interface Core {
  /** Reads what is needed before anybody may come. @throws {ServerError} `bad-option` */
  open(): Promise<void>;
  readonly door: SocketDoor;
  readonly senders: Senders;
  /** Answers a request. One that is nobody's is given to `next`, if there is somebody to give it to. */
  answer(request: IncomingMessage, response: ServerResponse, next?: () => void): Promise<void>;
  /** Resolves when no answer is under way. */
  answered(): Promise<void>;
  /** Ends every timer and leaves the other instances; the sockets are the door's. */
  stop(): Promise<void>;
}

export function createCore(config: ServerConfig, observers: readonly Observer[] = []): Core {
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const { limits } = config;
  const metrics = new Metrics();
  const telling = config.onEvent ? [tellEvents(config.onEvent)] : [];
  const observer = everyone([metrics.observer, ...telling, ...observers]);
  const realm = new Realm(config.generateClientId);
  const mailbox = new Mailbox({
    expireTimeoutMs: config.expireTimeoutMs,
    limits,
    onExpire: (expired) => tellExpired({ realm, observer, commons }, expired),
    signal,
  });
  const bus = createBus(config);
  const commons =
    bus && new Commons({ bus, realm, mailbox, onReplaced: (client) => observer.closed(client) });
  const senders = new Senders({ limits, countsLoopback: config.countsLoopback, signal });
  const auth = createAuth(config);
  const door = openSocketDoor({ config, realm, mailbox, senders, auth, commons, observer });
  const routes = createRoutes({ config, realm, mailbox, auth, commons, metrics });
  const clients = () => realm.clients();
  startHeartbeat({
    clients,
    pingIntervalMs: config.pingIntervalMs,
    silenceMs: config.silenceMs,
    onGone: (client) => {
      if (!realm.delete(client)) return;
      commons?.release(client);
      observer.closed(client);
    },
    signal,
  });
  startHalfSentWatch({ clients, ...limits, signal });

  let underWay = 0;
  let idle = () => {};

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    next?: () => void,
  ): Promise<void> {
    underWay++;
    const begunAtMs = performance.now();
    let isOurs = true;
    response.once('close', () => {
      underWay--;
      if (isOurs) metrics.answered(response.statusCode, (performance.now() - begunAtMs) / 1_000);
      if (underWay === 0) idle();
    });
    try {
      const { requests } = senders.of(senderOf(request, config.proxies));
      // Where others answer, too, only what is ours counts, and that is known afterwards.
      const isPatient = next !== undefined || requests.take();
      const found = isPatient ? await routes(request) : await tooMany(request, config);
      if (response.headersSent) return;
      if (!found && next) {
        isOurs = false;
        return next();
      }
      const isOwed = next === undefined || requests.take();
      const reply = !isOwed ? await tooMany(request, config) : (found ?? (await notFound(request, config)));
      const { status, headers, body } = reply;
      const all = { ...securityHeaders(request, config.proxies), ...headers };
      await writeReply(request, response, { status, headers: all, ...(body === undefined ? {} : { body }) });
    } catch {
      config.onError(new ServerError('internal', 'a request could not be answered'));
      response.destroy();
    }
  }

  return {
    async open() {
      await auth?.open();
      await commons?.open();
    },
    door,
    senders,
    answer,
    answered: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => (idle = resolve))),
    async stop() {
      lifetime.abort();
      await commons?.close();
    },
  };
}
