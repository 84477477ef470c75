// takes nothing, gives what every slice of `reduce` is made of: the type of its table, and changes that are none.

import type { Fact } from '../facts.ts';
import type { Snapshot } from '../snapshot.ts';

export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/** One pure function a fact: the next Snapshot, or the very same object when nothing changed. */
export type Reducers<K extends Fact['kind']> = {
  readonly [Kind in K]: (now: Snapshot, fact: FactOf<Kind>) => Snapshot;
};

/** `now` with other values, or the very same object where it has them already. */
export function patch<T extends object>(now: T, values: Partial<T>): T {
  const differs = Object.entries(values).some(([key, value]) => !Object.is(Reflect.get(now, key), value));
  return differs ? { ...now, ...values } : now;
}

/** A list with `update` done to each of its items, or the very same list where none of them changed. */
export function patchEach<T>(now: readonly T[], update: (item: T) => T): readonly T[] {
  const next = now.map(update);
  return next.some((item, index) => item !== now[index]) ? next : now;
}
