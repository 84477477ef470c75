import { expect } from 'chai';
import { createChannel } from '../../../../src/core/crypto/channel.ts';
import { loadSodium, roomKeys } from '../../../../src/core/crypto/index.ts';
import type { HandshakeContext, Sodium } from '../../../../src/core/crypto/index.ts';
import { startInitiator } from '../../../../src/core/crypto/rh1-initiator.ts';
import { startResponder } from '../../../../src/core/crypto/rh1-responder.ts';
import { hexOf, identityOfSeed, ofHex, pairOf, valueOf } from '../../../support/crypto.ts';
import { rh1ByNoble } from '../../../support/rh1-noble.ts';
import type { NobleInput, NobleOutput, NobleSide } from '../../../support/rh1-noble.ts';

interface Vector {
  readonly input: NobleInput;
  readonly output: NobleOutput;
}

const frozen: readonly Vector[] = await (
  await fetch(new URL('../../../vectors/rh1.json', import.meta.url))
).json();

/** Gives prepared bytes in the order the machines ask for them, and nothing else. */
function drawing(...prepared: readonly string[]): (length: number) => Uint8Array<ArrayBuffer> {
  const left = prepared.map(ofHex);
  return (length) => {
    const next = left.shift();
    if (next?.length !== length) throw new Error(`asked for ${length} bytes`);
    return next;
  };
}

function contextOf(sodium: Sodium, input: NobleInput, side: NobleSide): HandshakeContext {
  if (input.kind !== 'call' && input.kind !== 'data') throw new Error(input.kind);
  return {
    sodium,
    identity: identityOfSeed(sodium, ofHex(side.identitySeed)),
    room: roomKeys(sodium, { room: input.room, secret: ofHex(input.roomSecret) }),
    initiatorPeerId: input.initiator.peerId,
    responderPeerId: input.responder.peerId,
    connectionId: input.connectionId,
    kind: input.kind,
  };
}

describe('RH1 vectors', () => {
  it('are still those the second implementation makes', () => {
    expect(frozen).to.have.length(2);
    for (const { input, output } of frozen) expect(rh1ByNoble(input)).to.deep.equal(output);
  });

  it('room keys come out as frozen, whatever the name is normalised from', async () => {
    const sodium = await loadSodium();
    for (const { input, output } of frozen) {
      const keys = roomKeys(sodium, { room: input.room.normalize('NFD'), secret: ofHex(input.roomSecret) });
      expect(hexOf(keys.topic)).to.equal(output.topic);
      expect(hexOf(keys.psk)).to.equal(output.psk);
      expect(keys.authenticated && hexOf(keys.env)).to.equal(output.env);
    }
  });

  it('every message of a handshake with the same randomness is the same, byte for byte', async () => {
    const sodium = await loadSodium();
    for (const { input, output } of frozen) {
      const { initiator: a, responder: b } = input;
      const plain = ofHex(input.plain);
      const { offer, machine } = startInitiator(
        contextOf(sodium, input, a),
        { sdp: a.sdp },
        drawing(a.sasNonce, a.ratchetSecret, a.ephemeralSecret, a.kemSeed),
      );
      expect(hexOf(offer)).to.equal(output.offer);
      expect(hexOf(machine.sealEarlyCandidate(plain))).to.equal(output.early);
      const responder = valueOf(
        startResponder(
          contextOf(sodium, input, b),
          ofHex(output.offer),
          drawing(b.ephemeralSecret, b.kemSeed, b.sasNonce, b.ratchetSecret),
        ),
      );
      expect(responder.sdp).to.equal(a.sdp);
      const answered = await responder.answer({ sdp: b.sdp });
      expect(hexOf(answered.answer)).to.equal(output.answer);
      const ready = valueOf(await machine.readAnswer(ofHex(output.answer)));
      expect(ready.sdp).to.equal(b.sdp);
      expect(hexOf(ready.fin)).to.equal(output.fin);
      expect(hexOf(ready.signal.seal(plain))).to.equal(output.signalInitiator);
      expect(hexOf(answered.signal.seal(plain))).to.equal(output.signalResponder);
      expect(hexOf(valueOf(await ready.confirm(undefined)))).to.equal(output.confirmInitiator);
      expect(hexOf(valueOf(await answered.confirm(undefined)))).to.equal(output.confirmResponder);
      valueOf(answered.readFin(ofHex(output.fin)));
      valueOf(ready.readConfirm(ofHex(output.confirmResponder)));
      valueOf(answered.readConfirm(ofHex(output.confirmInitiator)));
      for (const [stage, control] of [
        [ready, output.controlInitiator],
        [answered, output.controlResponder],
      ] as const) {
        const pair = pairOf(stage);
        expect(hexOf(pair.ctl.seal(plain))).to.equal(control);
        expect(hexOf(pair.ratchet.root)).to.equal(output.ratchetRoot);
        expect(hexOf(pair.ratchet.sid)).to.equal(output.ratchetSid);
        expect(pair.sas).to.deep.equal({ emoji: output.emoji, numbers: output.numbers });
      }
      expect(hexOf(pairOf(ready).ratchet.peer)).to.equal(hexOf(pairOf(answered).ratchet.own.publicKey));
      expect(hexOf(pairOf(answered).ratchet.peer)).to.equal(hexOf(pairOf(ready).ratchet.own.publicKey));
    }
  });

  it('the machines take their randomness from nowhere but the port they are given', async () => {
    const sodium = await loadSodium();
    const [vector] = frozen;
    if (vector === undefined) throw new Error('no vector');
    const { input } = vector;
    const context = contextOf(
      {
        ...sodium,
        random: () => {
          throw new Error('drawn elsewhere');
        },
      },
      input,
      input.initiator,
    );
    const { sasNonce, ratchetSecret, ephemeralSecret, kemSeed } = input.initiator;
    const made = startInitiator(
      context,
      { sdp: input.initiator.sdp },
      drawing(sasNonce, ratchetSecret, ephemeralSecret, kemSeed),
    );
    expect(hexOf(made.offer)).to.equal(vector.output.offer);
  });

  it('a channel of another connection does not open a frame of this one', async () => {
    const sodium = await loadSodium();
    const key = new Uint8Array(32).fill(5);
    const keys = { sodium, send: key, receive: key };
    const frame = createChannel({ ...keys, connectionId: 'one' }).seal(new Uint8Array(3));
    expect(createChannel({ ...keys, connectionId: 'two' }).open(frame)).to.deep.equal({
      ok: false,
      reason: 'decrypt',
    });
    expect(createChannel({ ...keys, connectionId: 'one' }).open(frame).ok).to.equal(true);
  });
});
