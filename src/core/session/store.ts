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
  let telling = false;
  const untold: Fact[] = [];
  const subscribers = new Set<() => void>();
  const observers = new Set<(fact: Fact) => void>();

  /** Each is an entry of its own, so that the same function given twice also ends twice. */
  const add = <T>(set: Set<(value: T) => void>, listener: (value: T) => void, signal: AbortSignal): void => {
    if (signal.aborted) return;
    const entry = (value: T): void => listener(value);
    set.add(entry);
    signal.addEventListener('abort', () => set.delete(entry), { once: true });
  };

  /** What one listener breaks must reach neither the others nor the stage that reported. */
  const call = <T>(set: ReadonlySet<(value: T) => void>, value: T): void => {
    for (const listener of [...set])
      try {
        if (set.has(listener)) listener(value);
      } catch (error) {
        reportError(error);
      }
  };

  /** A fact that an observer brings about is told after the one that is being told: everyone hears them in one order. */
  const tell = (fact: Fact): void => {
    untold.push(fact);
    if (telling) return;
    telling = true;
    for (let next = untold.shift(); next !== undefined; next = untold.shift()) call(observers, next);
    telling = false;
  };

  const announce = (): void => {
    announced = false;
    // A status that lasted for no turn at all was never one: who is let in by someone inside did not wait.
    if (snapshot.status !== told) {
      told = snapshot.status;
      tell({ kind: 'status-changed', status: told });
    }
    call(subscribers, undefined);
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
