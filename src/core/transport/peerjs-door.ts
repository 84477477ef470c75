// takes an id to hold, gives the signals that come for it. Peer of `peerjs` as a door to the server, no more.

import type { SignalingCode } from '../errors.ts';
import type { Clock } from './clock.ts';
import { isPeerId } from './id.ts';
import { parseAddress } from './peerjs-address.ts';
import { fetchPeerjs, type Peer } from './peerjs-library.ts';
import { readMessage, writeSignal } from './peerjs-message.ts';
import type { ServerEvent, ServerOptions, ServerSession } from './port.ts';

/**
 * A stock PeerServer says nothing to someone who takes their own id back with the same token. A socket that is open for so
 * long without a refusal is taken for opened. Milliseconds.
 */
const silenceMs = 2_000;

const codes: ReadonlySet<string> = new Set<SignalingCode>([
  'browser-incompatible',
  'invalid-id',
  'invalid-key',
  'network',
  'server-error',
  'socket-error',
  'socket-closed',
  'ssl-unavailable',
]);
const isCode = (type: string): type is SignalingCode => codes.has(type);

/** Opens a session at a PeerJS-compatible server. PeerJS itself is fetched with the first. */
export function openPeerjsServer(
  options: ServerOptions,
  clock: Clock,
  sink: (event: ServerEvent) => void,
): ServerSession {
  const life = new AbortController();
  const { signal } = life;
  const close = (): void => life.abort();
  if (options.signal.aborted) close();
  else options.signal.addEventListener('abort', close, { once: true, signal });

  let door: Door | undefined;
  fetchPeerjs().then(
    (peerjs) => {
      if (!signal.aborted) door = openDoor(peerjs.Peer, options, clock, life, sink);
    },
    () => {
      if (signal.aborted) return;
      close();
      sink({ kind: 'closed', code: 'network' });
    },
  );
  return {
    id: options.id,
    send(kind, to, connectionId, bytes) {
      if (signal.aborted || door === undefined || door.wire.readyState !== WebSocket.OPEN) return false;
      door.peer.socket.send(writeSignal(kind, to, connectionId, bytes));
      return true;
    },
    close,
  };
}

interface Door {
  readonly peer: Peer;
  /** PeerJS's own socket, inside its wrapper. */
  readonly wire: WebSocket;
}

function openDoor(
  PeerClass: typeof Peer,
  { server, id, token }: ServerOptions,
  clock: Clock,
  life: AbortController,
  sink: (event: ServerEvent) => void,
): Door | undefined {
  const { signal } = life;
  let opened = false;
  const end = (event: ServerEvent): void => {
    if (signal.aborted) return;
    life.abort();
    sink(event);
  };
  const fail = (code: SignalingCode): void => end({ kind: 'closed', code });
  const open = (): void => {
    if (opened || signal.aborted) return;
    opened = true;
    sink({ kind: 'opened' });
  };

  const address = parseAddress(server, location.href);
  // PeerJS would ask the server for another id where it has none.
  if (address === undefined || !isPeerId(id)) {
    fail(address === undefined ? 'server-error' : 'invalid-id');
    return undefined;
  }
  let peer: Peer;
  try {
    // Without `config` PeerJS would name third parties' STUN and TURN servers.
    peer = new PeerClass(id, { ...address, token, debug: 0, config: { iceServers: [] } });
  } catch {
    // A page served by https may not open an unprotected socket.
    fail(location.protocol === 'https:' && !address.secure ? 'ssl-unavailable' : 'network');
    return undefined;
  }
  signal.addEventListener('abort', () => peer.destroy(), { once: true });
  peer.on('error', ({ type }) => fail(isCode(type) ? type : 'network'));
  peer.on('disconnected', () => fail('network'));

  const wire: unknown = Reflect.get(peer.socket ?? {}, '_socket');
  if (!(wire instanceof WebSocket) || typeof peer.socket.removeAllListeners !== 'function') {
    fail('browser-incompatible');
    return undefined;
  }
  // Peer's own reader makes connections of what strangers send, stores what it does not know and throws on what makes no
  // sense. Ours takes its place.
  peer.socket.removeAllListeners('message');
  peer.socket.on('message', (data: unknown) => {
    const message = readMessage(data);
    if (message === undefined || signal.aborted) return;
    switch (message.kind) {
      case 'opened':
        return open();
      case 'taken':
        return opened ? fail('unavailable-id') : end({ kind: 'taken' });
      case 'refused':
        return fail(message.code);
      default:
        // A server that relays to us has let us in.
        open();
        if (!signal.aborted) sink(message);
    }
  });
  wire.addEventListener('open', () => void clock.after(silenceMs, signal, open), { signal });
  return { peer, wire };
}
