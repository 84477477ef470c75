// takes secrets and labels, gives keys: HMAC and HKDF over SHA-512, and the keys of a room.

import type { Bytes } from '../brand.ts';
import { ReformsError } from '../errors.ts';
import { concat, utf8 } from './bytes.ts';
import { L } from './labels.ts';
import { ROOM_SECRET_BYTES } from './room-link.ts';
import type { Sodium } from './sodium.ts';

/** The one primitive everything here is made of. */
export type Hash = Pick<Sodium, 'hash'>;

const BLOCK = 128;
const DIGEST = 64;

/** HMAC-SHA-512 (RFC 2104), 64 bytes. */
export function hmac({ hash }: Hash, key: Uint8Array, message: Uint8Array): Bytes {
  const short = key.length > BLOCK ? hash(key) : key;
  const inner = new Uint8Array(BLOCK + message.length).fill(0x36, 0, BLOCK);
  const outer = new Uint8Array(BLOCK + DIGEST).fill(0x5c, 0, BLOCK);
  short.forEach((byte, index) => {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  inner.set(message, BLOCK);
  outer.set(hash(inner), BLOCK);
  return hash(outer);
}

/** HKDF-Extract (RFC 5869 §2.2), 64 bytes. */
export const extract = (hash: Hash, salt: Uint8Array, ikm: Uint8Array): Bytes => hmac(hash, salt, ikm);

/** HKDF-Expand (RFC 5869 §2.3), `length` bytes, at most 16 320. */
export function expand(hash: Hash, prk: Uint8Array, info: Uint8Array, length: number): Bytes {
  const rounds = Math.ceil(length / DIGEST);
  if (rounds > 255) throw new ReformsError('internal');
  const okm = new Uint8Array(rounds * DIGEST);
  let previous = okm.subarray(0, 0);
  for (let round = 1; round <= rounds; round += 1) {
    previous = hmac(hash, prk, concat(previous, info, new Uint8Array([round])));
    okm.set(previous, (round - 1) * DIGEST);
  }
  return okm.slice(0, length);
}

/** What both kinds of room have: the name the server sees, and the pre-shared key of the handshake. */
interface AnyRoomKeys {
  /** 16 bytes: what the server sees in place of the room's name. */
  readonly topic: Bytes;
  /** 32 bytes: psk0 of RH1. */
  readonly psk: Bytes;
}

/** A room whose link holds a secret: who does not hold the link is kept out. */
export interface SecretRoomKeys extends AnyRoomKeys {
  readonly authenticated: true;
  /** 32 bytes: seals mailbox items. */
  readonly env: Bytes;
}

/** A room with a name only: its psk authenticates nobody, and it has no mailbox. */
export interface PublicRoomKeys extends AnyRoomKeys {
  readonly authenticated: false;
}

export type RoomKeys = SecretRoomKeys | PublicRoomKeys;

/**
 * The keys of a room (`trust.md` §3). The name is taken in Unicode NFC. A `secret` that is not 32 bytes throws
 * `invalid-secret`; it never counts as none.
 */
export function roomKeys(
  sodium: Hash,
  { room, secret }: { readonly room: string; readonly secret?: Uint8Array | undefined },
): RoomKeys {
  const name = utf8(room.normalize('NFC'));
  if (secret === undefined) {
    return {
      authenticated: false,
      topic: sodium.hash(L('public-topic', name)).slice(0, 16),
      psk: sodium.hash(L('public-room', name)).slice(0, 32),
    };
  }
  if (secret.length !== ROOM_SECRET_BYTES) throw new ReformsError('invalid-secret');
  const prk = extract(sodium, utf8('reforms/1 room'), secret);
  const key = (label: string, length: number) =>
    expand(sodium, prk, concat(utf8(`${label}\0`), name), length);
  return { authenticated: true, topic: key('topic', 16), psk: key('psk', 32), env: key('envelope', 32) };
}
