import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { loadSodium } from '../../src/core/crypto/index.ts';
import { expand, extract, hmac } from '../../src/core/crypto/kdf.ts';

const sodium = await loadSodium();
const folder = process.env['VECTORS'] ?? new URL('../../../shared/vectors', import.meta.url).pathname;

type Fields = Readonly<Record<string, unknown>>;
interface Group extends Fields {
  readonly tests: readonly Fields[];
}

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && 'tests' in value && Array.isArray(value.tests);

/** Runs every case of a set, or says that the set is not there. `judge` throws, or tells what it did not check. */
function wycheproof(file: string, judge: (vector: Fields, group: Group) => void): void {
  const path = `${folder}/wycheproof/${file}`;
  if (!existsSync(path)) {
    test(`wycheproof ${file}`, (context) => context.diagnostic(`not run: there is no ${path}`));
    return;
  }
  const { testGroups }: { readonly testGroups: readonly unknown[] } = JSON.parse(readFileSync(path, 'utf8'));
  test(`wycheproof ${file}`, (context) => {
    let count = 0;
    for (const group of testGroups) {
      assert.ok(isGroup(group));
      for (const vector of group.tests) {
        try {
          judge(vector, group);
        } catch (error) {
          throw new Error(`case ${String(vector['tcId'])}: ${String(vector['comment'])}`, { cause: error });
        }
        count += 1;
      }
    }
    context.diagnostic(`${count} cases`);
  });
}

const hex = (value: unknown): Uint8Array<ArrayBuffer> => new Uint8Array(hexToBytes(String(value)));
const valid = (vector: Fields) => vector['result'] === 'valid';
const same = (made: Uint8Array | null | undefined, wanted: unknown) =>
  assert.equal(made ? bytesToHex(made) : null, String(wanted));

wycheproof('hmac_sha512_test.json', (vector, group) => {
  const made = hmac(sodium, hex(vector['key']), hex(vector['msg'])).slice(0, Number(group['tagSize']) / 8);
  assert.equal(bytesToHex(made) === vector['tag'], valid(vector));
});

wycheproof('hkdf_sha512_test.json', (vector) => {
  const make = () =>
    expand(sodium, extract(sodium, hex(vector['salt']), hex(vector['ikm'])), hex(vector['info']), Number(vector['size']));
  if (valid(vector)) same(make(), vector['okm']);
  else assert.throws(make);
});

wycheproof('x25519_test.json', (vector) => {
  const made = sodium.dh(hex(vector['private']), hex(vector['public']));
  // "acceptable" holds low-order and non-canonical keys: those that give zero must be refused, others must be right.
  if (/^0+$/.test(String(vector['shared']))) assert.equal(made, null);
  else if (made !== null || valid(vector)) same(made, vector['shared']);
});

wycheproof('chacha20_poly1305_test.json', (vector) => {
  const [key, nonce, ad] = [hex(vector['key']), hex(vector['iv']), hex(vector['aad'])];
  const sealed = hex(`${String(vector['ct'])}${String(vector['tag'])}`);
  // The port is only ever given nonces of 12 bytes.
  if (nonce.length !== 12) return;
  const opened = sodium.open(key, nonce, ad, sealed);
  if (!valid(vector)) return assert.equal(opened, null);
  same(opened, vector['msg']);
  same(sodium.seal(key, nonce, ad, hex(vector['msg'])), bytesToHex(sealed));
});

wycheproof('ed25519_test.json', (vector, group) => {
  const key = group['publicKey'];
  assert.ok(typeof key === 'object' && key !== null && 'pk' in key);
  assert.equal(sodium.verify(hex(vector['sig']), hex(vector['msg']), hex(key.pk)), valid(vector));
});

wycheproof('mlkem_768_keygen_seed_test.json', (vector) => {
  const keys = sodium.kemKeys(hex(vector['seed']));
  same(keys.publicKey, vector['ek']);
  same(keys.secretKey, vector['dk']);
});

wycheproof('mlkem_768_encaps_test.json', (vector) => {
  const made = sodium.kemSeal(hex(vector['ek']), hex(vector['m']));
  if (!valid(vector)) return assert.equal(made, null);
  same(made?.ciphertext, vector['c']);
  same(made?.shared, vector['K']);
});

wycheproof('mlkem_768_test.json', (vector) => {
  const seed = hex(vector['seed']);
  if (seed.length !== 64) return assert.ok(!valid(vector));
  const keys = sodium.kemKeys(seed);
  const made = sodium.kemOpen(hex(vector['c']), keys.secretKey);
  if (valid(vector)) same(made, vector['K']);
  else assert.notEqual(made && bytesToHex(made), vector['K']);
});
