// takes a session that an element meets for the first time, gives it the element's first wishes.

import type { ReactiveController } from 'lit';
import type { Session } from '../core.ts';
import type { SessionDoor } from './session-door.ts';

/** Calls `greet` once for each session, after the host has rendered with it, if nobody has opened it yet. */
export class Arrival implements ReactiveController {
  readonly #door: SessionDoor;
  readonly #greet: (session: Session) => void;
  #met: Session | undefined;

  constructor(door: SessionDoor, greet: (session: Session) => void) {
    this.#door = door;
    this.#greet = greet;
  }

  hostUpdated(): void {
    const { session } = this.#door;
    if (session === undefined || session === this.#met) return;
    this.#met = session;
    if (session.snapshot.status === 'idle') this.#greet(session);
  }
}
