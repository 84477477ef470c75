// takes the library, gives libsodium behind a port.

import type { Bytes } from '../brand.ts';
import { ReformsError } from '../errors.ts';
import { fetchSodium, type SodiumModule } from './sodium-library.ts';

/**
 * The primitives the kit uses, each one published function of libsodium. Every function that needs them takes this
 * port as a parameter; nothing keeps it in a module. Inputs have the lengths their comments name.
 */
export interface Sodium {
  /** `length` random bytes from the operating system. */
  random(length: number): Bytes;
  /** SHA-512, 64 bytes. */
  hash(message: Uint8Array): Bytes;
  /** Equality in constant time; false where the lengths differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** Overwrites with zeros. */
  wipe(bytes: Uint8Array): void;
  /** ChaCha20-Poly1305 (RFC 8439), key 32, nonce 12: ciphertext ‖ tag. */
  seal(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array, plain: Uint8Array): Bytes;
  /** Opens what `seal` made, or gives null. */
  open(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array, sealed: Uint8Array): Bytes | null;
  /** The X25519 public key (32) of a secret key (32). */
  dhPublic(secret: Uint8Array): Bytes;
  /** X25519 (RFC 7748), or null where the result is all zero: a public key of low order. */
  dh(secret: Uint8Array, publicKey: Uint8Array): Bytes | null;
  /** ML-KEM-768 (FIPS 203) keys of a 64-byte seed d ‖ z: public 1184, secret 2400. */
  kemKeys(seed: Uint8Array): { readonly publicKey: Bytes; readonly secretKey: Bytes };
  /** ML-KEM-768 encapsulation with 32 random bytes m: ciphertext 1088, shared 32; null for an invalid public key. */
  kemSeal(
    publicKey: Uint8Array,
    seed: Uint8Array,
  ): { readonly ciphertext: Bytes; readonly shared: Bytes } | null;
  /** ML-KEM-768 decapsulation: 32 bytes, implicitly rejecting (a wrong ciphertext gives another secret). */
  kemOpen(ciphertext: Uint8Array, secretKey: Uint8Array): Bytes | null;
  /** Ed25519 keys of a 32-byte seed: public 32, secret 64. */
  signKeys(seed: Uint8Array): { readonly publicKey: Bytes; readonly secretKey: Bytes };
  /** Ed25519 (RFC 8032) signature, 64 bytes. */
  sign(secretKey: Uint8Array, message: Uint8Array): Bytes;
  /** True only for a valid Ed25519 signature. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/** The part of `WebAssembly` that says whether modules may be compiled. */
export type WebAssemblyEngine = Pick<typeof WebAssembly, 'Module'>;

// The smallest module there is: the magic number and version 1 (WebAssembly core specification §5.5.16).
const EMPTY_MODULE = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

const orNull = <T>(attempt: () => T): T | null => {
  try {
    return attempt();
  } catch {
    // libsodium throws where a tag, a key or a length is wrong, WebAssembly where a policy forbids it. We have codes of our own.
    return null;
  }
};

/**
 * Throws `wasm-blocked` where the page's Content-Security-Policy (or the browser) refuses WebAssembly, so that nothing
 * waits for a library that can never be ready. The directive to add is `script-src 'wasm-unsafe-eval'`.
 */
function requireWebAssembly(engine: WebAssemblyEngine): void {
  if (orNull(() => new engine.Module(EMPTY_MODULE)) === null) throw new ReformsError('wasm-blocked');
}

/**
 * Loads libsodium and gives its port. The first call fetches the chunk. Rejects with `wasm-blocked` where
 * WebAssembly may not run, never falling back to anything slower.
 */
export const loadSodium = (): Promise<Sodium> => loadSodiumWith(globalThis.WebAssembly);

/** `loadSodium` in a browser whose WebAssembly is `engine`. For tests; not exported from `core/crypto/index.ts`. */
export async function loadSodiumWith(engine: WebAssemblyEngine): Promise<Sodium> {
  requireWebAssembly(engine);
  const wrapper = await fetchSodium();
  await wrapper.ready;
  // The ES module exports its functions on `default` only, after `ready`; its types list them as named exports.
  return port(wrapper.default as unknown as typeof wrapper);
}

function port(lib: SodiumModule): Sodium {
  // libsodium gives fresh copies out of its memory; its types cannot say that they are plain ArrayBuffers.
  const own = (bytes: Uint8Array): Bytes => bytes as Bytes;
  return {
    random: (length) => own(lib.randombytes_buf(length)),
    hash: (message) => own(lib.crypto_hash(message)),
    equal: (a, b) => a.length === b.length && (a.length === 0 || lib.memcmp(a, b)),
    wipe: (bytes) => lib.memzero(bytes),
    seal: (key, nonce, ad, plain) =>
      own(lib.crypto_aead_chacha20poly1305_ietf_encrypt(plain, ad, null, nonce, key)),
    open: (key, nonce, ad, sealed) =>
      orNull(() => own(lib.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, ad, nonce, key))),
    dhPublic: (secret) => own(lib.crypto_scalarmult_base(secret)),
    dh: (secret, publicKey) => orNull(() => own(lib.crypto_scalarmult(secret, publicKey))),
    kemKeys: (seed) => {
      const keys = lib.crypto_kem_mlkem768_seed_keypair(seed);
      return { publicKey: own(keys.publicKey), secretKey: own(keys.privateKey) };
    },
    kemSeal: (publicKey, seed) =>
      orNull(() => {
        const made = lib.crypto_kem_mlkem768_enc_deterministic(publicKey, seed);
        return { ciphertext: own(made.ciphertext), shared: own(made.sharedSecret) };
      }),
    kemOpen: (ciphertext, secretKey) => orNull(() => own(lib.crypto_kem_mlkem768_dec(ciphertext, secretKey))),
    signKeys: (seed) => {
      const keys = lib.crypto_sign_seed_keypair(seed);
      return { publicKey: own(keys.publicKey), secretKey: own(keys.privateKey) };
    },
    sign: (secretKey, message) => own(lib.crypto_sign_detached(message, secretKey)),
    verify: (signature, message, publicKey) =>
      orNull(() => lib.crypto_sign_verify_detached(signature, message, publicKey)) === true,
  };
}
