// takes the query of a WebSocket request, gives the id and token it asks for, or the refusal.

import { isAllowedId, type Refusal } from '../src/protocol/signaling.ts';
import { type Grant, maxTokenLength } from './auth.ts';
import type { ServerConfig } from './config.ts';
import { placeOf } from './place.ts';
import type { Client, Realm } from './realm.ts';

/** Who a socket will be. */
export interface Admitted {
  readonly id: string;
  /** As it came. */
  readonly token: string;
  /** What takes the id back: the token, or the part of it that is no admission token. */
  readonly secret: string;
  readonly grant: Grant | undefined;
  /** The name of the id in its room. */
  readonly place: string;
}

export type Admission =
  ({ readonly kind: 'admitted' } & Admitted) | { readonly kind: 'refused'; readonly refusal: Refusal };

const refused = (refusal: Refusal): Admission => ({ kind: 'refused', refusal });

/** Checks in PeerServer's order. Whoever may take an id back that is in use takes it over, full house or not. */
export function admit(
  query: URLSearchParams,
  realm: Realm,
  { key, concurrentLimit }: Pick<ServerConfig, 'key' | 'concurrentLimit'>,
  grant?: Grant,
  /** Ids registered on other instances. */
  elsewhere = 0,
): Admission {
  const id = last(query, 'id');
  const token = last(query, 'token');
  if (!id || !token || !last(query, 'key')) return refused('missing-field');
  if (last(query, 'key') !== key) return refused('invalid-key');
  if (!isAllowedId(id) || !isAllowedToken(token, grant)) return refused('invalid-id');
  const admitted: Admitted = {
    id,
    token,
    secret: secretIn(token, grant),
    grant,
    place: placeOf(id, grant?.room),
  };
  const holder = realm.get(admitted.place);
  if (holder && !mayTakeOver(holder, admitted)) return refused('id-taken');
  if (!holder && realm.size + elsewhere >= concurrentLimit) return refused('full');
  return { kind: 'admitted', ...admitted };
}

/** Whether the query names an id that is in use, and what takes it back. */
export function isReturning(query: URLSearchParams, realm: Realm, grant?: Grant): boolean {
  const holder = realm.get(placeOf(last(query, 'id'), grant?.room));
  return holder !== undefined && holder.secret === secretIn(last(query, 'token'), grant);
}

/**
 * The admission token of a request: `auth` in the query, or PeerJS's own `token`, whole or after a `~`. What stands before the
 * `~` takes the id back, so that several may be let in by the same admission token and not take each other's ids.
 */
export function admissionToken(query: URLSearchParams): string | undefined {
  const token = last(query, 'token');
  return last(query, 'auth') || token.slice(token.indexOf(secretEnd) + 1) || undefined;
}

export const last = (query: URLSearchParams, name: string): string => query.getAll(name).at(-1) ?? '';

const secretEnd = '~';

/** A token of a stock client is all secret, whatever it looks like. */
function secretIn(token: string, grant: Grant | undefined): string {
  return grant ? token.replace(/~[\w-]+\.[\w-]+\.[\w-]+$/, '') : token;
}

/** An admission token is longer than any token that a stock client makes up. */
function isAllowedToken(token: string, grant: Grant | undefined): boolean {
  return grant ? token.length <= 2 * maxTokenLength && /^[\x20-\x7e]+$/.test(token) : isAllowedId(token);
}

/** Who was admitted for this one id is its owner, with whatever token: an admission token is short-lived, and the next one differs. */
function mayTakeOver(holder: Client, { id, secret, grant }: Admitted): boolean {
  return holder.secret === secret || (grant !== undefined && grant.id === id);
}
