import { expect } from 'chai';
import { createInitiator, createResponder } from '../../../../src/core/crypto/index.ts';
import type { HandshakeContext } from '../../../../src/core/crypto/index.ts';
import { encodeAnswerBody, encodeFinBody, encodeOfferBody } from '../../../../src/core/crypto/rh1-bodies.ts';
import {
  ALICE,
  ALICE_SDP,
  BOB,
  BOB_SDP,
  authenticated,
  bytes,
  codeOf,
  contextOf,
  filled,
  flipped,
  halfway,
  hexOf,
  reasonOf,
  sdpOf,
  secured,
  valueOf,
} from '../../../support/crypto.ts';

const alice = await contextOf(ALICE);
const bob = await contextOf(BOB);
const text = (value: string) => new TextEncoder().encode(value);

describe('an honest handshake', () => {
  it('brings both sides to SECURE with equal emoji, a channel, and ratchet keys of one another', async () => {
    const { a, b } = await secured(alice, bob);
    expect(a.sas).to.deep.equal(b.sas);
    expect(a.sas.emoji).to.have.length(7);
    expect(hexOf(a.peer.ik)).to.equal(hexOf(bob.identity.publicKey));
    expect(hexOf(b.peer.ik)).to.equal(hexOf(alice.identity.publicKey));
    expect(valueOf(b.ctl.open(a.ctl.seal(text('hello'))))).to.deep.equal(text('hello'));
    expect(valueOf(a.ctl.open(b.ctl.seal(text('hello back'))))).to.deep.equal(text('hello back'));
    expect(hexOf(a.ratchet.root)).to.equal(hexOf(b.ratchet.root));
    expect(hexOf(a.ratchet.sid)).to.equal(hexOf(b.ratchet.sid));
    expect(hexOf(a.ratchet.own.publicKey)).to.equal(hexOf(b.ratchet.peer));
    expect(hexOf(b.ratchet.own.publicKey)).to.equal(hexOf(a.ratchet.peer));
  });

  it('works in a room without a secret', async () => {
    const open = { secret: null };
    const { a, b } = await secured(await contextOf(ALICE, open), await contextOf(BOB, open));
    expect(a.sas).to.deep.equal(b.sas);
  });

  it('gives other keys and other emoji every time', async () => {
    const one = await secured(alice, bob);
    const two = await secured(alice, bob);
    expect(hexOf(one.a.ratchet.root)).to.not.equal(hexOf(two.a.ratchet.root));
    expect(one.a.sas).to.not.deep.equal(two.a.sas);
  });

  it('carries candidates before the ANSWER and after it, in any order, each once', async () => {
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const responder = valueOf(await createResponder(bob, offer));
    expect(responder.sdp).to.equal(ALICE_SDP);
    const first = machine.sealEarlyCandidate(text('one'));
    const second = machine.sealEarlyCandidate(text('two'));
    expect(first[0]).to.equal(0x03);
    expect(valueOf(responder.openEarlyCandidate(second))).to.deep.equal(text('two'));
    expect(valueOf(responder.openEarlyCandidate(first))).to.deep.equal(text('one'));
    expect(reasonOf(responder.openEarlyCandidate(first))).to.equal('replay');
    const answered = await responder.answer({ sdp: BOB_SDP });
    const ready = valueOf(await machine.readAnswer(answered.answer));
    const frame = ready.signal.seal(text('three'));
    expect(frame[0]).to.equal(0x01);
    expect(valueOf(answered.signal.open(frame))).to.deep.equal(text('three'));
    expect(reasonOf(answered.signal.open(frame))).to.equal('replay');
    expect(valueOf(ready.signal.open(answered.signal.seal(text('four'))))).to.deep.equal(text('four'));
  });

  it('hides the length of a description up to Padmé steps', async () => {
    const short = await createInitiator(alice, { sdp: ALICE_SDP });
    const longer = await createInitiator(alice, { sdp: `${ALICE_SDP}a=x\r\n` });
    expect(longer.offer).to.have.length(short.offer.length);
  });

  it('accepts the same FIN twice, by the server and by rf-ctl', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    const { fin } = valueOf(await initiator.readAnswer(responder.answer));
    expect(fin[0]).to.equal(0x02);
    const peer = valueOf(responder.readFin(fin));
    expect(valueOf(responder.readFin(new Uint8Array(fin)))).to.equal(peer);
  });
});

