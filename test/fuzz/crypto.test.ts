// Room links, fingerprints, credentials, and every message of the handshake, from strangers and from members.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concat, fromBase64Url, toBase64Url } from '../../src/core/crypto/bytes.ts';
import { isCredentialBound } from '../../src/core/crypto/credential.ts';
import { sdpFingerprint } from '../../src/core/crypto/fingerprint.ts';
import {
  createInitiator,
  createResponder,
  encodeRoomFragment,
  parseRoomFragment,
} from '../../src/core/crypto/index.ts';
import { NoiseHandshake } from '../../src/core/crypto/noise.ts';
import { pad, unpad } from '../../src/core/crypto/padding.ts';
import {
  encodeAnswerBody,
  encodeFinBody,
  encodeOfferBody,
  parseAnswerBody,
  parseFinBody,
  parseOfferBody,
} from '../../src/core/crypto/rh1-bodies.ts';
import { RH1, prologueOf, responderSigns } from '../../src/core/crypto/rh1-keys.ts';
import {
  ALICE,
  ALICE_SDP,
  BOB,
  BOB_SDP,
  contextOf,
  filled,
  halfway,
  pairOf,
  valueOf,
} from '../support/crypto.ts';
import { long } from '../support/fuzz.ts';
import { almost, almostFields, jsonBytes, rubbish, same, wounds } from '../support/rubbish.ts';

const alice = await contextOf(ALICE);
const bob = await contextOf(BOB);
const { sodium } = alice;
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));

test('a room link gives its secret, and a broken one never another or none', () => {
  fc.assert(
    fc.property(key, wounds, (secret, spoil) => {
      const fragment = encodeRoomFragment(secret);
      assert.deepEqual(parseRoomFragment(`#${fragment}`), { ok: true, value: secret });
      const broken = new TextDecoder('latin1').decode(spoil(new TextEncoder().encode(fragment)));
      const parts = broken.replace(/^#/, '').split('&');
      const result = parseRoomFragment(broken);
      if (!result.ok) return;
      // One secret, one spelling: whatever is read is what was written.
      if (result.value === null) assert.ok(!parts.some((part) => part.startsWith('rf=')));
      else assert.ok(parts.includes(encodeRoomFragment(result.value)));
    }),
    long(1000),
  );
});

test('base64url has one spelling for each value', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w-]*$/), fc.base64String()), (text) => {
      const result = fromBase64Url(text);
      if (result.ok) assert.equal(toBase64Url(result.value), text);
    }),
    long(1000),
  );
});

const hex = fc.constantFrom('AA', 'ab', '0F', 'zz', 'a', '');
const sdpPiece = fc.oneof(
  fc.constantFrom(
    ...['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=setup:actpass', ALICE_SDP.trim(), BOB_SDP.trim()],
    ...['a=fingerprint:sha-1 AA:BB', 'a=crypto:1 X', ' a=fingerprint:sha-256 AA', 'A=FINGERPRINT:sha-256 AA'],
  ),
  fc.array(hex, { minLength: 30, maxLength: 34 }).map((pairs) => `a=fingerprint:sha-256 ${pairs.join(':')}`),
  fc.string(),
);
const sdp = fc
  .array(fc.tuple(sdpPiece, fc.constantFrom('\r\n', '\n', '\r', '\u2028', '', ' ')), { maxLength: 12 })
  .map((lines) => lines.flat().join(''));

test('an SDP has one fingerprint that no reader could take for another, or is refused', () => {
  fc.assert(
    fc.property(sdp, (text) => {
      const result = sdpFingerprint(text);
      if (!result.ok) return;
      // By the loosest reading there is: all that follows the word anywhere, in any case.
      const named = [...text.matchAll(/fingerprint\s*:\s*(\S+)\s+([^\s\u2028]*)/gi)];
      const own = Buffer.from(result.value).toString('hex');
      const atLineStart = named.filter(({ index }) =>
        /(^|[\r\n\u2028])\s*a\s*=\s*$/i.test(text.slice(0, index)),
      );
      assert.ok(atLineStart.length > 0);
      for (const [, hash = '', digest = ''] of atLineStart) {
        assert.equal(hash.toLowerCase(), 'sha-256');
        assert.equal(digest.replaceAll(':', '').toLowerCase(), own);
      }
      assert.doesNotMatch(text, /^\s*a\s*=\s*crypto/im);
    }),
    long(2000),
  );
});

test('padding comes off exactly what it went on, and off nothing else', () => {
  fc.assert(
    fc.property(rubbish(3000), wounds, (plain, spoil) => {
      const padded = pad(plain, 1024);
      assert.deepEqual(unpad(padded, 1024), { ok: true, value: plain });
      const result = unpad(spoil(padded), 1024);
      if (result.ok) assert.ok(same(pad(result.value, 1024), spoil(padded)));
    }),
    long(500),
  );
});

