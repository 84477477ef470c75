// takes the options PeerServer takes, gives ours; forgiving as PeerServer is, since nobody changed them for us.

import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer, ServerOptions as TlsOptions } from 'node:https';
import type { ServerOptions } from './options.ts';
import type { CorsOptions } from './cors.ts';

/** What `createWebSocketServer` is told. */
export interface WebSocketServerOptions {
  readonly path: string;
  readonly server: HttpServer | HttpsServer;
}

/** What of the server that `createWebSocketServer` gives is used: of a `WebSocketServer` of `ws`, or of anything like it. */
export interface WebSocketServerLike {
  on(event: 'connection', listener: (...args: never[]) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** PeerServer's options by its names. Its defaults hold, too: `alive_timeout` 90 000 here, not 60 000 as on its command line. */
export interface IConfig {
  readonly host: string;
  readonly port: number;
  readonly expire_timeout: number;
  readonly alive_timeout: number;
  readonly key: string;
  readonly path: string;
  readonly concurrent_limit: number;
  readonly allow_discovery: boolean;
  readonly proxied: boolean | string;
  /** Taken and not needed: every message has a time of its own. */
  readonly cleanup_out_msgs: number;
  readonly ssl?: TlsOptions | undefined;
  readonly generateClientId?: (() => string) | undefined;
  readonly createWebSocketServer?: ((options: WebSocketServerOptions) => WebSocketServerLike) | undefined;
  readonly corsOptions: CorsOptions;
}

const aliveTimeoutMs = 90_000;
const maxTimerMs = 2_147_483_647;

/** What is left of the options is not ours to know: PeerServer ignores it, and so does this. */
export function fromPeerOptions(options: Partial<IConfig>): ServerOptions {
  return {
    key: options.key,
    path: options.path,
    expireTimeoutMs: timer(options.expire_timeout),
    aliveTimeoutMs: timer(options.alive_timeout) ?? aliveTimeoutMs,
    concurrentLimit: count(options.concurrent_limit),
    allowDiscovery: Boolean(options.allow_discovery),
    proxied: proxies(options.proxied),
    cors: options.corsOptions,
    generateClientId: options.generateClientId,
  };
}

/** `process.env.PORT` is a text, and PeerServer takes it. */
export function portOf(port: unknown): number {
  const number = Number(port ?? 9000);
  return Number.isInteger(number) ? number : 9000;
}

function count(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Math.floor(Number(value));
  return Number.isNaN(number) ? undefined : Math.min(Math.max(number, 0), Number.MAX_SAFE_INTEGER);
}

function timer(value: unknown): number | undefined {
  const number = count(value);
  return number === undefined ? undefined : Math.min(Math.max(number, 1), maxTimerMs);
}

/** PeerServer hands on to Express's `trust proxy` whether there is any. */
function proxies(value: unknown): number | boolean {
  const number = Number(value);
  return Number.isInteger(number) && number > 1 ? Math.min(number, 100) : Boolean(value) && value !== 'false';
}
