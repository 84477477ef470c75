// takes a credential (EdDSA JWT), gives the claims in it, bound to one identity and one room.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from './bytes.ts';
import type { Sodium } from './sodium.ts';

/** What an issuer says about someone (`trust.md` §4). */
export interface CredentialClaims {
  readonly iss: string;
  readonly sub: string;
  readonly name: string;
  readonly role: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** To whom, and to which room, a credential must be bound. */
export interface CredentialBinding {
  readonly ik: Uint8Array;
  readonly topic: Uint8Array;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsePart(part: string): Fields | null {
  const bytes = fromBase64Url(part);
  const text = bytes.ok ? fromUtf8(bytes.value) : bytes;
  if (!text.ok) return null;
  try {
    const value: unknown = JSON.parse(text.value);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

interface Parts {
  readonly claims: CredentialClaims;
  readonly signed: Bytes;
  readonly signature: Bytes;
}

function read(jwt: string, { ik, topic }: CredentialBinding): Parts | null {
  const [head = '', body = '', tail = '', ...more] = jwt.split('.');
  const header = parsePart(head);
  const claims = parsePart(body);
  const signature = fromBase64Url(tail, 64);
  if (!header || header['alg'] !== 'EdDSA' || !claims || !signature.ok || more.length > 0) return null;
  const { iss, sub, name, role, room, cnf, exp } = claims;
  if (typeof iss !== 'string' || typeof sub !== 'string') return null;
  if (typeof name !== 'string' || typeof role !== 'string') return null;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return null;
  if (room !== toBase64Url(topic) || !isFields(cnf) || cnf['ik'] !== toBase64Url(ik)) return null;
  return {
    claims: { iss, sub, name, role, exp },
    signed: utf8(`${head}.${body}`),
    signature: signature.value,
  };
}

/** True where a JWT is well-formed and bound to this identity and room. Says nothing of its issuer. */
export const isCredentialBound = (jwt: string, binding: CredentialBinding): boolean =>
  read(jwt, binding) !== null;

/**
 * The claims of a credential that `issuerKey` (Ed25519, 32 bytes) signed, that is bound to this identity and room, and
 * has not expired at `nowMs`; `credential` otherwise.
 */
export function verifyCredential(
  sodium: Sodium,
  jwt: string,
  {
    issuerKey,
    nowMs,
    ...binding
  }: CredentialBinding & { readonly issuerKey: Uint8Array; readonly nowMs: number },
): Result<CredentialClaims, 'credential'> {
  const parts = read(jwt, binding);
  if (parts === null || parts.claims.exp * 1000 <= nowMs) return no('credential');
  return sodium.verify(parts.signature, parts.signed, issuerKey) ? ok(parts.claims) : no('credential');
}

/** Who may vouch for people: `iss` as in their credentials, and their Ed25519 key (32 bytes). */
export interface CredentialIssuer {
  readonly iss: string;
  readonly key: Uint8Array;
}

/** Issuer and subject, as one name, of a credential that an issuer we know has signed; undefined otherwise. */
export function credentialSubject(
  sodium: Sodium,
  issuers: readonly CredentialIssuer[],
  jwt: string | null,
  binding: CredentialBinding,
  nowMs = Date.now(),
): string | undefined {
  if (jwt === null) return undefined;
  for (const { iss, key } of issuers) {
    const claims = verifyCredential(sodium, jwt, { ...binding, issuerKey: key, nowMs });
    if (claims.ok && claims.value.iss === iss) return JSON.stringify([iss, claims.value.sub]);
  }
  return undefined;
}