describe('SECURE', () => {
  it('comes on neither side before CONFIRM went both ways', async () => {
    const { a, b } = await authenticated(alice, bob);
    expect(a.secure()).to.equal(null);
    const fromA = valueOf(await a.confirm(undefined));
    expect(a.secure()).to.equal(null);
    expect(b.secure()).to.equal(null);
    valueOf(b.readConfirm(fromA));
    expect(b.secure()).to.equal(null);
    const fromB = valueOf(await b.confirm(undefined));
    expect(b.secure()).to.not.equal(null);
    valueOf(a.readConfirm(fromB));
    expect(a.secure()).to.not.equal(null);
    expect(a.secure()).to.equal(a.secure());
  });

  it('does not come for the responder before FIN, though CONFIRM came first and is remembered', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    const ready = valueOf(await initiator.readAnswer(responder.answer));
    await responder.confirm(undefined);
    valueOf(responder.readConfirm(valueOf(await ready.confirm(undefined))));
    expect(responder.secure()).to.equal(null);
    valueOf(responder.readFin(ready.fin));
    expect(responder.secure()).to.not.equal(null);
  });

  it('is refused where the certificate is not the one that was authenticated', async () => {
    const certificate = text('a certificate');
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', certificate));
    const shown = Array.from(digest, (byte) => hexOf(bytes(byte))).join(':');
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const responder = await valueOf(await createResponder(bob, offer)).answer({
      sdp: `v=0\na=fingerprint:SHA-256 ${shown}\n`,
    });
    const ready = valueOf(await machine.readAnswer(responder.answer));
    expect(reasonOf(await ready.confirm(text('another certificate')))).to.equal('fingerprint-mismatch');
    valueOf(ready.readConfirm(valueOf(await responder.confirm(undefined))));
    expect(ready.secure()).to.equal(null);
    expect((await ready.confirm(certificate)).ok).to.equal(true);
    expect(ready.secure()).to.not.equal(null);
  });

  it('holds a renegotiation to the fingerprints of the handshake', async () => {
    const { a, b } = await secured(alice, bob);
    expect(a.checkRenegotiation(ALICE_SDP, 'own').ok).to.equal(true);
    expect(a.checkRenegotiation(BOB_SDP, 'peer').ok).to.equal(true);
    expect(b.checkRenegotiation(BOB_SDP, 'own').ok).to.equal(true);
    expect(b.checkRenegotiation(ALICE_SDP, 'peer').ok).to.equal(true);
    expect(reasonOf(a.checkRenegotiation(ALICE_SDP, 'peer'))).to.equal('fingerprint-changed');
    expect(reasonOf(b.checkRenegotiation(sdpOf(0xcc), 'peer'))).to.equal('fingerprint-changed');
    expect(reasonOf(a.checkRenegotiation('v=0', 'peer'))).to.equal('fingerprint-count');
  });
});

describe('a handshake between people who do not agree', () => {
  const differences: readonly (readonly [string, Parameters<typeof contextOf>[1]])[] = [
    ['room secret', { secret: filled(32, 8) }],
    ['room without a secret', { secret: null }],
    ['initiator', { initiatorPeerId: 'mallory-peer' }],
    ['responder', { responderPeerId: 'mallory-peer' }],
    ['connection', { connectionId: 'connection-2' }],
    ['kind', { kind: 'data' }],
  ];
  for (const [what, change] of differences) {
    it(`ends at the OFFER: another ${what}`, async () => {
      const { offer } = await createInitiator(alice, { sdp: ALICE_SDP });
      expect(reasonOf(await createResponder(await contextOf(BOB, change), offer))).to.equal('decrypt');
    });
  }

  it('ends where the topic differs though the psk is the same', async () => {
    const { offer } = await createInitiator(alice, { sdp: ALICE_SDP });
    const elsewhere = { ...bob, room: { ...bob.room, topic: filled(16, 1) } };
    expect(reasonOf(await createResponder(elsewhere, offer))).to.equal('decrypt');
  });

  it('refuses its own identity on both sides, and stays where it was', async () => {
    const { initiator, responder } = await halfway(alice, await contextOf(ALICE));
    expect(reasonOf(await initiator.readAnswer(responder.answer))).to.equal('policy');
    const honest = await halfway(alice, bob);
    const mirrored: HandshakeContext = { ...alice };
    const other = await halfway(alice, mirrored);
    expect(reasonOf(await honest.initiator.readAnswer(other.responder.answer))).to.equal('decrypt');
    valueOf(await honest.initiator.readAnswer(honest.responder.answer));
  });
});

