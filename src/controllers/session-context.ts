// takes an Entrance, gives it to the kit's elements inside: the one file that knows `@lit/context`.

import { ContextEvent, ContextProvider, createContext } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { ErrorCode, Session } from '../core.ts';

/** The way into a room: a session, or the reason why there is none. */
export interface Entrance {
  readonly session: Session | undefined;
  /** Why `session` cannot be: no room, no server, a broken link. Undefined too while it is not known yet. */
  readonly problem: ErrorCode | undefined;
  /** The room's secret, for invitations. */
  readonly secret: Uint8Array | undefined;
}

const entranceContext = createContext<Entrance>(Symbol('reforms-entrance'));

/** Offers an Entrance to everything inside `host`; call what it gives with each new one. */
export function provideEntrance(host: ReactiveElement, initialValue: Entrance): (entrance: Entrance) => void {
  const provider = new ContextProvider(host, { context: entranceContext, initialValue });
  return (entrance) => provider.setValue(entrance);
}

/** What came of a question for an Entrance. */
export interface Request {
  /** Whether someone above has one to give (`receive` was called, and will be with each change). */
  readonly answered: boolean;
  readonly stop: () => void;
}

/** Asks the elements around `host` for their Entrance. */
export function requestEntrance(host: Element, receive: (entrance: Entrance) => void): Request {
  let answered = false;
  let stopped = false;
  let unsubscribe: (() => void) | undefined;
  const callback = (entrance: Entrance, stop?: () => void): void => {
    if (stopped) return stop?.();
    // A nearer provider may have taken over: what the farther one still says is no longer meant for us.
    if (unsubscribe !== undefined && unsubscribe !== stop) unsubscribe();
    unsubscribe = stop;
    answered = true;
    receive(entrance);
  };
  host.dispatchEvent(new ContextEvent(entranceContext, host, callback, true));
  return {
    answered,
    stop: () => {
      stopped = true;
      unsubscribe?.();
    },
  };
}
