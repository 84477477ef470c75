// takes what happens on the wire, gives it to those who count it, tell it or pass it on.

import type { Refusal, SignalReason, SignalType } from '../src/protocol/signaling.ts';
import type { Client, CutOff } from './realm.ts';

/** Why a WebSocket request was turned away: before the handshake with a status, after it with a frame. */
export type TurnedAway =
  Refusal | 'closing' | 'origin' | 'too-many-requests' | 'too-many-sockets' | 'not-admitted' | 'not-allowed';

/** Where a message went: to a socket, to a mailbox, or nowhere. */
export type Outcome = 'sent' | 'queued' | 'dropped';

/** Each method is told as it happens; those that are missing are not missed. What they throw is not caught. */
export interface Observer {
  /** A socket has its id, and its mailbox; `replaced` held it before. */
  opened?(client: Client, replaced: Client | undefined): void;
  /** A socket that held its id to the end is gone. */
  closed?(client: Client): void;
  turnedAway?(reason: TurnedAway): void;
  /** A frame came in, readable or not. */
  received?(client: Client, frame: string | Uint8Array): void;
  unreadable?(client: Client, reason: SignalReason): void;
  /** A message was handled. `bytes` is the length of the relayed frame. */
  relayed?(from: Client, type: SignalType, dst: string, outcome: Outcome, bytes: number): void;
  /** A sender was told that nobody came for its message. */
  expired?(sender: Client, missing: string): void;
  cutOff?(client: Client, why: CutOff): void;
}

type Listener<Name extends keyof Observer> = Required<Observer>[Name];

/** One observer that tells all of them, in order. Nobody pays for what nobody hears. */
export function everyone(observers: readonly Observer[]): Required<Observer> {
  return {
    opened: all(observers.flatMap(({ opened }) => opened ?? [])),
    closed: all(observers.flatMap(({ closed }) => closed ?? [])),
    turnedAway: all(observers.flatMap(({ turnedAway }) => turnedAway ?? [])),
    received: all(observers.flatMap(({ received }) => received ?? [])),
    unreadable: all(observers.flatMap(({ unreadable }) => unreadable ?? [])),
    relayed: all(observers.flatMap(({ relayed }) => relayed ?? [])),
    expired: all(observers.flatMap(({ expired }) => expired ?? [])),
    cutOff: all(observers.flatMap(({ cutOff }) => cutOff ?? [])),
  };
}

function all<Name extends keyof Observer>(
  listeners: readonly Listener<Name>[],
): (...event: Parameters<Listener<Name>>) => void {
  const [only] = listeners;
  if (only && listeners.length === 1) return (...event) => Reflect.apply(only, undefined, event);
  return (...event) => {
    for (const listener of listeners) Reflect.apply(listener, undefined, event);
  };
}