test('a body of the handshake is one that we could have written, or refused', () => {
  fc.assert(
    fc.property(fc.oneof(almost, rubbish()), (bytes) => {
      const offer = parseOfferBody(bytes);
      if (offer.ok) assert.deepEqual(parseOfferBody(encodeOfferBody(offer.value)), offer);
      const answer = parseAnswerBody(bytes);
      if (answer.ok) assert.deepEqual(parseAnswerBody(encodeAnswerBody(answer.value)), answer);
      const fin = parseFinBody(bytes);
      if (fin.ok) assert.deepEqual(parseFinBody(encodeFinBody(fin.value)), fin);
    }),
    long(2000),
  );
});

const part = fc.oneof(
  fc.string(),
  fc.jsonValue().map((value) => toBase64Url(jsonBytes(value))),
);

test('a credential that nobody made for this key and room is not bound to it', () => {
  const binding = { ik: filled(32, 1), topic: filled(16, 2) };
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      assert.equal(isCredentialBound(parts.join('.'), binding), false);
    }),
    long(1000),
  );
});

test('a handshake takes no message that was spoilt on its way, and still takes the good one', async () => {
  await fc.assert(
    fc.asyncProperty(wounds, async (spoil) => {
      const { offer, initiator, responder } = await halfway(alice, bob);
      const differs = (good: Uint8Array) => !same(spoil(good), good);
      if (differs(offer)) assert.equal((await createResponder(bob, spoil(offer))).ok, false);
      if (differs(responder.answer)) {
        assert.equal((await initiator.readAnswer(spoil(responder.answer))).ok, false);
      }
      const ready = valueOf(await initiator.readAnswer(responder.answer));
      if (differs(ready.fin)) assert.equal(responder.readFin(spoil(ready.fin)).ok, false);
      const [fromA, fromB] = [
        valueOf(await ready.confirm(undefined)),
        valueOf(await responder.confirm(undefined)),
      ];
      if (differs(fromA)) assert.equal(responder.readConfirm(spoil(fromA)).ok, false);
      if (differs(fromB)) assert.equal(ready.readConfirm(spoil(fromB)).ok, false);
      assert.equal(responder.secure() ?? ready.secure(), null);
      valueOf(responder.readFin(ready.fin));
      valueOf(responder.readConfirm(fromA));
      valueOf(ready.readConfirm(fromB));
      const [a, b] = [pairOf(ready), pairOf(responder)];
      const frame = a.ctl.seal(filled(40, 7));
      if (differs(frame)) assert.equal(b.ctl.open(spoil(frame)).ok, false);
      assert.deepEqual(b.ctl.open(frame), { ok: true, value: filled(40, 7) });
    }),
    long(60),
  );
});

/** What a member of the room can do, and nobody else: seal any payload well. */
const noiseOf = (role: 'initiator' | 'responder') =>
  NoiseHandshake.start({
    sodium,
    random: sodium.random,
    pattern: RH1,
    role,
    prologue: prologueOf(alice),
    psks: [alice.room.psk],
  });

const payload = fc.oneof(
  almostFields.map((fields) => ({ body: jsonBytes(fields), padded: true })),
  rubbish(2000).map((body) => ({ body, padded: false })),
  rubbish(2000).map((body) => ({ body, padded: true })),
);

test('a member who seals nonsense in an OFFER is refused, or has made an OFFER with one fingerprint', async () => {
  await fc.assert(
    fc.asyncProperty(payload, async ({ body, padded }) => {
      const noise = noiseOf('initiator');
      const tokens = valueOf(noise.writeTokens());
      const result = await createResponder(
        bob,
        concat(tokens, noise.writePayload(padded ? pad(body, 1024) : body)),
      );
      if (result.ok) valueOf(sdpFingerprint(result.value.sdp));
    }),
    long(60),
  );
});

test('a member who signs nonsense in an ANSWER is refused, and the honest ANSWER still counts', async () => {
  await fc.assert(
    fc.asyncProperty(almostFields, async (fields) => {
      const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
      const honest = await valueOf(await createResponder(bob, offer)).answer({ sdp: BOB_SDP });
      const noise = noiseOf('responder');
      valueOf(noise.readPayload(valueOf(noise.readTokens(offer))));
      const tokens = valueOf(noise.writeTokens());
      const body = jsonBytes({ ...fields, cred: undefined });
      const signature = await bob.identity.sign(responderSigns(sodium, noise.hash, body));
      const answer = concat(tokens, noise.writePayload(pad(concat(signature, body), 1024)));
      const said = await machine.readAnswer(answer);
      // The identity in it is never Bob's: the signature is not that of the key it names.
      assert.equal(said.ok, false);
      assert.equal((await machine.readAnswer(honest.answer)).ok, true);
    }),
    long(40),
  );
});
