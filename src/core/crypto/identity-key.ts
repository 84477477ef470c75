// takes the browser's cryptography, gives an Ed25519 key as a record that can be kept, and signs with it.

import type { Bytes } from '../brand.ts';
import { ReformsError } from '../errors.ts';
import type { Identity } from './identity.ts';
import type { Sodium } from './sodium.ts';

/** Backend A: the browser's own Ed25519, its private half not extractable. */
interface NativeKey {
  readonly kind: 'native';
  readonly publicKey: Bytes;
  readonly privateKey: CryptoKey;
}

/** Backend B: a libsodium seed, wrapped by an AES-GCM key that is not extractable. */
interface WrappedKey {
  readonly kind: 'wrapped';
  readonly publicKey: Bytes;
  readonly wrappingKey: CryptoKey;
  readonly iv: Bytes;
  readonly sealedSeed: Bytes;
}

/** What IndexedDB keeps (structured clone keeps a CryptoKey closed). */
export type IdentityRecord = NativeKey | WrappedKey;

const isBytes = (value: unknown, length: number): value is Bytes =>
  value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.length === length;

/** True for a record this file has made, whatever a database gives. */
export function isIdentityRecord(value: unknown): value is IdentityRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (!('publicKey' in value) || !isBytes(value.publicKey, 32)) return false;
  if (value.kind === 'native') return 'privateKey' in value && value.privateKey instanceof CryptoKey;
  return (
    value.kind === 'wrapped' &&
    'wrappingKey' in value &&
    value.wrappingKey instanceof CryptoKey &&
    'iv' in value &&
    isBytes(value.iv, 12) &&
    'sealedSeed' in value &&
    isBytes(value.sealedSeed, 32 + 16)
  );
}

/** A fresh key: the browser's own where it has Ed25519, else a wrapped seed. */
export async function newIdentityRecord(
  sodium: Sodium,
  subtle: Pick<SubtleCrypto, 'generateKey' | 'exportKey' | 'encrypt'>,
): Promise<IdentityRecord> {
  let pair: CryptoKeyPair;
  try {
    pair = await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  } catch {
    // NotSupportedError: this browser has no Ed25519.
    return newWrappedKey(sodium, subtle);
  }
  const publicKey = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  return { kind: 'native', publicKey, privateKey: pair.privateKey };
}

async function newWrappedKey(
  sodium: Sodium,
  subtle: Pick<SubtleCrypto, 'generateKey' | 'encrypt'>,
): Promise<WrappedKey> {
  const wrappingKey = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const seed = sodium.random(32);
  const { publicKey, secretKey } = sodium.signKeys(seed);
  const iv = sodium.random(12);
  const sealedSeed = new Uint8Array(await subtle.encrypt(wrapping(iv, publicKey), wrappingKey, seed));
  sodium.wipe(seed);
  sodium.wipe(secretKey);
  return { kind: 'wrapped', publicKey, wrappingKey, iv, sealedSeed };
}

const wrapping = (iv: Bytes, publicKey: Bytes) => ({ name: 'AES-GCM', iv, additionalData: publicKey });

/** The identity of a record. A wrapped seed is open only while it signs. */
export const identityOf = (sodium: Sodium, record: IdentityRecord): Identity => ({
  publicKey: record.publicKey,
  sign: (message) =>
    record.kind === 'native' ? signNative(record, message) : signWrapped(sodium, record, message),
});

const signNative = async ({ privateKey }: NativeKey, message: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, new Uint8Array(message)));

async function signWrapped(sodium: Sodium, record: WrappedKey, message: Uint8Array): Promise<Bytes> {
  const { publicKey, wrappingKey, iv, sealedSeed } = record;
  const seed = new Uint8Array(await crypto.subtle.decrypt(wrapping(iv, publicKey), wrappingKey, sealedSeed));
  const keys = sodium.signKeys(seed);
  const signature = sodium.sign(keys.secretKey, message);
  sodium.wipe(seed);
  sodium.wipe(keys.secretKey);
  // A seed that another record was written over would sign under a key that is not the one we name.
  if (!sodium.equal(keys.publicKey, publicKey)) throw new ReformsError('store');
  return signature;
}

/** An identity in memory only, for a page without WebCrypto (no secure context). */
export function memoryIdentity(sodium: Sodium): Identity {
  const { publicKey, secretKey } = sodium.signKeys(sodium.random(32));
  return { publicKey, sign: async (message) => sodium.sign(secretKey, message) };
}
