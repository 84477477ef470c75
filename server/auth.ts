// takes a signed token, gives what it allows, or why it allows nothing.

import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { IncomingMessage } from 'node:http';
import type { ServerConfig } from './config.ts';
import { anyOf, type KeyRing, KeySet, Secrets } from './key-ring.ts';

/** What a token allows its bearer. */
export interface Grant {
  /** The one id it may register; undefined for any. */
  readonly id: string | undefined;
  /** The room it belongs to: who is in another one, or in none, is not there for it. */
  readonly room: string | undefined;
  readonly role: string | undefined;
}

/** Why there is no grant. Told to the bearer, who has to know what to mend. */
export type Denial =
  | 'missing'
  | 'malformed'
  | 'signature'
  | 'unknown-key'
  | 'expired'
  | 'not-yet-valid'
  | 'audience'
  | 'claims'
  | 'role'
  | 'other-id'
  | 'other-room'
  | 'keys-unavailable';

export type Verdict =
  { readonly ok: true; readonly grant: Grant } | { readonly ok: false; readonly denial: Denial };

export interface AuthOptions {
  readonly keys: KeyRing;
  /** Who the tokens must be for. Default: tokens that name nobody, or `reforms`. */
  readonly audience?: string | undefined;
  /** Roles that are let in. Default: all, and tokens without one. */
  readonly roles?: readonly string[] | undefined;
  /** Reads the keys for the first time. */
  readonly open?: () => Promise<void>;
  readonly now?: () => Date;
}

/** Who this server is when nobody said otherwise. */
export const defaultAudience = 'reforms';
/** Longest token, in characters: a request line of 16 KiB has to hold it. */
export const maxTokenLength = 8_192;
/** Seconds by which the clock of whoever signed may differ from ours. */
const clockToleranceS = 30;
const maxClaimLength = 256;

export class Auth {
  readonly #options: AuthOptions;

  constructor(options: AuthOptions) {
    this.#options = options;
  }

  /** @throws {ServerError} `bad-option` when there are no keys to begin with */
  async open(): Promise<void> {
    await this.#options.open?.();
  }

  /** Never throws, whatever the token is. */
  async verify(token: string | undefined): Promise<Verdict> {
    if (!token) return no('missing');
    if (token.length > maxTokenLength) return no('malformed');
    const { keys, audience, now = () => new Date() } = this.#options;
    let denial: Denial = 'unknown-key';
    try {
      for (const key of await keys.candidates(token)) {
        try {
          const { payload } = await jwtVerify(token, key.key, {
            algorithms: [...key.algorithms],
            // A token without an end could not be revoked by waiting.
            requiredClaims: ['exp'],
            clockTolerance: clockToleranceS,
            currentDate: now(),
            ...(audience === undefined ? {} : { audience }),
          });
          return this.#judge(payload);
        } catch (error) {
          denial = explain(error);
          // Another key may have signed it; nothing else is mended by another key.
          if (denial !== 'signature') break;
        }
      }
    } catch (error) {
      denial = explain(error);
    }
    return no(denial);
  }

  #judge(payload: JWTPayload): Verdict {
    const { audience, roles } = this.#options;
    // "If the principal processing the claim does not identify itself with a value in the aud claim when this claim is
    // present, then the JWT MUST be rejected." (RFC 7519, 4.1.3)
    if (
      audience === undefined &&
      payload.aud !== undefined &&
      ![payload.aud].flat().includes(defaultAudience)
    )
      return no('audience');
    const { id, room, role } = payload;
    if (![id, room, role].every(isClaim)) return no('claims');
    if (roles && (typeof role !== 'string' || !roles.includes(role))) return no('role');
    return { ok: true, grant: { id: text(id), room: text(room), role: text(role) } };
  }
}

/** The admission token of an HTTP request: in its header (RFC 6750, 2.1), or `auth` in its query. */
export function bearerOf({ headers, url = '' }: IncomingMessage): string | undefined {
  const said = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return said ?? new URL(url, 'http://x').searchParams.get('auth') ?? undefined;
}

/** What the configuration asks of tokens; undefined when it asks for none. @throws {ServerError} `bad-option` */
export function createAuth({ auth, onError }: Pick<ServerConfig, 'auth' | 'onError'>): Auth | undefined {
  if (!auth) return undefined;
  const { secrets = [], jwks, audience, roles } = auth;
  const set = jwks === undefined ? undefined : new KeySet({ source: jwks, onError });
  const keys = anyOf([...(secrets.length > 0 ? [new Secrets(secrets)] : []), ...(set ? [set] : [])]);
  return new Auth({ keys, audience, roles, open: () => set?.open() ?? Promise.resolve() });
}

/** Holds a grant against what its bearer asks for. */
export function denialOf(
  grant: Grant,
  asked: { readonly id: string; readonly room: string | undefined },
): Denial | undefined {
  if (grant.id !== undefined && grant.id !== asked.id) return 'other-id';
  if (asked.room !== undefined && asked.room !== grant.room) return 'other-room';
  return undefined;
}

const no = (denial: Denial): Verdict => ({ ok: false, denial });

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function isClaim(value: unknown): boolean {
  if (value === undefined) return true;
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxClaimLength &&
    !/[\p{Cc}\u2028\u2029]/u.test(value)
  );
}

function explain(error: unknown): Denial {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'audience';
    return error.claim === 'nbf' ? 'not-yet-valid' : 'claims';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'signature';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed';
  return error instanceof errors.JOSEError ? 'keys-unavailable' : 'malformed';
}
