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
  let told = initial.status;
  const subscribers = new Set<() => void>();
  const observers = new Set<(fact: Fact) => void>();

  const add = <T>(set: Set<T>, listener: T, signal: AbortSignal): void => {
    if (signal.aborted) return;
    set.add(listener);
    signal.addEventListener('abort', () => set.delete(listener), { once: true });
  };

  const tell = (fact: Fact): void => {
    for (const listener of [...observers]) listener(fact);
  };

  const announce = (): void => {
    announced = false;
    // A status that lasted for no turn at all was never one: who is let in by someone inside did not wait.
    if (snapshot.status !== told) {
      told = snapshot.status;
      tell({ kind: 'status-changed', status: told });
    }
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
    tell(fact);
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
