// takes snapshots, gives a slice of them: the host updates when the slice has changed, and only then.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ErrorCode, Fact, Intent, Session, Snapshot, StreamHandle } from '../core.ts';
import type { SessionDoor } from './session-door.ts';

/** What an element knows where there is no session: nothing yet, or why there is none. */
const nothing = (problem: ErrorCode | undefined): Snapshot => ({
  status: problem === undefined ? 'idle' : 'failed',
  problem: problem === undefined ? undefined : { code: problem, fatal: true },
  room: {
    name: '',
    hasSecret: false,
    phase: problem === undefined ? 'outside' : 'failed',
    reachable: true,
  },
  self: { id: '', name: '' },
  people: [],
  call: {
    microphone: { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' },
    camera: { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' },
    preview: undefined,
    devices: [],
  },
  chat: { messages: [] },
  files: { transfers: [] },
});

/**
 * Selects `T` from the session's snapshots. `select` gives a record of parts (`({ chat }) => ({ chat })`); the host
 * updates when one of the parts is another object or value than before. `onFact` hears every fact of the session.
 */
export class SessionController<T extends object> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #door: SessionDoor;
  readonly #select: (snapshot: Snapshot) => T;
  readonly #onFact: ((fact: Fact, session: Session) => void) | undefined;
  #slice: T | undefined;
  #blank = nothing(undefined);
  #session: Session | undefined;
  #following = new AbortController();

  constructor(
    host: ReactiveControllerHost,
    door: SessionDoor,
    select: (snapshot: Snapshot) => T,
    onFact?: (fact: Fact, session: Session) => void,
  ) {
    this.#host = host;
    this.#door = door;
    this.#select = select;
    this.#onFact = onFact;
    host.addController(this);
  }

  /** The parts as they are now. */
  get slice(): T {
    return this.#slice ?? (this.#slice = this.#select(this.snapshot));
  }

  /** Everything that is known, for one-off questions; what is rendered comes from `slice`. */
  get snapshot(): Snapshot {
    const { session, problem } = this.#door.entrance;
    if (session !== undefined) return session.snapshot;
    if (this.#blank.problem?.code !== problem) this.#blank = nothing(problem);
    return this.#blank;
  }

  dispatch(intent: Intent): void {
    this.#door.session?.dispatch(intent);
  }

  /** 60 digits to compare with someone; undefined where they are not here. Takes some 20 ms. */
  safetyNumber(participantId: string): string | undefined {
    return this.#door.session?.safetyNumber(participantId);
  }

  /** The stream that a handle names. */
  stream(handle: StreamHandle | undefined): MediaStream | undefined {
    return handle === undefined ? undefined : this.#door.session?.stream(handle);
  }

  hostUpdate(): void {
    this.#follow();
    this.#refresh();
  }

  hostDisconnected(): void {
    this.#following.abort();
    this.#session = undefined;
  }

  #follow(): void {
    const { session } = this.#door;
    if (session === this.#session) return;
    this.#following.abort();
    this.#following = new AbortController();
    this.#session = session;
    if (session === undefined) return;
    const { signal } = this.#following;
    session.subscribe(() => this.#refresh() && this.#host.requestUpdate(), { signal });
    if (this.#onFact !== undefined) {
      const onFact = this.#onFact;
      session.observe((fact) => onFact(fact, session), { signal });
    }
  }

  /** Whether the slice is another than before. */
  #refresh(): boolean {
    const next = this.#select(this.snapshot);
    if (this.#slice !== undefined && sameParts(this.#slice, next)) return false;
    this.#slice = next;
    return true;
  }
}

function sameParts(one: object, other: object): boolean {
  const parts = Object.entries(one);
  const others = new Map<string, unknown>(Object.entries(other));
  return parts.length === others.size && parts.every(([name, part]) => Object.is(part, others.get(name)));
}
