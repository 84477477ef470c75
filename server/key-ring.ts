// takes secrets and a set of public keys, gives the keys that may have signed a token.

import { readFile, stat } from 'node:fs/promises';
import { decodeProtectedHeader, type CryptoKey, importJWK, type JWK } from 'jose';
import { ServerError } from './errors.ts';

/** A key and the algorithms it is good for: never more than those it was made for. */
export interface Candidate {
  readonly key: CryptoKey | Uint8Array;
  readonly algorithms: readonly string[];
}

export interface KeyRing {
  /** Keys that fit the token's `alg` and `kid`, none where nothing fits. Throws when the token has no header. */
  candidates(token: string): Promise<readonly Candidate[]>;
}

/** Bytes of a secret at least: "A key of the same size as the hash output or larger MUST be used" (RFC 7518, 3.2). */
export const minSecretBytes = 32;
/** What each kind of public key signs with here. */
const algorithmsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['OKP/Ed25519', ['EdDSA', 'Ed25519']],
  ['EC/P-256', ['ES256']],
  ['RSA/', ['RS256']],
]);
/** A key set from the network is asked for again after this long, and for an unknown `kid` no sooner than this. */
const maxAgeMs = 600_000;
const cooldownMs = 30_000;
const maxKeySetBytes = 262_144;

/** Secrets of HS256. Several at once let one replace another: the new one signs, the old ones are still taken. */
export class Secrets implements KeyRing {
  readonly #keys: readonly Candidate[];

  /** @throws {ServerError} `bad-option` for a secret that is too short */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => {
      const key = new TextEncoder().encode(secret);
      if (key.length < minSecretBytes)
        throw new ServerError(
          'bad-option',
          `auth_secret must have at least ${minSecretBytes} characters; make one with: openssl rand -base64 48`,
        );
      return { key, algorithms: ['HS256'] };
    });
  }

  async candidates(token: string): Promise<readonly Candidate[]> {
    return decodeProtectedHeader(token).alg === 'HS256' ? this.#keys : [];
  }
}

export interface KeySetOptions {
  /** A file, or an address: https, or http on this machine. */
  readonly source: string;
  readonly onError: (error: Error) => void;
  readonly now?: () => number;
}

/**
 * A JWKS (RFC 7517) that is followed: a file whenever it changes, an address when it is old or a token names a key that is not
 * in it. Keys that are taken out stop being good with the next look.
 */
export class KeySet implements KeyRing {
  readonly #source: string;
  readonly #isAddress: boolean;
  readonly #onError: (error: Error) => void;
  readonly #now: () => number;
  #keys: readonly JWK[] = [];
  #version = '';
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  /** @throws {ServerError} `bad-option` for an address that anybody on the way could answer */
  constructor({ source, onError, now = () => performance.now() }: KeySetOptions) {
    this.#source = source;
    this.#isAddress = /^https?:\/\//.test(source);
    this.#onError = onError;
    this.#now = now;
    if (this.#isAddress && !isTrustworthy(source))
      throw new ServerError('bad-option', 'auth_jwks must be a file or an https address');
  }

  async candidates(token: string): Promise<readonly Candidate[]> {
    const { alg, kid } = decodeProtectedHeader(token);
    if (typeof alg !== 'string') return [];
    await this.#look(maxAgeMs);
    if (this.#fitting(alg, kid).length === 0) await this.#look(cooldownMs);
    const found: Candidate[] = [];
    for (const jwk of this.#fitting(alg, kid)) {
      const key = await importJWK(jwk, alg).catch(() => undefined);
      if (key && !(key instanceof Uint8Array)) found.push({ key, algorithms: [alg] });
    }
    return found;
  }

  /** Reads the set now; a file that cannot be read keeps a server from starting. @throws {ServerError} `bad-option` */
  async open(): Promise<void> {
    if (this.#isAddress) return this.#look(0);
    try {
      await this.#load();
    } catch (error) {
      throw new ServerError(
        'bad-option',
        `auth_jwks: ${error instanceof Error ? error.message : 'unreadable'}`,
      );
    }
  }

  #fitting(alg: string, kid: string | undefined): readonly JWK[] {
    return this.#keys.filter(
      (jwk) =>
        algorithmsOf.get(`${jwk.kty}/${jwk.crv ?? ''}`)?.includes(alg) &&
        (jwk.alg === undefined || jwk.alg === alg) &&
        (jwk.use === undefined || jwk.use === 'sig') &&
        (kid === undefined || jwk.kid === kid),
    );
  }

  /** Looks again if the last look is longer ago; what was read before stays good when this one fails. */
  async #look(olderThanMs: number): Promise<void> {
    if (this.#looking) return this.#looking;
    // A file tells by itself whether it has changed, so that it may be asked each time.
    if (this.#isAddress && this.#now() - this.#lookedAtMs < olderThanMs) return;
    this.#lookedAtMs = this.#now();
    this.#looking = this.#load()
      .catch((error: unknown) => {
        this.#onError(
          new ServerError('auth-keys', `auth_jwks: ${error instanceof Error ? error.message : 'unreadable'}`),
        );
      })
      .finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #load(): Promise<void> {
    if (this.#isAddress) {
      this.#keys = readKeySet(await download(this.#source));
      return;
    }
    const { mtimeMs, size, ino } = await stat(this.#source);
    const version = `${ino}-${size}-${mtimeMs}`;
    if (version === this.#version) return;
    this.#keys = readKeySet(await readFile(this.#source, 'utf8'));
    this.#version = version;
  }
}

/** All rings as one. */
export function anyOf(rings: readonly KeyRing[]): KeyRing {
  return {
    async candidates(token) {
      return (await Promise.all(rings.map((ring) => ring.candidates(token)))).flat();
    },
  };
}

function isTrustworthy(source: string): boolean {
  const { protocol, hostname } = new URL(source);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function download(source: string): Promise<string> {
  const response = await fetch(source, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the address answers ${response.status}`);
  const text = await response.text();
  if (text.length > maxKeySetBytes) throw new Error('the key set is too large');
  return text;
}

/** @throws {Error} for what is no JWKS, or holds keys that should never have left their owner */
function readKeySet(text: string): readonly JWK[] {
  const set: unknown = JSON.parse(text);
  if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys))
    throw new Error('it is no JSON Web Key Set, which looks like {"keys":[…]}');
  const keys: readonly unknown[] = set.keys;
  return keys.filter(isJwk).map((jwk) => {
    if ('d' in jwk || 'k' in jwk) throw new Error('it holds private keys; publish only the public ones');
    return jwk;
  });
}

const isJwk = (value: unknown): value is JWK =>
  typeof value === 'object' && value !== null && 'kty' in value && typeof value.kty === 'string';
