// takes the query of a WebSocket request, gives the id and token it asks for, or the refusal.

import { isAllowedId, type Refusal } from '../src/protocol/signaling.ts';
import type { ServerConfig } from './config.ts';
import type { Realm } from './realm.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly id: string; readonly token: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const refused = (refusal: Refusal): Admission => ({ kind: 'refused', refusal });

/** Checks in PeerServer's order. Whoever has the token of an id that is in use takes it over, full house or not. */
export function admit(
  query: URLSearchParams,
  realm: Realm,
  { key, concurrentLimit }: Pick<ServerConfig, 'key' | 'concurrentLimit'>,
): Admission {
  const last = (name: string) => query.getAll(name).at(-1) ?? '';
  const id = last('id');
  const token = last('token');
  if (!id || !token || !last('key')) return refused('missing-field');
  if (last('key') !== key) return refused('invalid-key');
  if (!isAllowedId(id) || !isAllowedId(token)) return refused('invalid-id');
  const holder = realm.get(id);
  if (holder && holder.token !== token) return refused('id-taken');
  if (!holder && realm.size >= concurrentLimit) return refused('full');
  return { kind: 'admitted', id, token };
}
