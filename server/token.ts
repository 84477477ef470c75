// takes what a token shall say and a key, gives the signed token.

import { readFile } from 'node:fs/promises';
import { importJWK, type JWK, SignJWT } from 'jose';
import { defaultAudience } from './auth.ts';
import { ServerError } from './errors.ts';
import { minSecretBytes } from './key-ring.ts';
import type { TokenRequest } from './token-flags.ts';

/** What a private key signs with when it does not say so itself. */
const algorithmOf: ReadonlyMap<string, string> = new Map([
  ['OKP/Ed25519', 'EdDSA'],
  ['EC/P-256', 'ES256'],
  ['RSA/', 'RS256'],
]);

/** @throws {ServerError} `bad-option` for a key that cannot sign */
export async function mintToken(request: TokenRequest): Promise<string> {
  const { id, room, role, audience = defaultAudience, expiresInS } = request;
  const { key, alg, kid } = await signingKey(request);
  const claims = Object.entries({ id, room, role }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(claims))
    .setProtectedHeader({ alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${expiresInS}s`)
    .sign(key);
}

async function signingKey({ secret, keyFile }: TokenRequest) {
  if (keyFile === undefined) {
    const key = new TextEncoder().encode(secret);
    if (key.length < minSecretBytes)
      throw new ServerError('bad-option', `the secret must have at least ${minSecretBytes} characters`);
    return { key, alg: 'HS256', kid: undefined };
  }
  const jwk = await readJwk(keyFile);
  const alg = jwk.alg ?? algorithmOf.get(`${jwk.kty}/${jwk.crv ?? ''}`);
  if (alg === undefined || jwk.d === undefined)
    throw new ServerError('bad-option', '--auth_key must hold a private JWK for EdDSA, ES256 or RS256');
  return { key: await importJWK(jwk, alg), alg, kid: jwk.kid };
}

async function readJwk(file: string): Promise<JWK> {
  const unreadable = new ServerError('bad-option', 'the file of --auth_key is no JWK that can be read');
  const value: unknown = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text))
    .catch(() => undefined);
  if (typeof value !== 'object' || value === null || !isJwk(value)) throw unreadable;
  return value;
}

const isJwk = (value: object): value is JWK => 'kty' in value && typeof value.kty === 'string';
