// takes the addresses of STUN and TURN servers and the secret shared with them, gives what a browser needs to use them for a while.

import { createHmac, randomBytes } from 'node:crypto';
import { ServerError } from './errors.ts';

export interface IceOptions {
  /** `stun:host:port`. */
  readonly stunUrls?: readonly string[] | undefined;
  /** `turn:host:port`, `turns:host:port?transport=tcp`. */
  readonly turnUrls?: readonly string[] | undefined;
  /** What coturn has as `static-auth-secret`. */
  readonly turnSecret?: string | undefined;
  /** Seconds for which credentials are good. Default 3600. */
  readonly turnTtlS?: number | undefined;
}

/** One entry of an RTCConfiguration. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** The body of `GET /v1/ice`. */
export interface IceAnswer {
  readonly iceServers: readonly IceServer[];
  /** Ask again before this has passed: a call that begins later needs newer credentials. */
  readonly ttlSeconds: number;
}

export const defaultTurnTtlS = 3_600;

/** `stun:` and `turn:` addresses (RFC 7064, 7065): a host, perhaps a port, for TURN perhaps a transport. */
const stunUrl = /^stuns?:(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;
const turnUrl = /^turns?:(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

/** @throws {ServerError} `bad-option` */
export function checkIce(options: IceOptions): void {
  const { stunUrls = [], turnUrls = [], turnSecret, turnTtlS = defaultTurnTtlS } = options;
  for (const url of stunUrls)
    if (!stunUrl.test(url))
      throw new ServerError('bad-option', `${url} is no STUN address, such as stun:example.org:3478`);
  for (const url of turnUrls)
    if (!turnUrl.test(url))
      throw new ServerError('bad-option', `${url} is no TURN address, such as turn:example.org:3478`);
  if (turnUrls.length > 0 && !turnSecret)
    throw new ServerError(
      'bad-option',
      'a turn_url needs the turn_secret that is in coturn’s static-auth-secret',
    );
  if (turnSecret !== undefined && turnUrls.length === 0)
    throw new ServerError('bad-option', 'turn_secret is for nothing without a turn_url');
  if (!Number.isInteger(turnTtlS) || turnTtlS < 60 || turnTtlS > 604_800)
    throw new ServerError('bad-option', 'turn_ttl must be a whole number of seconds from 60 to 604800');
}

/**
 * Credentials as coturn's `use-auth-secret` checks them: the user name is the second at which they end and, after a colon, anything,
 * here noise, so that the TURN server learns nobody's name; the password is its HMAC-SHA1 under the shared secret.
 */
export function iceAnswer(options: IceOptions, nowMs = Date.now()): IceAnswer {
  const { stunUrls = [], turnUrls = [], turnSecret, turnTtlS: ttlSeconds = defaultTurnTtlS } = options;
  const iceServers: IceServer[] = [];
  if (stunUrls.length > 0) iceServers.push({ urls: stunUrls });
  if (turnUrls.length > 0 && turnSecret !== undefined) {
    const username = `${Math.floor(nowMs / 1_000) + ttlSeconds}:${randomBytes(8).toString('hex')}`;
    const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
    iceServers.push({ urls: turnUrls, username, credential });
  }
  return { iceServers, ttlSeconds };
}
