import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { expect } from 'chai';
import { loadSodium, loadSodiumWith } from '../../../../src/core/crypto/sodium.ts';
import type { WebAssemblyEngine } from '../../../../src/core/crypto/sodium.ts';
import { codeOf, filled, flipped, hexOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const rounds = Array.from({ length: 8 }, (_, round) => round);

describe('the port to libsodium', () => {
  it('hashes as @noble does', () => {
    for (const length of [0, 1, 111, 112, 127, 128, 129, 5000]) {
      const message = sodium.random(length);
      expect(hexOf(sodium.hash(message))).to.equal(hexOf(sha512(message)));
    }
  });

  it('seals and opens as @noble does', () => {
    for (const round of rounds) {
      const [key, nonce, ad, plain] = [
        sodium.random(32),
        sodium.random(12),
        sodium.random(round),
        sodium.random(round * 50),
      ] as const;
      const sealed = sodium.seal(key, nonce, ad, plain);
      expect(hexOf(sealed)).to.equal(hexOf(chacha20poly1305(key, nonce, ad).encrypt(plain)));
      expect(sodium.open(key, nonce, ad, sealed)).to.deep.equal(plain);
      expect(sodium.open(key, nonce, ad, flipped(sealed, round))).to.equal(null);
      expect(sodium.open(key, nonce, sodium.random(9), sealed)).to.equal(null);
    }
    expect(sodium.open(filled(32, 1), filled(12, 1), filled(0, 0), filled(15, 0))).to.equal(null);
  });

  it('exchanges keys as @noble does', () => {
    for (const _ of rounds) {
      const [mine, yours] = [sodium.random(32), sodium.random(32)] as const;
      const publicKey = sodium.dhPublic(yours);
      expect(hexOf(publicKey)).to.equal(hexOf(x25519.getPublicKey(yours)));
      expect(sodium.dh(mine, publicKey)).to.deep.equal(
        new Uint8Array(x25519.getSharedSecret(mine, publicKey)),
      );
    }
  });

  it('refuses every public key of low order', () => {
    // The points of order 1, 2, 4 and 8 on the curve and its twist (RFC 7748 §6.1 asks for the check of zero).
    const low = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
      '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ];
    for (const hex of low) {
      const publicKey = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      expect(sodium.dh(sodium.random(32), publicKey), hex).to.equal(null);
    }
  });

  it('encapsulates as @noble does', () => {
    for (const _ of rounds) {
      const [seed, m] = [sodium.random(64), sodium.random(32)] as const;
      const keys = sodium.kemKeys(seed);
      const theirs = ml_kem768.keygen(seed);
      expect(hexOf(keys.publicKey)).to.equal(hexOf(theirs.publicKey));
      const made = sodium.kemSeal(keys.publicKey, m);
      if (made === null) throw new Error('no ciphertext');
      const same = ml_kem768.encapsulate(theirs.publicKey, m);
      expect(hexOf(made.ciphertext)).to.equal(hexOf(same.cipherText));
      expect(hexOf(made.shared)).to.equal(hexOf(same.sharedSecret));
      expect(sodium.kemOpen(made.ciphertext, keys.secretKey)).to.deep.equal(made.shared);
      const wrong = sodium.kemOpen(flipped(made.ciphertext, 5), keys.secretKey);
      expect(wrong).to.deep.equal(
        new Uint8Array(ml_kem768.decapsulate(flipped(made.ciphertext, 5), theirs.secretKey)),
      );
      expect(wrong).to.not.deep.equal(made.shared);
    }
  });

  it('refuses ML-KEM keys and ciphertexts that are none', () => {
    expect(sodium.kemSeal(filled(1184, 0xff), filled(32, 1))).to.equal(null);
    expect(sodium.kemSeal(filled(1183, 0), filled(32, 1))).to.equal(null);
    expect(sodium.kemOpen(filled(1087, 0), sodium.kemKeys(filled(64, 1)).secretKey)).to.equal(null);
  });

  it('signs as @noble does, and verifies nothing else', () => {
    for (const round of rounds) {
      const seed = sodium.random(32);
      const message = sodium.random(round * 30);
      const { publicKey, secretKey } = sodium.signKeys(seed);
      const signature = sodium.sign(secretKey, message);
      expect(hexOf(publicKey)).to.equal(hexOf(ed25519.getPublicKey(seed)));
      expect(hexOf(signature)).to.equal(hexOf(ed25519.sign(message, seed)));
      expect(sodium.verify(signature, message, publicKey)).to.equal(true);
      expect(sodium.verify(flipped(signature, round), message, publicKey)).to.equal(false);
      expect(sodium.verify(signature, sodium.random(7), publicKey)).to.equal(false);
      expect(sodium.verify(signature.slice(1), message, publicKey)).to.equal(false);
      expect(sodium.verify(signature, message, flipped(publicKey, 3))).to.equal(false);
    }
  });

  it('compares, overwrites and draws', () => {
    expect(sodium.equal(filled(4, 1), filled(4, 1))).to.equal(true);
    expect(sodium.equal(filled(4, 1), filled(4, 2))).to.equal(false);
    expect(sodium.equal(filled(4, 1), filled(5, 1))).to.equal(false);
    expect(sodium.equal(filled(0, 1), filled(0, 1))).to.equal(true);
    const secret = filled(4, 9);
    sodium.wipe(secret);
    expect(secret).to.deep.equal(filled(4, 0));
    expect(sodium.random(32)).to.have.length(32);
    expect(sodium.random(32)).to.not.deep.equal(sodium.random(32));
  });
});

describe('loading libsodium', () => {
  it('ends with wasm-blocked where there is no WebAssembly', async () => {
    const none: unknown = { Module: undefined };
    expect(await codeOf(() => loadSodiumWith(none as WebAssemblyEngine))).to.equal('wasm-blocked');
  });

  it('ends with wasm-blocked where a policy refuses to compile', async () => {
    const blocked = Object.create(WebAssembly, {
      Module: {
        value: class {
          constructor() {
            throw new WebAssembly.CompileError('blocked by CSP');
          }
        },
      },
    });
    expect(await codeOf(() => loadSodiumWith(blocked))).to.equal('wasm-blocked');
  });
});
