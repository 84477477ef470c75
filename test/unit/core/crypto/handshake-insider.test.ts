import { expect } from 'chai';
import { concat, toBase64Url, utf8 } from '../../../../src/core/crypto/bytes.ts';
import { createInitiator, createResponder } from '../../../../src/core/crypto/index.ts';
import type { HandshakeContext, Identity } from '../../../../src/core/crypto/index.ts';
import { L } from '../../../../src/core/crypto/labels.ts';
import { NoiseHandshake } from '../../../../src/core/crypto/noise.ts';
import { pad } from '../../../../src/core/crypto/padding.ts';
import {
  RH1,
  initiatorSigns,
  prologueOf,
  responderSigns,
  sessionKeys,
} from '../../../../src/core/crypto/rh1-keys.ts';
import {
  ALICE,
  ALICE_SDP,
  BOB,
  BOB_SDP,
  contextOf,
  filled,
  halfway,
  reasonOf,
  secured,
  valueOf,
} from '../../../support/crypto.ts';

const alice = await contextOf(ALICE);
const bob = await contextOf(BOB);
const MALLORY = 3;
const mallory = await contextOf(MALLORY);
const { sodium } = alice;

const json = (value: unknown) => utf8(JSON.stringify(value));
const key = toBase64Url(filled(32, 9));
const noiseOf = (context: HandshakeContext, role: 'initiator' | 'responder') =>
  NoiseHandshake.start({
    sodium,
    random: sodium.random,
    pattern: RH1,
    role,
    prologue: prologueOf(context),
    psks: [context.room.psk],
  });

/** An OFFER by someone who knows the room, with whatever payload. */
function offerWith(payload: Uint8Array): Uint8Array {
  const noise = noiseOf(alice, 'initiator');
  const tokens = valueOf(noise.writeTokens());
  return concat(tokens, noise.writePayload(payload));
}

/** An ANSWER by someone who knows the room, with whatever body and signer. */
async function answerWith(offer: Uint8Array, body: Uint8Array, signer: Identity): Promise<Uint8Array> {
  const noise = noiseOf(bob, 'responder');
  valueOf(noise.readPayload(valueOf(noise.readTokens(offer))));
  const tokens = valueOf(noise.writeTokens());
  const signature = await signer.sign(responderSigns(sodium, noise.hash, body));
  return concat(tokens, noise.writePayload(pad(concat(signature, body), 1024)));
}

/** The responder's stage, and a FIN for it with whatever body and signer. */
async function finWith(
  body: (saso: string) => Uint8Array,
  signer: Identity,
  committed: Uint8Array = alice.identity.publicKey,
) {
  const nonce = filled(32, 4);
  const noise = noiseOf(alice, 'initiator');
  const tokens = valueOf(noise.writeTokens());
  const sasc = sodium.hash(L('sas-commit', nonce, committed)).slice(0, 32);
  const offer = json({ v: 1, sdp: ALICE_SDP, sasc: toBase64Url(sasc) });
  const responder = valueOf(await createResponder(bob, concat(tokens, noise.writePayload(pad(offer, 1024)))));
  const stage = await responder.answer({ sdp: BOB_SDP });
  valueOf(noise.readPayload(valueOf(noise.readTokens(stage.answer))));
  const keys = sessionKeys(sodium, noise.chain, noise.hash);
  const plain = body(toBase64Url(nonce));
  const signature = await signer.sign(initiatorSigns(sodium, noise.hash, plain));
  const sealed = sodium.seal(keys.fin, new Uint8Array(12), L('fin'), concat(signature, plain));
  return { stage, fin: concat(new Uint8Array([2]), sealed) };
}

const jwtFor = (ik: Uint8Array, topic: Uint8Array) =>
  [
    { alg: 'EdDSA' },
    {
      iss: 'lms',
      sub: '7',
      name: 'Alice',
      role: 'teacher',
      exp: 2e9,
      room: toBase64Url(topic),
      cnf: { ik: toBase64Url(ik) },
    },
  ]
    .map((part) => toBase64Url(json(part)))
    .concat(toBase64Url(filled(64, 0)))
    .join('.');

