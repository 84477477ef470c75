import { expect } from 'chai';
import { createInitiator, createResponder } from '../../../../src/core/crypto/index.ts';
import {
  ALICE,
  ALICE_SDP,
  BOB,
  authenticated,
  bytes,
  contextOf,
  flipped,
  halfway,
  reasonOf,
  valueOf,
} from '../../../support/crypto.ts';

const alice = await contextOf(ALICE);
const bob = await contextOf(BOB);

/** Every message that differs from `good` in one byte, is cut somewhere, or goes on. */
function* spoilt(good: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < good.length; at += 1) yield flipped(good, at, 1 << (at % 8));
  for (let length = 0; length < good.length; length += 7) yield new Uint8Array(good.subarray(0, length));
  yield new Uint8Array(good.subarray(0, -1));
  yield new Uint8Array([...good, 0]);
  yield bytes();
}

describe('a message changed on its way is refused and changes nothing', () => {
  it('OFFER: any byte, any length', async () => {
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    for (const message of spoilt(offer)) {
      expect(reasonOf(await createResponder(bob, message))).to.equal('decrypt');
    }
    const responder = await valueOf(await createResponder(bob, offer)).answer({ sdp: ALICE_SDP });
    expect((await machine.readAnswer(responder.answer)).ok).to.equal(true);
  });

  it('ANSWER: any byte, any length', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    for (const message of spoilt(responder.answer)) {
      expect(reasonOf(await initiator.readAnswer(message))).to.equal('decrypt');
    }
    const ready = valueOf(await initiator.readAnswer(responder.answer));
    expect(responder.readFin(ready.fin).ok).to.equal(true);
  });

  it('FIN: any byte, any length', async () => {
    const { initiator, responder } = await halfway(alice, bob);
    const ready = valueOf(await initiator.readAnswer(responder.answer));
    for (const message of spoilt(ready.fin)) {
      expect(reasonOf(responder.readFin(message))).to.be.oneOf(['decrypt', 'bad-frame']);
    }
    await responder.confirm(undefined);
    valueOf(responder.readConfirm(valueOf(await ready.confirm(undefined))));
    expect(responder.secure()).to.equal(null);
    valueOf(responder.readFin(ready.fin));
    expect(responder.secure()).to.not.equal(null);
  });

  it('CONFIRM: any byte, any length, both ways', async () => {
    const { a, b } = await authenticated(alice, bob);
    const fromA = valueOf(await a.confirm(undefined));
    const fromB = valueOf(await b.confirm(undefined));
    expect(fromA).to.have.length(34);
    for (const message of spoilt(fromA)) expect(reasonOf(b.readConfirm(message))).to.equal('confirm');
    for (const message of spoilt(fromB)) expect(reasonOf(a.readConfirm(message))).to.equal('confirm');
    expect(a.secure() ?? b.secure()).to.equal(null);
    valueOf(b.readConfirm(fromA));
    valueOf(a.readConfirm(fromB));
    expect(a.secure() && b.secure()).to.not.equal(null);
  });

  it('sealed candidates and early candidates: any byte, any length', async () => {
    const { offer, machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const responder = valueOf(await createResponder(bob, offer));
    const early = machine.sealEarlyCandidate(bytes(1, 2, 3));
    for (const frame of spoilt(early)) {
      expect(reasonOf(responder.openEarlyCandidate(frame))).to.be.oneOf(['decrypt', 'bad-frame', 'replay']);
    }
    expect(valueOf(responder.openEarlyCandidate(early))).to.deep.equal(bytes(1, 2, 3));
    const { a, b } = await authenticated(alice, bob);
    const sealed = a.signal.seal(bytes(4, 5));
    for (const frame of spoilt(sealed)) {
      expect(reasonOf(b.signal.open(frame))).to.be.oneOf(['decrypt', 'bad-frame', 'replay']);
    }
    expect(valueOf(b.signal.open(sealed))).to.deep.equal(bytes(4, 5));
  });
});
