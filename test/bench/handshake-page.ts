// takes a number of rounds, gives what each side of a handshake costs in this browser. Runs in a page; see handshake.ts.

import { toBase64Url } from '../../src/core/crypto/bytes.ts';
import { createInitiator, createResponder } from '../../src/core/crypto/handshake.ts';
import type { HandshakeContext } from '../../src/core/crypto/handshake-types.ts';
import { openIdentity } from '../../src/core/crypto/identity-open.ts';
import { roomKeys } from '../../src/core/crypto/kdf.ts';
import { newRoomSecret } from '../../src/core/crypto/room-link.ts';
import { loadSodium } from '../../src/core/crypto/sodium.ts';
import type { Result } from '../../src/core/errors.ts';

/** Milliseconds of each side, one entry a handshake, and bytes. */
export interface HandshakeCost {
  readonly caller: readonly number[];
  readonly called: readonly number[];
  /** What OFFER, ANSWER and FIN add on the signaling socket to the descriptions in the clear. */
  readonly signalingBytes: number;
  /** FIN again, and CONFIRM both ways, on the control channel. */
  readonly channelBytes: number;
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

/** A description as the kit makes it: sound, picture and data. */
async function describe(offer?: string): Promise<{ readonly pc: RTCPeerConnection; readonly sdp: string }> {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  pc.createDataChannel('rf-ctl', { negotiated: true, id: 0 });
  if (offer === undefined) for (const kind of ['audio', 'video']) pc.addTransceiver(kind);
  else await pc.setRemoteDescription({ type: 'offer', sdp: offer });
  await pc.setLocalDescription();
  return { pc, sdp: pc.localDescription?.sdp ?? '' };
}

/** A frame of the signaling socket, in bytes. */
const frame = (type: string, payload: unknown): number =>
  JSON.stringify({ type, dst: 'b'.repeat(32), payload }).length;

async function measure(rounds: number): Promise<HandshakeCost> {
  const sodium = await loadSodium();
  const room = roomKeys(sodium, { room: 'bench', secret: newRoomSecret() });
  const { signal } = new AbortController();
  const person = () => openIdentity(sodium, { mode: 'ephemeral', topic: room.topic, signal });
  const [alice, bob] = [await person(), await person()];
  const one = await describe();
  const two = await describe(one.sdp);
  const common = {
    sodium,
    room,
    initiatorPeerId: 'a'.repeat(32),
    responderPeerId: 'b'.repeat(32),
    connectionId: 'c'.repeat(32),
    kind: 'call',
  } as const;
  const contexts: readonly HandshakeContext[] = [
    { ...common, identity: alice },
    { ...common, identity: bob },
  ];
  const [forAlice, forBob] = contexts;
  if (forAlice === undefined || forBob === undefined) throw new Error('two are needed');

  const caller: number[] = [];
  const called: number[] = [];
  let bytes = { signalingBytes: 0, channelBytes: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const spent = { caller: 0, called: 0 };
    const on = async <T>(side: 'caller' | 'called', step: () => T | Promise<T>): Promise<T> => {
      const start = performance.now();
      const value = await step();
      spent[side] += performance.now() - start;
      return value;
    };
    const { offer, machine } = await on('caller', () => createInitiator(forAlice, { sdp: one.sdp }));
    const answered = await on('called', async () =>
      valueOf(await createResponder(forBob, offer)).answer({ sdp: two.sdp }),
    );
    const ready = await on('caller', async () => valueOf(await machine.readAnswer(answered.answer)));
    await on('called', () => answered.readFin(ready.fin));
    const fromCaller = await on('caller', async () => valueOf(await ready.confirm(undefined)));
    const fromCalled = await on('called', async () => valueOf(await answered.confirm(undefined)));
    await on('called', () => valueOf(answered.readConfirm(fromCaller)));
    await on('caller', () => valueOf(ready.readConfirm(fromCalled)));
    await on('caller', () => ready.secure());
    await on('called', () => answered.secure());
    caller.push(spent.caller);
    called.push(spent.called);

    const sealed = (type: string, data: Uint8Array): number =>
      frame(type, { rf1: toBase64Url(data), c: common.connectionId });
    const plain = (type: string, sdp: string): number =>
      frame(type, { sdp: { type: type.toLowerCase(), sdp }, connectionId: common.connectionId });
    bytes = {
      signalingBytes:
        sealed('OFFER', offer) +
        sealed('ANSWER', answered.answer) +
        sealed('CANDIDATE', ready.fin) -
        plain('OFFER', one.sdp) -
        plain('ANSWER', two.sdp),
      channelBytes: ready.fin.length + fromCaller.length + fromCalled.length,
    };
  }
  for (const { pc } of [one, two]) pc.close();
  return { caller, called, ...bytes };
}

Object.assign(window, { measureHandshake: measure });