describe('an OFFER by someone who knows the room', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['without padding', json({ v: 1, sdp: ALICE_SDP, sasc: key }), 'bad-frame'],
    ['with nothing but zeros', filled(1024, 0), 'bad-frame'],
    ['that is no JSON', pad(utf8('{'), 1024), 'bad-frame'],
    ['that is no UTF-8', pad(filled(3, 0xff), 1024), 'bad-frame'],
    ['that is a list', pad(json([1]), 1024), 'bad-frame'],
    ['that is null', pad(json(null), 1024), 'bad-frame'],
    ['of version 2', pad(json({ v: 2, sdp: ALICE_SDP, sasc: key }), 1024), 'version'],
    ['without an SDP', pad(json({ v: 1, sasc: key }), 1024), 'bad-frame'],
    ['with a short commitment', pad(json({ v: 1, sdp: ALICE_SDP, sasc: 'AAAA' }), 1024), 'bad-frame'],
    ['with a commitment that is a number', pad(json({ v: 1, sdp: ALICE_SDP, sasc: 1 }), 1024), 'bad-frame'],
    [
      'with two fingerprints',
      pad(json({ v: 1, sdp: ALICE_SDP + BOB_SDP, sasc: key }), 1024),
      'fingerprint-count',
    ],
  ];
  for (const [what, payload, reason] of cases) {
    it(`${what}: ${reason}`, async () => {
      expect(reasonOf(await createResponder(bob, offerWith(payload)))).to.equal(reason);
    });
  }

  it('with a key of low order: decrypt', async () => {
    const noise = noiseOf(alice, 'initiator');
    const zero: HandshakeContext = { ...alice, sodium: { ...sodium, dhPublic: () => filled(32, 0) } };
    const { offer } = await createInitiator(zero, { sdp: ALICE_SDP });
    expect(offer.subarray(0, 32)).to.deep.equal(filled(32, 0));
    expect(valueOf(noise.writeTokens())).to.have.length(32 + 1184 + 16);
    expect(reasonOf(await createResponder(bob, offer))).to.equal('decrypt');
  });

  it('with an ML-KEM key that is none: decrypt', async () => {
    const bad: HandshakeContext = {
      ...alice,
      sodium: { ...sodium, kemKeys: () => ({ publicKey: filled(1184, 0xff), secretKey: filled(2400, 0) }) },
    };
    const { offer } = await createInitiator(bad, { sdp: ALICE_SDP });
    expect(reasonOf(await createResponder(bob, offer))).to.equal('decrypt');
  });
});

describe('an ANSWER by someone who knows the room', () => {
  const good = { v: 1, sdp: BOB_SDP, ik: toBase64Url(mallory.identity.publicKey), sasr: key, rpk: key };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['of version 2', { ...good, v: 2 }, 'version'],
    ['without an SDP', { ...good, sdp: undefined }, 'bad-frame'],
    ['without an identity', { ...good, ik: undefined }, 'bad-frame'],
    ['with a short nonce', { ...good, sasr: 'AA' }, 'bad-frame'],
    ['without a ratchet key', { ...good, rpk: null }, 'bad-frame'],
    ['with a credential that is no text', { ...good, cred: 1 }, 'bad-frame'],
    ['with an endless credential', { ...good, cred: 'x'.repeat(8193) }, 'bad-frame'],
    [
      'with someone else’s credential',
      { ...good, cred: jwtFor(bob.identity.publicKey, bob.room.topic) },
      'credential',
    ],
    [
      'with a credential of another room',
      { ...good, cred: jwtFor(mallory.identity.publicKey, filled(16, 1)) },
      'credential',
    ],
    ['with two fingerprints', { ...good, sdp: ALICE_SDP + BOB_SDP }, 'fingerprint-count'],
    ['with our own identity', { ...good, ik: toBase64Url(alice.identity.publicKey) }, 'signature'],
    ['with the identity of a third', { ...good, ik: toBase64Url(bob.identity.publicKey) }, 'signature'],
  ];
  for (const [what, body, reason] of cases) {
    it(`${what}: ${reason}, and the honest one still counts`, async () => {
      const { offer, initiator, responder } = await halfway(alice, bob);
      const forged = await answerWith(offer, json(body), mallory.identity);
      expect(reasonOf(await initiator.readAnswer(forged))).to.equal(reason);
      expect((await initiator.readAnswer(responder.answer)).ok).to.equal(true);
    });
  }

  it('is accepted where all of it holds, credential included', async () => {
    const { offer, initiator } = await halfway(alice, bob);
    const cred = jwtFor(mallory.identity.publicKey, alice.room.topic);
    const answer = await answerWith(offer, json({ ...good, cred }), mallory.identity);
    expect(valueOf(await initiator.readAnswer(answer)).peer.credential).to.equal(cred);
  });

  it('with a payload that was not padded: bad-frame', async () => {
    const { offer, initiator } = await halfway(alice, bob);
    const noise = noiseOf(bob, 'responder');
    valueOf(noise.readPayload(valueOf(noise.readTokens(offer))));
    const tokens = valueOf(noise.writeTokens());
    const bare = concat(tokens, noise.writePayload(filled(100, 0)));
    expect(reasonOf(await initiator.readAnswer(bare))).to.equal('bad-frame');
  });
});

