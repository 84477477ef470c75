import { expect } from 'chai';
import { loadSodium } from '../../../../src/core/crypto/index.ts';
import { NoiseHandshake } from '../../../../src/core/crypto/noise.ts';
import type { NoisePattern } from '../../../../src/core/crypto/noise.ts';
import { SymmetricState } from '../../../../src/core/crypto/noise-symmetric.ts';
import { bytes, codeOf, concat, filled, flipped, hexOf, reasonOf, valueOf } from '../../../support/crypto.ts';

// The official vectors and the other implementation run in Node: test/vectors/noise.test.ts.
const sodium = await loadSodium();
const NN: NoisePattern = { name: 'Noise_NN_25519_ChaChaPoly_SHA512', messages: [['e'], ['e', 'ee']] };
const NNHFS: NoisePattern = {
  name: 'Noise_NNhfs_25519+MLKEM768_ChaChaPoly_SHA512',
  messages: [
    ['e', 'e1'],
    ['e', 'ee', 'ekem1'],
  ],
};

const start = (pattern: NoisePattern, role: 'initiator' | 'responder', psks: readonly Uint8Array[] = []) =>
  NoiseHandshake.start({ sodium, random: sodium.random, pattern, role, prologue: bytes(1), psks });

const write = (side: NoiseHandshake, payload: Uint8Array) =>
  concat(valueOf(side.writeTokens()), side.writePayload(payload));
const read = (side: NoiseHandshake, message: Uint8Array) =>
  valueOf(side.readPayload(valueOf(side.readTokens(message))));

describe('the Noise core', () => {
  for (const pattern of [NN, NNHFS]) {
    it(`brings both sides of ${pattern.name} to one hash and two ciphers`, () => {
      const a = start(pattern, 'initiator');
      const b = start(pattern, 'responder');
      expect(read(b, write(a, bytes(1, 2)))).to.deep.equal(bytes(1, 2));
      expect(read(a, write(b, bytes(3)))).to.deep.equal(bytes(3));
      expect(hexOf(a.hash)).to.equal(hexOf(b.hash));
      expect(hexOf(a.chain)).to.equal(hexOf(b.chain));
      const [sending, receiving] = [a.split(), b.split()];
      for (const way of [0, 1] as const) {
        for (const value of [7, 8, 9]) {
          const sealed = sending[way].encrypt(bytes(), bytes(value));
          expect(sealed).to.have.length(17);
          expect(receiving[way].decrypt(bytes(), sealed)).to.deep.equal(bytes(value));
        }
      }
      expect(hexOf(sending[0].encrypt(bytes(), bytes(1)))).to.not.equal(
        hexOf(sending[1].encrypt(bytes(), bytes(1))),
      );
    });
  }

  it('reads on a copy without moving the original', () => {
    const a = start(NNHFS, 'initiator');
    const b = start(NNHFS, 'responder');
    const first = write(a, bytes(1));
    const { hash } = b;
    expect(reasonOf(b.clone().readTokens(first.slice(0, 20)))).to.equal('decrypt');
    expect(read(b.clone(), first)).to.deep.equal(bytes(1));
    expect(b.hash).to.equal(hash);
    read(b, first);
    const second = write(b, bytes(2));
    for (const at of [0, 40, 1130, second.length - 1]) {
      const copy = a.clone();
      const rest = copy.readTokens(flipped(second, at));
      expect(rest.ok && copy.readPayload(rest.value).ok).to.equal(false);
    }
    expect(read(a, second)).to.deep.equal(bytes(2));
  });

  it('refuses a key of low order', () => {
    const a = start(NN, 'initiator');
    write(a, bytes());
    expect(reasonOf(a.readTokens(filled(48, 0)))).to.equal('decrypt');
    const b = start(NN, 'responder');
    read(b, filled(32, 0));
    expect(reasonOf(b.writeTokens())).to.equal('decrypt');
  });

  it('forgets its secrets', () => {
    const made: Uint8Array[] = [];
    const random = (length: number) => {
      const fresh = sodium.random(length);
      made.push(fresh);
      return fresh;
    };
    const pattern = { ...NN };
    const a = NoiseHandshake.start({
      sodium,
      random,
      pattern,
      role: 'initiator',
      prologue: bytes(),
      psks: [],
    });
    a.forget();
    valueOf(a.writeTokens());
    a.forget();
    expect(made).to.deep.equal([filled(32, 0)]);
  });

  it('does not go on after its last message, nor without a pre-shared key it needs', async () => {
    const a = start({ ...NN, messages: [] }, 'initiator');
    expect(await codeOf(() => a.writeTokens())).to.equal('internal');
    const b = start({ ...NN, messages: [['psk', 'e']] }, 'initiator');
    expect(await codeOf(() => b.writeTokens())).to.equal('internal');
  });

  it('hashes a protocol name that is longer than a hash', () => {
    const name = 'N'.repeat(65);
    expect(hexOf(SymmetricState.start(sodium, name).hash)).to.equal(
      hexOf(sodium.hash(new TextEncoder().encode(name))),
    );
  });
});
