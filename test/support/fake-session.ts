// takes parts of a snapshot, gives a Session that holds them, records what it is asked for, and does what the test says.

import type { Fact, Intent, Participant, Session, Snapshot } from '../../src/core.ts';

const closed = { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' } as const;

export const blank: Snapshot = {
  status: 'idle',
  problem: undefined,
  room: { name: 'lesson', hasSecret: true, phase: 'outside', reachable: true },
  self: { id: '', name: 'Ada' },
  people: [],
  call: { microphone: closed, camera: closed, preview: undefined, devices: [] },
  chat: { messages: [] },
  files: { transfers: [] },
};

/** A person with a camera and a microphone, unless told otherwise. */
export const person = (values: Partial<Participant> = {}): Participant => ({
  id: 'grace',
  name: 'Grace Hopper',
  audio: true,
  video: true,
  link: 'connected',
  protection: 'link',
  sas: { emoji: [0, 1, 2, 3, 4, 5, 63], numbers: [1000, 4321, 9191] },
  stream: 'stream-grace',
  joinedAt: 0,
  ...values,
});

export interface FakeSession extends Session {
  readonly intents: Intent[];
  readonly closed: boolean;
  readonly streams: Map<string, MediaStream>;
  /** Merges parts into the snapshot and tells the subscribers. */
  set(parts: Partial<Snapshot>): void;
  tell(fact: Fact): void;
}

export function fakeSession(parts: Partial<Snapshot> = {}): FakeSession {
  let snapshot: Snapshot = { ...blank, ...parts };
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  const observers = new Set<(fact: Fact) => void>();
  const intents: Intent[] = [];
  const streams = new Map<string, MediaStream>();
  const add = <T>(set: Set<T>, listener: T, signal: AbortSignal): void => {
    set.add(listener);
    signal.addEventListener('abort', () => set.delete(listener));
  };
  return {
    intents,
    streams,
    get closed() {
      return lifetime.signal.aborted;
    },
    get snapshot() {
      return snapshot;
    },
    set: (next) => {
      snapshot = { ...snapshot, ...next };
      for (const listener of [...listeners]) listener();
    },
    tell: (fact) => {
      for (const observer of [...observers]) observer(fact);
    },
    subscribe: (listener, { signal }) => add(listeners, listener, signal),
    observe: (listener, { signal }) => add(observers, listener, signal),
    dispatch: (intent) => void intents.push(intent),
    stream: (handle) => streams.get(handle),
    stats: async () => undefined,
    safetyNumber: () => '0'.repeat(60),
    forget: async () => undefined,
    close: () => lifetime.abort(),
  };
}
