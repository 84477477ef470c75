// takes the options somebody wrote, gives a complete configuration or says what is wrong with them.

import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer, ServerOptions as TlsOptions } from 'node:https';
import type { CorsOptions } from './cors.ts';
import { ServerError } from './errors.ts';
import { checkIce, type IceOptions } from './ice.ts';
import { defaultLimits, isPerAddress, type Limits } from './limits.ts';
import { nearest } from './nearest.ts';
import type { AdmissionOptions, ServerOptions } from './options.ts';
import type { TlsFiles } from './tls-files.ts';

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
  /** Trusted proxies in front. */
  readonly proxies: number;
  readonly cors: CorsOptions;
  /** Undefined: all. */
  readonly origins: ReadonlySet<string> | undefined;
  readonly auth: AdmissionOptions | undefined;
  readonly ice: IceOptions;
  readonly redis: string | undefined;
  readonly tls: TlsOptions | undefined;
  readonly tlsFiles: TlsFiles | undefined;
  readonly server: HttpServer | HttpsServer | undefined;
  readonly staticDirs: readonly string[];
  readonly demoDir: string | undefined;
  readonly generateClientId: (() => string) | undefined;
  readonly onEvent: ((line: string) => void) | undefined;
  readonly onError: (error: Error) => void;
  readonly limits: Limits;
  /** Whether it lives in somebody else's app, and leaves alone what is not PeerJS's. */
  readonly isGuest: boolean;
  /** Whether bounds per address hold for this machine itself, too. */
  readonly countsLoopback: boolean;
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
  cors: true,
  isGuest: true,
  origins: true,
  auth: true,
  ice: true,
  redis: true,
  tls: true,
  tlsFiles: true,
  server: true,
  kitDir: true,
  demoDir: true,
  generateClientId: true,
  onEvent: true,
  onError: true,
  limits: true,
};

/** Longest delay a node timer keeps (2^31 - 1 ms); more would fire at once. */
const maxTimerMs = 2_147_483_647;

/** @throws {ServerError} `unknown-option`, `bad-option` */
export function resolveConfig(options: ServerOptions): ServerConfig {
  for (const name of Object.keys(options)) known('option', name, Object.keys(optionNames));
  if (
    options.server &&
    (options.port !== undefined || options.host !== undefined || options.tls || options.tlsFiles)
  )
    throw new ServerError('bad-option', 'port, host and tls belong to the server that was passed in');
  const given = options.limits ?? {};
  for (const name of Object.keys(given)) known('limit', name, Object.keys(defaultLimits));
  const aliveTimeoutMs = whole('aliveTimeoutMs', options.aliveTimeoutMs ?? 60_000, 1, maxTimerMs);
  const pingIntervalMs = whole(
    'pingIntervalMs',
    options.pingIntervalMs ?? Math.min(10_000, Math.ceil(aliveTimeoutMs / 3)),
    1,
    maxTimerMs,
  );
  const pongTimeoutMs = whole('pongTimeoutMs', options.pongTimeoutMs ?? pingIntervalMs, 1, maxTimerMs);
  const limits: Limits = { ...defaultLimits, ...given };
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
    proxies: whole('proxied', Number(options.proxied ?? 0), 0, 100),
    cors: { origin: corsOrigin(options.corsOrigins ?? options.origins ?? true), ...options.cors },
    isGuest: options.isGuest ?? false,
    origins: allowList(options.origins),
    auth: admission(options.auth),
    ice: ice(options.ice ?? {}),
    redis: redisUrl(options.redis),
    tls: options.tls,
    tlsFiles: options.tlsFiles,
    server: options.server,
    staticDirs: [options.demoDir, options.kitDir].filter((dir) => dir !== undefined),
    demoDir: options.demoDir,
    generateClientId: options.generateClientId,
    onEvent: options.onEvent,
    onError: options.onError ?? (() => {}),
    limits,
    countsLoopback: Object.keys(given).some(isPerAddress) || Boolean(options.proxied),
  };
}

function known(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const meant = nearest(name, names);
  throw new ServerError(
    'unknown-option',
    `unknown ${what} ${name}${meant ? `, did you mean ${meant}?` : ''}`,
  );
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ServerError('bad-option', `${name} must be a whole number from ${least} to ${most}`);
}

function text(name: string, value: string): string {
  if (typeof value === 'string' && value.length > 0) return value;
  throw new ServerError('bad-option', `${name} must be a text that is not empty`);
}

function corsOrigin(allowed: readonly string[] | true): readonly string[] | true {
  return allowed === true || allowed.includes('*') ? true : allowed;
}

/** Origins as browsers write them (RFC 6454, 6.2): what differs from one by a slash or by case would never match. */
function allowList(allowed: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (allowed === undefined || allowed.includes('*')) return undefined;
  if (allowed.length === 0) throw new ServerError('bad-option', 'origins must not be empty');
  for (const origin of allowed) {
    const written = URL.canParse(origin) ? new URL(origin).origin : 'null';
    if (written === origin) continue;
    const hint =
      written === 'null' ? 'is no origin, write it as https://example.org' : `must be written as ${written}`;
    throw new ServerError('bad-option', `origin ${origin} ${hint}`);
  }
  return new Set(allowed);
}

function admission(auth: AdmissionOptions | undefined): AdmissionOptions | undefined {
  if (auth && !auth.secrets?.length && auth.jwks === undefined)
    throw new ServerError('bad-option', 'auth needs secrets or a jwks');
  return auth;
}

function ice(options: IceOptions): IceOptions {
  checkIce(options);
  return options;
}

function redisUrl(url: string | undefined): string | undefined {
  if (url === undefined || /^rediss?:\/\/[^/]/.test(url)) return url;
  throw new ServerError('bad-option', 'redis must be an address such as redis://127.0.0.1:6379');
}

/** `myapp`, `/myapp` and `/myapp/` all mean `/myapp/`. */
function normalPath(path: string): string {
  const inner = path.split('/').filter(Boolean).join('/');
  return inner ? `/${inner}/` : '/';
}
