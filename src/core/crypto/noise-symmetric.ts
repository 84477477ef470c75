// takes keys and messages, gives the running hash and the running key of a Noise handshake (rev 34, §5.1 and §5.2).

import type { Bytes } from '../brand.ts';
import { EMPTY, concat, utf8 } from './bytes.ts';
import { expand, extract } from './kdf.ts';
import type { Sodium } from './sodium.ts';

const HASH_BYTES = 64;
const TAG_BYTES = 16;

/** A Noise CipherState with ChaChaPoly: nonce = 32 zero bits ‖ u64 counter, little-endian (§12.3). */
export class CipherState {
  readonly #sodium: Sodium;
  readonly #key: Bytes | null;
  #counter: number;

  constructor(sodium: Sodium, key: Bytes | null, counter = 0) {
    this.#sodium = sodium;
    this.#key = key;
    this.#counter = counter;
  }

  /** Bytes by which sealing makes longer: 16, or 0 while there is no key. */
  get tagLength(): number {
    return this.#key === null ? 0 : TAG_BYTES;
  }

  clone(): CipherState {
    return new CipherState(this.#sodium, this.#key, this.#counter);
  }

  encrypt(ad: Uint8Array, plain: Uint8Array): Uint8Array {
    return this.#key === null ? plain : this.#sodium.seal(this.#key, this.#nonce(), ad, plain);
  }

  decrypt(ad: Uint8Array, sealed: Uint8Array): Uint8Array | null {
    return this.#key === null ? sealed : this.#sodium.open(this.#key, this.#nonce(), ad, sealed);
  }

  #nonce(): Bytes {
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setBigUint64(4, BigInt(this.#counter), true);
    this.#counter += 1;
    return nonce;
  }
}

/** A Noise SymmetricState. Its arrays are replaced and never written to, so a clone costs three references. */
export class SymmetricState {
  readonly #sodium: Sodium;
  #hash: Bytes;
  #chain: Bytes;
  #cipher: CipherState;

  private constructor(sodium: Sodium, hash: Bytes, chain: Bytes, cipher: CipherState) {
    this.#sodium = sodium;
    this.#hash = hash;
    this.#chain = chain;
    this.#cipher = cipher;
  }

  /** InitializeSymmetric(protocol_name). */
  static start(sodium: Sodium, protocolName: string): SymmetricState {
    const name = utf8(protocolName);
    const hash =
      name.length <= HASH_BYTES ? concat(name, new Uint8Array(HASH_BYTES - name.length)) : sodium.hash(name);
    return new SymmetricState(sodium, hash, hash, new CipherState(sodium, null));
  }

  /** h */
  get hash(): Bytes {
    return this.#hash;
  }

  /** ck */
  get chain(): Bytes {
    return this.#chain;
  }

  /** Bytes by which `encryptAndHash` makes longer. */
  get tagLength(): number {
    return this.#cipher.tagLength;
  }

  clone(): SymmetricState {
    return new SymmetricState(this.#sodium, this.#hash, this.#chain, this.#cipher.clone());
  }

  mixHash(data: Uint8Array): void {
    this.#hash = this.#sodium.hash(concat(this.#hash, data));
  }

  mixKey(input: Uint8Array): void {
    const [chain, key] = this.#derive(input, 2);
    this.#chain = chain;
    this.#cipher = new CipherState(this.#sodium, key.slice(0, 32));
  }

  mixKeyAndHash(input: Uint8Array): void {
    const [chain, hash, key] = this.#derive(input, 3);
    this.#chain = chain;
    this.mixHash(hash);
    this.#cipher = new CipherState(this.#sodium, key.slice(0, 32));
  }

  encryptAndHash(plain: Uint8Array): Uint8Array {
    const sealed = this.#cipher.encrypt(this.#hash, plain);
    this.mixHash(sealed);
    return sealed;
  }

  decryptAndHash(sealed: Uint8Array): Uint8Array | null {
    const plain = this.#cipher.decrypt(this.#hash, sealed);
    this.mixHash(sealed);
    return plain;
  }

  /** Split(): the transport ciphers of initiator and responder. */
  split(): readonly [CipherState, CipherState] {
    const [toResponder, toInitiator] = this.#derive(EMPTY, 2);
    return [
      new CipherState(this.#sodium, toResponder.slice(0, 32)),
      new CipherState(this.#sodium, toInitiator.slice(0, 32)),
    ];
  }

  // HKDF(ck, input, n) of §4.3; an output that nobody asked for stays empty.
  #derive(input: Uint8Array, outputs: 2 | 3): readonly [Bytes, Bytes, Bytes] {
    const okm = expand(this.#sodium, extract(this.#sodium, this.#chain, input), EMPTY, outputs * HASH_BYTES);
    const output = (at: number) => okm.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES);
    return [output(0), output(1), output(2)];
  }
}