describe('replayed and reflected messages', () => {
  it('an ANSWER is read once', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    valueOf(await initiator.readAnswer(responder.answer));
    expect(reasonOf(await initiator.readAnswer(responder.answer))).to.equal('replay');
  });

  it('two equal ANSWERs at the same moment count once', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    const results = await Promise.all([
      initiator.readAnswer(responder.answer),
      initiator.readAnswer(responder.answer),
    ]);
    expect(results.map(reasonOf)).to.deep.equal(['accepted', 'replay']);
  });

  it('an OFFER is answered once, and a replayed OFFER leads nowhere without its sender', async () => {
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const first = valueOf(await createResponder(bob, offer));
    const second = valueOf(await createResponder(bob, offer));
    const answered = await first.answer({ sdp: BOB_SDP });
    expect(await codeOf(() => first.answer({ sdp: BOB_SDP }))).to.equal('replay');
    const ready = valueOf(await machine.readAnswer(answered.answer));
    const again = await second.answer({ sdp: BOB_SDP });
    expect(reasonOf(again.readFin(ready.fin))).to.equal('decrypt');
    expect(reasonOf(again.readConfirm(valueOf(await ready.confirm(undefined))))).to.equal('confirm');
    expect(again.secure()).to.equal(null);
  });

  it('an OFFER sent back to its sender is no ANSWER, and an ANSWER is no OFFER', async () => {
    const { offer, initiator, responder } = await halfway(alice, bob);
    expect(reasonOf(await initiator.readAnswer(offer))).to.equal('decrypt');
    expect(reasonOf(await createResponder(alice, responder.answer))).to.equal('decrypt');
    valueOf(await initiator.readAnswer(responder.answer));
  });

  it('an OFFER reflected to its sender as responder ends at our own key', async () => {
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const mirror = await valueOf(await createResponder(alice, offer)).answer({ sdp: BOB_SDP });
    expect(reasonOf(await machine.readAnswer(mirror.answer))).to.equal('policy');
  });

  it('another FIN after a good one is a replay', async () => {
    const { a, b } = await authenticated(alice, bob);
    expect(reasonOf(b.readFin(flipped(a.fin, 40)))).to.equal('replay');
  });

  it('a CONFIRM counts once, and our own, sent back, not at all', async () => {
    const { a, b } = await authenticated(alice, bob);
    const ours = valueOf(await a.confirm(undefined));
    expect(reasonOf(a.readConfirm(ours))).to.equal('confirm');
    valueOf(b.readConfirm(ours));
    expect(reasonOf(b.readConfirm(ours))).to.equal('replay');
  });

  it('a sealed frame does not open on the side that sealed it', async () => {
    const { a, b } = await authenticated(alice, bob);
    expect(reasonOf(a.signal.open(a.signal.seal(text('x'))))).to.equal('decrypt');
    expect(reasonOf(b.signal.open(b.signal.seal(text('x'))))).to.equal('decrypt');
    const pairs = await secured(alice, bob);
    expect(reasonOf(pairs.a.ctl.open(pairs.a.ctl.seal(text('x'))))).to.equal('decrypt');
  });
});

describe('fingerprints in a handshake', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['none', 'v=0\r\n'],
    ['two different', ALICE_SDP + BOB_SDP],
    ['sha-1', `v=0\r\na=fingerprint:sha-1 ${Array.from({ length: 20 }, () => 'AA').join(':')}\r\n`],
    ['a=crypto', `${ALICE_SDP}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\r\n`],
  ];
  for (const [what, sdp] of bad) {
    it(`of our own: ${what} is never sent`, async () => {
      expect(await codeOf(() => createInitiator(alice, { sdp }))).to.equal('fingerprint-count');
      const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
      const responder = valueOf(await createResponder(bob, offer));
      expect(await codeOf(() => responder.answer({ sdp }))).to.equal('fingerprint-count');
      const answered = await responder.answer({ sdp: BOB_SDP });
      expect((await machine.readAnswer(answered.answer)).ok).to.equal(true);
    });
  }

  it('different views of them end at CONFIRM', async () => {
    const { a, b } = await authenticated(alice, bob);
    const others = await authenticated(alice, bob);
    expect(reasonOf(b.readConfirm(valueOf(await others.a.confirm(undefined))))).to.equal('confirm');
    expect(b.secure()).to.equal(null);
    valueOf(b.readConfirm(valueOf(await a.confirm(undefined))));
  });
});

describe('messages that do not fit', () => {
  const long = (length: number) => `${ALICE_SDP}a=x:${'y'.repeat(length)}\r\n`;

  it('a description above 64 KiB is refused where it is sent', async () => {
    expect(await codeOf(() => createInitiator(alice, { sdp: long(70_000) }))).to.equal('frame-too-large');
    const { offer } = await createInitiator(alice, { sdp: ALICE_SDP });
    const responder = valueOf(await createResponder(bob, offer));
    expect(await codeOf(() => responder.answer({ sdp: long(70_000) }))).to.equal('frame-too-large');
  });

  it('a longer message than Noise allows is refused before any cryptography', async () => {
    const { machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    expect(reasonOf(await createResponder(bob, filled(65_536, 1)))).to.equal('frame-too-large');
    expect(reasonOf(await machine.readAnswer(filled(65_536, 1)))).to.equal('frame-too-large');
  });

  it('a peer id that no length prefix can hold is refused', async () => {
    const context = { ...alice, initiatorPeerId: 'x'.repeat(70_000) };
    expect(await codeOf(() => createInitiator(context, { sdp: ALICE_SDP }))).to.equal('frame-too-large');
  });
});

describe('message bodies', () => {
  it('leave no member out and add none', () => {
    const key = filled(32, 0);
    const b64 = 'A'.repeat(43);
    const read = (data: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(data));
    expect(read(encodeOfferBody({ sdp: 's', sasc: key }))).to.deep.equal({ v: 1, sdp: 's', sasc: b64 });
    expect(read(encodeAnswerBody({ sdp: 's', ik: key, sasr: key, rpk: key, cred: null }))).to.deep.equal({
      v: 1,
      sdp: 's',
      ik: b64,
      sasr: b64,
      rpk: b64,
    });
    expect(read(encodeFinBody({ ik: key, saso: key, rpk: key, cred: 'jwt' }))).to.deep.equal({
      v: 1,
      ik: b64,
      saso: b64,
      rpk: b64,
      cred: 'jwt',
    });
  });
});
