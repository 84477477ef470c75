// takes a Noise pattern and messages, gives the handshake's messages, hash and chaining key (rev 34, §5.3).

import type { Bytes } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { EMPTY, concat } from './bytes.ts';
import { SymmetricState } from './noise-symmetric.ts';
import type { CipherState } from './noise-symmetric.ts';
import type { Sodium } from './sodium.ts';

/** The tokens of patterns without static keys; `e1` and `ekem1` are those of the HFS extension draft. */
export type NoiseToken = 'psk' | 'e' | 'ee' | 'e1' | 'ekem1';

/** A full protocol name and the tokens of its messages, the initiator's first. */
export interface NoisePattern {
  readonly name: string;
  readonly messages: readonly (readonly NoiseToken[])[];
}

/** Gives random bytes. In the kit that is always libsodium. */
export type Random = (length: number) => Bytes;

/** What a party brings to a handshake. */
export interface NoiseParty {
  readonly sodium: Sodium;
  readonly random: Random;
  readonly pattern: NoisePattern;
  readonly role: 'initiator' | 'responder';
  readonly prologue: Uint8Array;
  /** 32 bytes each, one for each `psk` token, in order. */
  readonly psks: readonly Uint8Array[];
}

/** "Noise messages are less than or equal to 65535 bytes in length" (§3). */
export const MAX_NOISE_MESSAGE = 65_535;

const KEY = 32;
const KEM_PUBLIC = 1184;
const KEM_CIPHERTEXT = 1088;

interface KeyPair {
  readonly secretKey: Bytes;
  readonly publicKey: Bytes;
}

/**
 * One side of a handshake. A message is written, or read, in two steps, tokens and then payload, because RH1 signs the
 * hash between the two. A failed read leaves a spoilt state behind: read on a `clone()`, keep the clone if it is good.
 */
export class NoiseHandshake {
  readonly #party: NoiseParty;
  readonly #state: SymmetricState;
  #next = 0;
  #psks = 0;
  #own: KeyPair | null = null;
  #ownKem: KeyPair | null = null;
  #theirs: Bytes | null = null;
  #theirKem: Uint8Array | null = null;

  private constructor(party: NoiseParty, state: SymmetricState) {
    this.#party = party;
    this.#state = state;
  }

  /** Initialize(handshake_pattern, initiator, prologue, …). */
  static start(party: NoiseParty): NoiseHandshake {
    const state = SymmetricState.start(party.sodium, party.pattern.name);
    state.mixHash(party.prologue);
    return new NoiseHandshake(party, state);
  }

  /** h: what everything so far hashes to. */
  get hash(): Bytes {
    return this.#state.hash;
  }

  /** ck, 64 bytes. */
  get chain(): Bytes {
    return this.#state.chain;
  }

