// takes a host's room attributes and what stands around it, gives the host its session: the page's, the room's, or its own.

import type { ReactiveController, ReactiveElement } from 'lit';
import { ReformsError, type ErrorCode, type Session } from '../core.ts';
import { enterRoom } from './entering.ts';
import { watchPageSecret } from './page-secret.ts';
import { planRoom, type RoomAttributes } from './room-plan.ts';
import { provideEntrance, requestEntrance, type Entrance, type Request } from './session-context.ts';
import { leaseSession, type Lease } from './session-pool.ts';

/** An element that can stand alone. */
export interface DoorHost extends ReactiveElement, RoomAttributes {
  /** A session made by the page itself. */
  readonly session: Session | undefined;
  /** The name of someone who gives none, in the element's language. */
  readonly guestName: string;
}

const closed: Entrance = { session: undefined, problem: undefined, secret: undefined };
const roomTag = 'reforms-room';

/**
 * Finds the host's session, and passes it on to kit elements inside the host. In order: the property `session`; a
 * `<reforms-room>` (or another kit element) around it; one of its own, shared with elements of the page that name the
 * same server and room.
 */
export class SessionDoor implements ReactiveController {
  readonly #host: DoorHost;
  readonly #provide: (entrance: Entrance) => void;
  #entrance = closed;
  #received: Entrance | undefined;
  #request: Request | undefined;
  #lease: Lease | undefined;
  #leased = '';
  #name = '';
  #presence = new AbortController();
  #joining: Joining | undefined;

  constructor(host: DoorHost) {
    this.#host = host;
    this.#provide = provideEntrance(host, closed);
    host.addController(this);
  }

  get entrance(): Entrance {
    return this.#entrance;
  }

  get session(): Session | undefined {
    return this.#entrance.session;
  }

  /** Whether the session is the element's to speak for: not given by a room around it. */
  get isOwn(): boolean {
    return this.#received === undefined;
  }

  /**
   * Joins as soon as there is a session for what the attributes say; resolves in the room. Rejects with `ReformsError`:
   * why there can be no session, why it failed, or `not-joined` where `leave()` took it back.
   */
  join(): Promise<void> {
    if (this.session !== undefined && !this.#host.isUpdatePending) return unasked(enterRoom(this.session));
    this.#joining ??= newJoining();
    this.#host.requestUpdate();
    return this.#joining.done;
  }

  leave(): void {
    this.#giveUp('not-joined');
    this.session?.dispatch({ kind: 'leave' });
  }

  hostConnected(): void {
    this.#presence = new AbortController();
    this.#ask();
    watchPageSecret(this.#host.ownerDocument, () => this.#host.requestUpdate(), this.#presence.signal);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const entrance = this.#settle();
    if (
      entrance.session === this.#entrance.session &&
      entrance.problem === this.#entrance.problem &&
      entrance.secret === this.#entrance.secret
    )
      return;
    this.#entrance = entrance;
    this.#provide(entrance);
  }

  hostUpdated(): void {
    const { session, problem } = this.#entrance;
    if (session === undefined) return problem === undefined ? undefined : this.#giveUp(problem);
    const joining = this.#joining;
    this.#joining = undefined;
    if (joining !== undefined) joining.resolve(enterRoom(session));
  }

  hostDisconnected(): void {
    this.#presence.abort();
    this.#request?.stop();
    this.#request = undefined;
    this.#received = undefined;
    // An element that is only being moved is back on the page when the turn is over, and keeps its session.
    queueMicrotask(() => this.#host.isConnected || this.#giveBack());
  }

  #giveUp(code: ErrorCode): void {
    this.#joining?.resolve(Promise.reject(new ReformsError(code)));
    this.#joining = undefined;
  }

  #ask(): void {
    this.#request?.stop();
    this.#request = requestEntrance(this.#host, (entrance) => {
      this.#received = entrance;
      this.#host.requestUpdate();
    });
    if (this.#request.answered) return;
    const room = unreadyRoomAround(this.#host);
    if (room === undefined) return;
    this.#received = closed;
    const { signal } = this.#presence;
    void customElements.whenDefined(roomTag).then(() => signal.aborted || this.#ask());
  }

  #settle(): Entrance {
    const { session, roomSecret } = this.#host;
    if (!this.#host.isConnected) return closed;
    if (session !== undefined || this.#received !== undefined) this.#giveBack();
    if (session !== undefined) return { session, problem: undefined, secret: roomSecret };
    return this.#received ?? this.#open();
  }

  #open(): Entrance {
    const page = this.#host.ownerDocument;
    const plan = planRoom(this.#host, page, this.#host.guestName);
    if (!plan.ok) {
      this.#giveBack();
      return { session: undefined, problem: plan.reason, secret: undefined };
    }
    const { key, details, config } = plan.value;
    const leased = `${key} ${details}`;
    if (this.#lease === undefined || this.#leased !== leased) {
      this.#giveBack();
      this.#lease = leaseSession(page, key, config);
      this.#leased = leased;
      this.#name = config.displayName;
    } else if (this.#name !== config.displayName) {
      this.#name = config.displayName;
      this.#lease.session.dispatch({ kind: 'set-name', name: config.displayName });
    }
    return { session: this.#lease.session, problem: undefined, secret: config.secret };
  }

  #giveBack(): void {
    this.#lease?.release();
    this.#lease = undefined;
  }
}

/** A `join()` that waits for a session. */
interface Joining {
  readonly done: Promise<void>;
  readonly resolve: (joined: Promise<void>) => void;
}

function newJoining(): Joining {
  let resolve: Joining['resolve'] = () => {};
  const done = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { done: unasked(done), resolve };
}

/** Whoever calls `join()` without waiting hears of a failure by `reforms-error`, not from the console. */
function unasked(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}

/** A room around the element, through shadow roots, that the browser does not know as one yet. */
function unreadyRoomAround(element: Element): Element | undefined {
  for (let at: Element | null = element; at !== null;) {
    const room: Element | null = at.closest(roomTag);
    if (room !== null && room !== element) return room.matches(':defined') ? undefined : room;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return undefined;
}
