// takes a room's topic and a list of servers, gives word of whom to dial, and carries signals both ways.

import type { Hello, Sealed } from '../brand.ts';
import type { SignalingCode } from '../errors.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { Door } from './door.ts';
import type { DoorEvent } from './door.ts';
import { Home } from './home.ts';
import type { HomeEvent } from './home.ts';
import { doorIdOf } from './id.ts';
import type { IncomingSignal, SignalKind, Transport } from './port.ts';

export interface RendezvousOptions {
  readonly transport: Transport;
  /** Base URLs of signaling servers, the preferred one first. At least one. */
  readonly servers: readonly string[];
  /** 16 bytes that stand for the room at the server (`trust.md` §3). Our own session is opened before they are known. */
  readonly topic: Uint8Array | Promise<Uint8Array>;
  /** Our own id, from `newPeerId()`. */
  readonly peerId: string;
  /** The secret that lets us take this id back, from `newToken()`. */
  readonly token: string;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** The session a signal travels by: the one under our own id, or the one that holds the room's door. */
export type Via = 'self' | 'door';

export type RendezvousEvent =
  /** Our own session is open for the first time. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'door-held' }
  | { readonly kind: 'door-lost' }
  /**
   * Someone else holds the door: send them an OFFER, as to any peer, by `self`. Comes again while the door is neither held
   * nor covered. The holder may have changed since: an OFFER without answer is no reason to withhold a new one.
   */
  | { readonly kind: 'dial'; readonly peer: string }
  /** Answers go out by the same `via`: its id is the one in the handshake's prologue. */
  | { readonly kind: 'signal'; readonly via: Via; readonly signal: IncomingSignal }
  | { readonly kind: 'expired'; readonly via: Via; readonly to: string }
  | { readonly kind: 'server-lost' }
  | { readonly kind: 'server-restored' }
  /** No server answered in the first round. Goes on trying. */
  | { readonly kind: 'unreachable'; readonly code: SignalingCode }
  /** Every server refuses in a way that trying again cannot mend. It is over. */
  | { readonly kind: 'failed'; readonly code: SignalingCode };

export interface Rendezvous {
  readonly peerId: string;
  /** The room's well-known id; empty while the topic is not known. */
  readonly doorId: string;
  /** False when that session is not open; nothing is queued. */
  send(via: Via, kind: SignalKind, to: string, connectionId: string, bytes: Hello | Sealed): boolean;
  /** The owner's word whether a peer with a live link holds the door. False at first. */
  coverDoor(covered: boolean): void;
  /** Releases both ids. Says nothing to anyone. */
  close(): void;
}

/** Starts at once; every event comes later than this call. */
export function openRendezvous(
  options: RendezvousOptions,
  sink: (event: RendezvousEvent) => void,
): Rendezvous {
  const { transport, servers, topic, peerId, token, clock = systemClock } = options;
  const life = new AbortController();
  const { signal } = life;
  let doorId = '';
  let door: Door | undefined;
  /** Where our own session is, or is being opened. */
  let server: string | undefined;
  let wasOpen = false;
  /** Someone is at the door, and we have no session yet to dial them from. */
  let dialDue = false;

  const home = new Home({ transport, clock, servers, peerId, token, signal }, onHome);

  function meetAt(place: Uint8Array): void {
    doorId = doorIdOf(place);
    door = new Door({ transport, clock, doorId, signal }, onDoor);
    if (server !== undefined && !signal.aborted) door.use(server);
    door.arrived = home.session !== undefined;
  }

  function onHome(event: HomeEvent): void {
    switch (event.kind) {
      // The door is claimed side by side with our own session: joining costs one round trip, not two.
      case 'trying':
        server = event.server;
        return door?.use(event.server);
      case 'opened':
        sink({ kind: wasOpen ? 'server-restored' : 'opened' });
        wasOpen = true;
        if (door !== undefined) door.arrived = true;
        if (dialDue) dial();
        return;
      case 'lost':
        if (door !== undefined) door.arrived = false;
        return sink({ kind: 'server-lost' });
      case 'signal':
        return sink({ kind: 'signal', via: 'self', signal: event.signal });
      case 'expired':
        if (event.to === doorId) door?.foundEmpty();
        return sink({ kind: 'expired', via: 'self', to: event.to });
      case 'unreachable':
        return sink(event);
      case 'failed':
        life.abort();
        return sink(event);
    }
  }

  function onDoor(event: DoorEvent): void {
    switch (event.kind) {
      case 'held':
        dialDue = false;
        return sink({ kind: 'door-held' });
      case 'lost':
        return sink({ kind: 'door-lost' });
      case 'occupied':
        return dial();
      case 'signal':
        return sink({ kind: 'signal', via: 'door', signal: event.signal });
      case 'expired':
        return sink({ kind: 'expired', via: 'door', to: event.to });
    }
  }

  function dial(): void {
    dialDue = home.session === undefined;
    if (!dialDue) sink({ kind: 'dial', peer: doorId });
  }

  const start = (): void => {
    if (signal.aborted) return;
    globalThis.addEventListener?.(
      'online',
      () => {
        home.hurry();
        door?.hurry();
      },
      { signal },
    );
    home.open();
  };
  if (options.signal.aborted) life.abort();
  else options.signal.addEventListener('abort', () => life.abort(), { once: true, signal });
  if (topic instanceof Uint8Array) meetAt(topic);
  // A room without a topic is the caller's failure, and told by the caller.
  else topic.then(meetAt, () => life.abort());
  queueMicrotask(start);

  return {
    peerId,
    get doorId() {
      return doorId;
    },
    send: (via, kind, to, connectionId, bytes) =>
      (via === 'self' ? home.session : door?.session)?.send(kind, to, connectionId, bytes) ?? false,
    coverDoor(covered) {
      if (covered) dialDue = false;
      door?.cover(covered);
    },
    close: () => life.abort(),
  };
}
