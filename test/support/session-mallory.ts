// takes a room's name and secret, gives someone who knows both and keeps to no rule: RH1 by hand, and any bytes after it.

import type { Bytes } from '../../src/core/brand.ts';
import { createInitiator } from '../../src/core/crypto/handshake.ts';
import type { HandshakeContext, InitiatorReady, SecurePair } from '../../src/core/crypto/handshake-types.ts';
import { identityOf, newIdentityRecord } from '../../src/core/crypto/identity-key.ts';
import { roomKeys } from '../../src/core/crypto/kdf.ts';
import { loadSodium } from '../../src/core/crypto/sodium.ts';
import { doorIdOf, newConnectionId, newPeerId, newToken } from '../../src/core/transport/id.ts';
import type { Link, ServerSession, Transport } from '../../src/core/transport/port.ts';
import { decodeFrame, type Frame } from '../../src/protocol/frame.ts';
import { asSealed } from './mint.ts';

export interface MalloryOptions {
  readonly transport: Transport;
  readonly room: string;
  readonly secret: Uint8Array | undefined;
  /** Whom to call; the room's door unless given. */
  readonly to?: string;
  /** Says neither FIN nor CONFIRM. */
  readonly withhold?: 'confirm' | 'fin' | 'both';
  /** Bytes in place of the CONFIRM that is due. */
  readonly confirm?: (genuine: Bytes) => Bytes;
}

export interface Mallory {
  readonly peer: string;
  readonly connectionId: string;
  readonly link: Link;
  readonly server: ServerSession;
  /** Frames that came over the link and opened. */
  readonly frames: Frame[];
  /** Resolves when both ends have shown their CONFIRM, or ours would have been due. */
  readonly secured: Promise<SecurePair>;
  /** Resolves when the other end closes the link. */
  readonly closed: Promise<void>;
  /** Seals any bytes and sends them on the control channel. */
  send(plain: Uint8Array): void;
  /** Sends any value as JSON, sealed. */
  say(value: unknown): void;
  /** Sends bytes as they are. */
  sendRaw(bytes: Bytes): void;
  /** Sends bytes as they are on the file channel. */
  sendFile(bytes: Bytes): void;
  close(): void;
}

/** Calls, and does the handshake up to where `options` say otherwise. */
export async function createMallory(options: MalloryOptions): Promise<Mallory> {
  const sodium = await loadSodium();
  const { transport, withhold } = options;
  const room = roomKeys(sodium, { room: options.room, secret: options.secret });
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const to = options.to ?? doorIdOf(room.topic);
  const peer = newPeerId();
  const connectionId = newConnectionId();
  const context: HandshakeContext = {
    sodium,
    identity: identityOf(sodium, await newIdentityRecord(sodium, crypto.subtle)),
    room,
    initiatorPeerId: peer,
    responderPeerId: to,
    connectionId,
    kind: 'call',
  };
  const frames: Frame[] = [];
  const opened = promise<null>();
  const secured = promise<SecurePair>();
  const closed = promise<void>();
  let ready: InitiatorReady | undefined;
  let pair: SecurePair | undefined;

  const link = transport.createLink({ iceServers: [], relayOnly: false, polite: false, signal }, (event) => {
    if (event.kind === 'control-opened') void confirm();
    else if (event.kind === 'control') read(event.bytes);
    else if (event.kind === 'closed') closed.resolve();
  });
  const server = transport.openServer(
    { server: 'loopback:', id: peer, token: newToken(), signal },
    (event) => {
      if (event.kind === 'opened') opened.resolve(null);
      else if (event.kind === 'signal' && event.signal.kind === 'answer') void answer(event.signal.bytes);
    },
  );

  async function answer(bytes: Bytes): Promise<void> {
    const result = await machine.readAnswer(bytes);
    if (!result.ok) throw new Error(result.reason);
    ready = result.value;
    if (withhold !== 'fin' && withhold !== 'both') server.send('candidate', to, connectionId, ready.fin);
    await link.acceptAnswer(ready.sdp);
  }

  async function confirm(): Promise<void> {
    const result = await ready?.confirm(link.remoteCertificate());
    if (ready === undefined || !result?.ok) throw new Error('confirm');
    if (withhold !== 'fin' && withhold !== 'both') link.sendControl(ready.fin);
    const genuine: Bytes = result.value;
    if (withhold !== 'confirm' && withhold !== 'both')
      link.sendControl(asSealed(options.confirm?.(genuine) ?? genuine));
    enter();
  }

  function read(bytes: Bytes): void {
    if (pair === undefined) {
      ready?.readConfirm(bytes);
      return enter();
    }
    const plain = pair.ctl.open(bytes);
    const frame = plain.ok ? decodeFrame(plain.value) : undefined;
    if (frame?.ok) frames.push(frame.value);
  }

  function enter(): void {
    const proof = pair === undefined ? ready?.secure() : undefined;
    if (proof === undefined || proof === null) return;
    pair = proof;
    secured.resolve(proof);
  }

  const { offer, machine } = await createInitiator(context, { sdp: await link.offer() });
  await opened.wait;
  server.send('offer', to, connectionId, offer);
  const send = (plain: Uint8Array): void => {
    if (pair === undefined) throw new Error('not secure');
    link.sendControl(pair.ctl.seal(plain));
  };
  return {
    peer,
    connectionId,
    link,
    server,
    frames,
    secured: secured.wait,
    closed: closed.wait,
    send,
    say: (value) => send(new TextEncoder().encode(JSON.stringify(value))),
    sendRaw: (bytes) => void link.sendControl(asSealed(bytes)),
    sendFile: (bytes) => void link.sendFile(asSealed(bytes)),
    close: () => lifetime.abort(),
  };
}

function promise<T>(): { readonly wait: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const wait = new Promise<T>((done) => {
    resolve = done;
  });
  return { wait, resolve };
}