  clone(): NoiseHandshake {
    const copy = new NoiseHandshake(this.#party, this.#state.clone());
    copy.#next = this.#next;
    copy.#psks = this.#psks;
    copy.#own = this.#own;
    copy.#ownKem = this.#ownKem;
    copy.#theirs = this.#theirs;
    copy.#theirKem = this.#theirKem;
    return copy;
  }

  /** Overwrites the ephemeral secrets, of all clones too. */
  forget(): void {
    for (const pair of [this.#own, this.#ownKem]) if (pair) this.#party.sodium.wipe(pair.secretKey);
  }

  /** The next message up to its payload; `decrypt` where the other side's key is of low order or not valid. */
  writeTokens(): Result<Bytes, 'decrypt'> {
    const written: Uint8Array[] = [];
    for (const token of this.#message()) {
      const piece = this.#write(token);
      if (piece === null) return no('decrypt');
      written.push(piece);
    }
    return ok(concat(...written));
  }

  /** The payload that ends the message. */
  writePayload(plain: Uint8Array): Uint8Array {
    return this.#state.encryptAndHash(plain);
  }

  /** Reads the next message up to its payload and gives what is left; `decrypt` where it is no such message. */
  readTokens(message: Uint8Array): Result<Uint8Array, 'decrypt'> {
    let rest = message;
    for (const token of this.#message()) {
      const length = this.#length(token);
      if (rest.length < length || !this.#read(token, rest.subarray(0, length))) return no('decrypt');
      rest = rest.subarray(length);
    }
    return ok(rest);
  }

  /** The payload that ends the message. */
  readPayload(rest: Uint8Array): Result<Uint8Array, 'decrypt'> {
    const plain = this.#state.decryptAndHash(rest);
    return plain === null ? no('decrypt') : ok(plain);
  }

  /** The ciphers for transport messages: the initiator's, then the responder's. */
  split(): readonly [CipherState, CipherState] {
    return this.#state.split();
  }

  #message(): readonly NoiseToken[] {
    const message = this.#party.pattern.messages[this.#next];
    if (message === undefined) throw new ReformsError('internal');
    this.#next += 1;
    return message;
  }

  #write(token: NoiseToken): Uint8Array | null {
    const { sodium, random } = this.#party;
    switch (token) {
      case 'psk':
        this.#mixPsk();
        return EMPTY;
      case 'e': {
        const secretKey = random(KEY);
        this.#own = { secretKey, publicKey: sodium.dhPublic(secretKey) };
        this.#mixEphemeral(this.#own.publicKey);
        return this.#own.publicKey;
      }
      case 'ee':
        return this.#mixDh() ? EMPTY : null;
      case 'e1':
        this.#ownKem = sodium.kemKeys(random(2 * KEY));
        return this.#state.encryptAndHash(this.#ownKem.publicKey);
      case 'ekem1': {
        const made = this.#theirKem && sodium.kemSeal(this.#theirKem, random(KEY));
        if (!made) return null;
        const sealed = this.#state.encryptAndHash(made.ciphertext);
        this.#state.mixKey(made.shared);
        return sealed;
      }
    }
  }

  #read(token: NoiseToken, piece: Uint8Array): boolean {
    switch (token) {
      case 'psk':
        this.#mixPsk();
        return true;
      case 'e':
        this.#theirs = new Uint8Array(piece);
        this.#mixEphemeral(this.#theirs);
        return true;
      case 'ee':
        return this.#mixDh();
      case 'e1':
        this.#theirKem = this.#state.decryptAndHash(piece);
        return this.#theirKem !== null;
      case 'ekem1': {
        const ciphertext = this.#state.decryptAndHash(piece);
        const shared =
          ciphertext && this.#ownKem && this.#party.sodium.kemOpen(ciphertext, this.#ownKem.secretKey);
        if (!shared) return false;
        this.#state.mixKey(shared);
        return true;
      }
    }
  }

  // What stands in the message for a token; keys of a KEM carry a tag once there is a key to seal them with.
  #length(token: NoiseToken): number {
    if (token === 'e') return KEY;
    if (token === 'e1') return KEM_PUBLIC + this.#state.tagLength;
    if (token === 'ekem1') return KEM_CIPHERTEXT + this.#state.tagLength;
    return 0;
  }

  #mixPsk(): void {
    const psk = this.#party.psks[this.#psks];
    if (psk === undefined) throw new ReformsError('internal');
    this.#psks += 1;
    this.#state.mixKeyAndHash(psk);
  }

  // "In a PSK handshake, MixKey(e.public_key) is called after MixHash" (§9.2).
  #mixEphemeral(publicKey: Bytes): void {
    this.#state.mixHash(publicKey);
    if (this.#party.psks.length > 0) this.#state.mixKey(publicKey);
  }

  #mixDh(): boolean {
    const shared = this.#own && this.#theirs && this.#party.sodium.dh(this.#own.secretKey, this.#theirs);
    if (!shared) return false;
    this.#state.mixKey(shared);
    return true;
  }
}
