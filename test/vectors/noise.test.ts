import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import NoiseState from 'noise-handshake';
import { loadSodium } from '../../src/core/crypto/index.ts';
import { NoiseHandshake } from '../../src/core/crypto/noise.ts';
import type { NoisePattern, NoiseToken } from '../../src/core/crypto/noise.ts';

const sodium = await loadSodium();
// VECTORS names the folder of the public test sets; without it, one beside this repository is looked for.
const folder = process.env['VECTORS'] ?? new URL('../../../shared/vectors', import.meta.url).pathname;
const path = `${folder}/noise/nn_xx_25519_chachapoly_sha512.json`;

const messagesOf: Readonly<Record<string, readonly (readonly NoiseToken[])[]>> = {
  'NN': [['e'], ['e', 'ee']],
  'NNpsk0': [
    ['psk', 'e'],
    ['e', 'ee'],
  ],
  'NNpsk2': [['e'], ['e', 'ee', 'psk']],
  'NNpsk0+psk2': [
    ['psk', 'e'],
    ['e', 'ee', 'psk'],
  ],
};

interface Vector {
  readonly protocol_name: string;
  readonly init_prologue: string;
  readonly resp_prologue: string;
  readonly init_psks?: readonly string[];
  readonly resp_psks?: readonly string[];
  readonly init_ephemeral: string;
  readonly resp_ephemeral: string;
  readonly handshake_hash?: string;
  readonly messages: readonly { readonly payload: string; readonly ciphertext: string }[];
  readonly source: string;
}

const bytes = (hex: string) => new Uint8Array(hexToBytes(hex));

function party(
  pattern: NoisePattern,
  role: 'initiator' | 'responder',
  prologue: Uint8Array,
  ephemeral: Uint8Array<ArrayBuffer>,
  psks: readonly Uint8Array[],
  port = sodium,
): NoiseHandshake {
  return NoiseHandshake.start({ sodium: port, random: () => ephemeral, pattern, role, prologue, psks });
}

/** Writes on one side and reads on the other; gives the message. */
function exchange(from: NoiseHandshake, to: NoiseHandshake, payload: Uint8Array): Uint8Array {
  const tokens = from.writeTokens();
  assert.ok(tokens.ok);
  const message = new Uint8Array([...tokens.value, ...from.writePayload(payload)]);
  const rest = to.readTokens(message);
  assert.ok(rest.ok);
  const read = to.readPayload(rest.value);
  assert.ok(read.ok);
  assert.equal(bytesToHex(read.value), bytesToHex(payload));
  return message;
}

if (existsSync(path)) {
  const { vectors }: { readonly vectors: readonly Vector[] } = JSON.parse(readFileSync(path, 'utf8'));
  for (const vector of vectors) {
    const [, patternName = ''] = vector.protocol_name.split('_');
    const messages = messagesOf[patternName];
    // Patterns with static keys are not ours.
    if (messages === undefined) continue;
    test(`${vector.protocol_name} agrees with ${vector.source}`, () => {
      const pattern = { name: vector.protocol_name, messages };
      const psks = (list: readonly string[] = []) => list.map(bytes);
      const a = party(pattern, 'initiator', bytes(vector.init_prologue), bytes(vector.init_ephemeral), psks(vector.init_psks));
      const b = party(pattern, 'responder', bytes(vector.resp_prologue), bytes(vector.resp_ephemeral), psks(vector.resp_psks));
      const [first, second, ...transport] = vector.messages;
      assert.ok(first && second);
      assert.equal(bytesToHex(exchange(a, b, bytes(first.payload))), first.ciphertext);
      assert.equal(bytesToHex(exchange(b, a, bytes(second.payload))), second.ciphertext);
      if (vector.handshake_hash) assert.equal(bytesToHex(a.hash), vector.handshake_hash);
      assert.equal(bytesToHex(a.hash), bytesToHex(b.hash));
      const sending = a.split();
      const receiving = b.split();
      transport.forEach(({ payload, ciphertext }, at) => {
        const way = at % 2 === 0 ? 0 : 1;
        assert.equal(bytesToHex(sending[way].encrypt(new Uint8Array(0), bytes(payload))), ciphertext);
        assert.equal(bytesToHex(receiving[way].decrypt(new Uint8Array(0), bytes(ciphertext)) ?? new Uint8Array(0)), payload);
      });
    });
  }
} else {
  test('official Noise vectors', (context) => {
    context.diagnostic(`not run: there is no ${path}`);
  });
}

// `noise-handshake` hashes with BLAKE2b only; the core is the same one, with another hash in the port.
const blake = { ...sodium, hash: (message: Uint8Array) => new Uint8Array(blake2b(message)) };

for (const name of ['NN', 'NNpsk0'] as const) {
  for (const weInitiate of [true, false]) {
    test(`${name} shakes hands with noise-handshake, ${weInitiate ? 'calling' : 'called'}`, () => {
      const psk = sodium.random(32);
      const prologue = sodium.random(20);
      const pattern = { name: `Noise_${name}_25519_ChaChaPoly_BLAKE2b`, messages: messagesOf[name] ?? [] };
      const ours = party(
        pattern,
        weInitiate ? 'initiator' : 'responder',
        prologue,
        sodium.random(32),
        name === 'NN' ? [] : [psk],
        blake,
      );
      const theirs = new NoiseState(name, !weInitiate, null, name === 'NN' ? {} : { psk: Buffer.from(psk) });
      theirs.initialise(Buffer.from(prologue));
      const send = (payload: Uint8Array) => {
        const tokens = ours.writeTokens();
        assert.ok(tokens.ok);
        const message = Buffer.concat([tokens.value, ours.writePayload(payload)]);
        assert.equal(bytesToHex(theirs.recv(message)), bytesToHex(payload));
      };
      const receive = (payload: Uint8Array) => {
        const rest = ours.readTokens(new Uint8Array(theirs.send(Buffer.from(payload))));
        assert.ok(rest.ok);
        const read = ours.readPayload(rest.value);
        assert.ok(read.ok);
        assert.equal(bytesToHex(read.value), bytesToHex(payload));
      };
      const [one, two] = weInitiate ? [send, receive] : [receive, send];
      one(sodium.random(50));
      two(sodium.random(7));
      assert.equal(bytesToHex(ours.hash), bytesToHex(theirs.hash));
      const [toResponder, toInitiator] = ours.split();
      const [mine, yours] = weInitiate ? [toResponder, toInitiator] : [toInitiator, toResponder];
      const keyed = (key: Uint8Array, plain: Uint8Array) => sodium.seal(key, new Uint8Array(12), new Uint8Array(0), plain);
      const plain = sodium.random(9);
      assert.equal(bytesToHex(mine.encrypt(new Uint8Array(0), plain)), bytesToHex(keyed(theirs.rx, plain)));
      assert.equal(bytesToHex(yours.encrypt(new Uint8Array(0), plain)), bytesToHex(keyed(theirs.tx, plain)));
    });
  }
}
