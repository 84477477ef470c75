// takes nothing, gives the type of a table that answers some kinds of facts.

import type { Fact } from '../facts.ts';
import type { Snapshot } from '../snapshot.ts';

export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/** One pure function a fact: the next Snapshot, or the very same object when nothing changed. */
export type Reducers<K extends Fact['kind']> = {
  readonly [Kind in K]: (now: Snapshot, fact: FactOf<Kind>) => Snapshot;
};