describe('a FIN by someone who holds its key', () => {
  const good = (saso: string) => ({ v: 1, ik: toBase64Url(alice.identity.publicKey), saso, rpk: key });
  const cases: readonly (readonly [string, (saso: string) => unknown, string, Identity])[] = [
    ['of version 0', (saso) => ({ ...good(saso), v: 0 }), 'version', alice.identity],
    ['without a nonce', (saso) => ({ ...good(saso), saso: undefined }), 'bad-frame', alice.identity],
    [
      'with a credential that is no text',
      (saso) => ({ ...good(saso), cred: {} }),
      'bad-frame',
      alice.identity,
    ],
    ['signed by someone else', good, 'signature', mallory.identity],
    ['with another SAS nonce', (saso) => ({ ...good(saso), saso: key }), 'sas-commit', alice.identity],
    [
      'with another identity than was committed to',
      (saso) => ({ ...good(saso), ik: toBase64Url(mallory.identity.publicKey) }),
      'sas-commit',
      mallory.identity,
    ],
    [
      'with a credential that is none',
      (saso) => ({ ...good(saso), cred: 'a.b.c' }),
      'credential',
      alice.identity,
    ],
  ];
  for (const [what, body, reason, signer] of cases) {
    it(`${what}: ${reason}, and a good one still counts`, async () => {
      const { stage, fin } = await finWith((saso) => json(body(saso)), signer);
      expect(reasonOf(stage.readFin(fin))).to.equal(reason);
      expect(stage.secure()).to.equal(null);
    });
  }

  it('is accepted where all of it holds', async () => {
    const { stage, fin } = await finWith((saso) => json(good(saso)), alice.identity);
    expect(valueOf(stage.readFin(fin)).ik).to.deep.equal(alice.identity.publicKey);
  });

  it('reaches both sides with the credential it carries', async () => {
    const a = { ...alice, credential: jwtFor(alice.identity.publicKey, alice.room.topic) };
    const b = { ...bob, credential: jwtFor(bob.identity.publicKey, bob.room.topic) };
    const pairs = await secured(a, b);
    expect(pairs.a.peer.credential).to.equal(b.credential);
    expect(pairs.b.peer.credential).to.equal(a.credential);
  });

  it('with our own identity, well committed and well signed: policy', async () => {
    const ours = bob.identity.publicKey;
    const body = (saso: string) => json({ v: 1, ik: toBase64Url(ours), saso, rpk: key });
    const { stage, fin } = await finWith(body, bob.identity, ours);
    expect(reasonOf(stage.readFin(fin))).to.equal('policy');
  });
});

describe('a man in the middle of a room without a secret', () => {
  it('ends with different emoji on the two sides', async () => {
    const open = { secret: null };
    const a = await contextOf(ALICE, open);
    const b = await contextOf(BOB, open);
    const m = await contextOf(MALLORY, open);
    const left = await secured(a, m);
    const right = await secured(m, b);
    expect(left.a.sas.emoji).to.not.deep.equal(right.b.sas.emoji);
    expect(left.a.sas.numbers).to.not.deep.equal(right.b.sas.numbers);
    expect(left.a.peer.ik).to.not.deep.equal(b.identity.publicKey);
  });

  it('cannot pass on the identity of the other side with a fingerprint of its own', async () => {
    const open = { secret: null };
    const a = await contextOf(ALICE, open);
    const b = await contextOf(BOB, open);
    const one = await createInitiator(a, { sdp: ALICE_SDP });
    const two = await createInitiator(await contextOf(MALLORY, open), { sdp: ALICE_SDP });
    const answered = await valueOf(await createResponder(b, two.offer)).answer({ sdp: BOB_SDP });
    // Bob's ANSWER belongs to Mallory's OFFER; Alice's handshake does not take it.
    expect(reasonOf(await one.machine.readAnswer(answered.answer))).to.equal('decrypt');
  });
});
