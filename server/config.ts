// takes the options somebody wrote, gives a complete configuration or says what is wrong with them.

import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer, ServerOptions as TlsOptions } from 'node:https';
import { ServerError } from './errors.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { nearest } from './nearest.ts';

/** Everything is optional. Names follow PeerServer's, in camelCase and with units. */
export interface ServerOptions {
  /** Where to listen. Default: 9000, or the next free port. A port given here is taken or refused, never replaced; 0 is any. */
  readonly port?: number | undefined;
  /** Address to bind. Default: every interface, as PeerServer does. */
  readonly host?: string | undefined;
  /** Key that clients must name. Default `peerjs`. */
  readonly key?: string | undefined;
  /** Where the PeerJS routes live, with or without slashes around it. Default `/`. */
  readonly path?: string | undefined;
  /** How long a message waits for an absent id. Default 5000. */
  readonly expireTimeoutMs?: number | undefined;
  /** A socket that shows no sign of life for this long is gone, whatever the pings say. Default 60 000. */
  readonly aliveTimeoutMs?: number | undefined;
  /** A silent socket is pinged after this long. Default 10 000, or a third of `aliveTimeoutMs`. */
  readonly pingIntervalMs?: number | undefined;
  /** A pinged socket that stays silent this long is gone. Default: `pingIntervalMs`. */
  readonly pongTimeoutMs?: number | undefined;
  /** Most ids registered at once. Default 5000. */
  readonly concurrentLimit?: number | undefined;
  /** Whether `GET /:key/peers` lists everybody. Default false. */
  readonly allowDiscovery?: boolean | undefined;
  /** Whether a reverse proxy in front may be believed. Default false. */
  readonly proxied?: boolean | undefined;
  /** Origins that may call the HTTP routes, or true (or `*` among them) for all. Default true. */
  readonly corsOrigins?: readonly string[] | true | undefined;
  /** Key and certificate, or any other option of node's https, to serve TLS. */
  readonly tls?: TlsOptions | undefined;
  /** A server that listens elsewhere, to attach to; then `port`, `host` and `tls` are not ours. `close()` leaves it open. */
  readonly server?: HttpServer | HttpsServer | undefined;
  /** Folder of the kit's bundle, served at `/`. Default: none. */
  readonly kitDir?: string | undefined;
  /** Folder of pages, `index.html` first, served at `/`. Default: none. */
  readonly demoDir?: string | undefined;
  /** Makes the ids of `GET /:key/id`; asked again while the id is in use. Default: a random UUID. */
  readonly generateClientId?: (() => string) | undefined;
  /** Told of faults of the server itself. Never of people. Default: silence. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Bounds that differ from `defaultLimits`. */
  readonly limits?: Partial<Limits> | undefined;
}

/** Options with nothing left open. */
export interface ServerConfig {
  readonly port: number;
  /** Whether somebody asked for this port, so that no other will do. */
  readonly isPortChosen: boolean;
  readonly host: string | undefined;
  readonly key: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  readonly expireTimeoutMs: number;
  readonly pingIntervalMs: number;
  /** A socket silent for this long is gone. */
  readonly silenceMs: number;
  readonly concurrentLimit: number;
  readonly allowDiscovery: boolean;
  readonly proxied: boolean;
  readonly corsOrigins: ReadonlySet<string> | true;
  readonly tls: TlsOptions | undefined;
  readonly server: HttpServer | HttpsServer | undefined;
  readonly staticDirs: readonly string[];
  readonly demoDir: string | undefined;
  readonly generateClientId: (() => string) | undefined;
  readonly onError: (error: Error) => void;
  readonly limits: Limits;
}

const optionNames: Record<keyof ServerOptions, true> = {
  port: true,
  host: true,
  key: true,
  path: true,
  expireTimeoutMs: true,
  aliveTimeoutMs: true,
  pingIntervalMs: true,
  pongTimeoutMs: true,
  concurrentLimit: true,
  allowDiscovery: true,
  proxied: true,
  corsOrigins: true,
  tls: true,
  server: true,
  kitDir: true,
  demoDir: true,
  generateClientId: true,
  onError: true,
  limits: true,
};

/** Longest delay a node timer keeps (2^31 - 1 ms); more would fire at once. */
const maxTimerMs = 2_147_483_647;

/** @throws {ServerError} `unknown-option`, `bad-option` */
export function resolveConfig(options: ServerOptions): ServerConfig {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(optionNames, name)) continue;
    const meant = nearest(name, Object.keys(optionNames));
    throw new ServerError(
      'unknown-option',
      `unknown option ${name}${meant ? `, did you mean ${meant}?` : ''}`,
    );
  }
  if (options.server && (options.port !== undefined || options.host !== undefined || options.tls))
    throw new ServerError('bad-option', 'port, host and tls belong to the server that was passed in');
  const aliveTimeoutMs = whole('aliveTimeoutMs', options.aliveTimeoutMs ?? 60_000, 1, maxTimerMs);
  const pingIntervalMs = whole(
    'pingIntervalMs',
    options.pingIntervalMs ?? Math.min(10_000, Math.ceil(aliveTimeoutMs / 3)),
    1,
    maxTimerMs,
  );
  const pongTimeoutMs = whole('pongTimeoutMs', options.pongTimeoutMs ?? pingIntervalMs, 1, maxTimerMs);
  const limits: Limits = { ...defaultLimits, ...options.limits };
  for (const [name, value] of Object.entries(limits))
    whole(`limits.${name}`, value, 1, Number.MAX_SAFE_INTEGER);
  return {
    port: whole('port', options.port ?? 9000, 0, 65_535),
    isPortChosen: options.port !== undefined,
    host: options.host === undefined ? undefined : text('host', options.host),
    key: text('key', options.key ?? 'peerjs'),
    path: normalPath(options.path ?? '/'),
    expireTimeoutMs: whole('expireTimeoutMs', options.expireTimeoutMs ?? 5_000, 1, maxTimerMs),
    pingIntervalMs,
    silenceMs: Math.min(aliveTimeoutMs, pingIntervalMs + pongTimeoutMs),
    concurrentLimit: whole('concurrentLimit', options.concurrentLimit ?? 5_000, 0, Number.MAX_SAFE_INTEGER),
    allowDiscovery: options.allowDiscovery ?? false,
    proxied: options.proxied ?? false,
    corsOrigins: origins(options.corsOrigins ?? true),
    tls: options.tls,
    server: options.server,
    staticDirs: [options.demoDir, options.kitDir].filter((dir) => dir !== undefined),
    demoDir: options.demoDir,
    generateClientId: options.generateClientId,
    onError: options.onError ?? (() => {}),
    limits,
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ServerError('bad-option', `${name} must be a whole number from ${least} to ${most}`);
}

function text(name: string, value: string): string {
  if (typeof value === 'string' && value.length > 0) return value;
  throw new ServerError('bad-option', `${name} must be a text that is not empty`);
}

function origins(allowed: readonly string[] | true): ReadonlySet<string> | true {
  return allowed === true || allowed.includes('*') ? true : new Set(allowed);
}

/** `myapp`, `/myapp` and `/myapp/` all mean `/myapp/`. */
function normalPath(path: string): string {
  const inner = path.split('/').filter(Boolean).join('/');
  return inner ? `/${inner}/` : '/';
}
