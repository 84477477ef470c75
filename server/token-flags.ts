// takes the words after `reforms token` and the environment, gives the token that is asked for, or says what is wrong.

import { ServerError } from './errors.ts';
import type { Environment } from './settings.ts';
import { type Flags, readWords } from './words.ts';

export const tokenFlags: Flags = new Map([
  [
    'auth_secret',
    { kind: 'text', help: 'secret to sign with, HS256 (env REFORMS_AUTH_SECRET, the first of several)' },
  ],
  ['auth_key', { kind: 'text', help: 'or a file with a private JWK, whose alg and kid are used' }],
  ['id', { kind: 'text', help: 'the one id it admits (any)' }],
  ['room', { kind: 'text', help: 'the room it admits to (none)' }],
  ['role', { kind: 'text', help: 'the role it gives (none)' }],
  ['audience', { kind: 'text', help: 'the server it is for (reforms)' }],
  ['expires', { kind: 'text', help: 'how long it admits: 30s, 10m, 8h, 1d (1h)' }],
] as const);

/** A token to sign. */
export interface TokenRequest {
  readonly secret: string | undefined;
  /** File of a private JWK. */
  readonly keyFile: string | undefined;
  readonly id: string | undefined;
  readonly room: string | undefined;
  readonly role: string | undefined;
  readonly audience: string | undefined;
  readonly expiresInS: number;
}

const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Undefined when help is wanted. @throws {ServerError} `unknown-option`, `bad-option` */
export function readTokenRequest(words: readonly string[], env: Environment): TokenRequest | undefined {
  const given = readWords(words, tokenFlags);
  if (given.has('help') || given.has('version')) return undefined;
  const text = (name: string) => given.get(name)?.[0];
  const keyFile = text('auth_key');
  const told = text('auth_secret');
  if (keyFile !== undefined && told !== undefined)
    throw new ServerError('bad-option', '--auth_secret and --auth_key exclude each other');
  const secret =
    told ?? (keyFile === undefined ? env['REFORMS_AUTH_SECRET']?.split(',')[0]?.trim() : undefined);
  if (!secret && keyFile === undefined)
    throw new ServerError(
      'bad-option',
      'reforms token needs --auth_secret, REFORMS_AUTH_SECRET or --auth_key',
    );
  return {
    secret,
    keyFile,
    id: text('id'),
    room: text('room'),
    role: text('role'),
    audience: text('audience'),
    expiresInS: duration(text('expires') ?? '1h'),
  };
}

function duration(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd'))
    return Number(count) * seconds[unit];
  throw new ServerError('bad-option', '--expires must be a time such as 30s, 10m, 8h or 1d');
}
