// takes facts, gives snapshots to those who subscribed: the one place where state is kept.

import type { Fact } from './facts.ts';
import { reduce } from './reduce/index.ts';
import type { Snapshot } from './snapshot.ts';

export interface Store {
  readonly snapshot: Snapshot;
  report(fact: Fact): void;
  subscribe(listener: () => void, options: { readonly signal: AbortSignal }): void;
  observe(listener: (fact: Fact) => void, options: { readonly signal: AbortSignal }): void;
}

export function createStore(initial: Snapshot): Store {
  let snapshot = initial;
  let announced = false;
  const subscribers = new Set<() => void>();
  const observers = new Set<(fact: Fact) => void>();

  const add = <T>(set: Set<T>, listener: T, signal: AbortSignal): void => {
    if (signal.aborted) return;
    set.add(listener);
    signal.addEventListener('abort', () => set.delete(listener), { once: true });
  };

  const announce = (): void => {
    announced = false;
    for (const listener of [...subscribers]) listener();
  };

  const report = (fact: Fact): void => {
    const before = snapshot;
    snapshot = reduce(before, fact);
    // Many facts of one turn are one change for those who draw.
    if (snapshot !== before && !announced) {
      announced = true;
      queueMicrotask(announce);
    }
    for (const listener of [...observers]) listener(fact);
    if (snapshot.status !== before.status) report({ kind: 'status-changed', status: snapshot.status });
  };

  return {
    get snapshot() {
      return snapshot;
    },
    report,
    subscribe: (listener, { signal }) => add(subscribers, listener, signal),
    observe: (listener, { signal }) => add(observers, listener, signal),
  };
}
