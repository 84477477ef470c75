// takes a session and what is waited for, gives the Snapshot in which it has come.

import type { Fact } from '../../src/core/session/facts.ts';
import type { Session } from '../../src/core/session/session-port.ts';
import type { Snapshot } from '../../src/core/session/snapshot.ts';

/** Resolves as soon as the Snapshot is as wanted; what never comes is ended by the runner's own time limit. */
export function until(session: Session, isSo: (now: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const look = (): void => {
      if (!isSo(session.snapshot)) return;
      waiting.abort();
      resolve(session.snapshot);
    };
    session.subscribe(look, { signal: waiting.signal });
    look();
  });
}

/** Resolves with the next fact of this kind, or the next that is as wanted. */
export function nextFact<K extends Fact['kind']>(
  session: Session,
  kind: K,
  isIt: (fact: Extract<Fact, { kind: K }>) => boolean = () => true,
): Promise<Extract<Fact, { kind: K }>> {
  const isKind = (fact: Fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind;
  return new Promise((resolve) => {
    const waiting = new AbortController();
    session.observe(
      (fact) => {
        if (!isKind(fact) || !isIt(fact)) return;
        waiting.abort();
        resolve(fact);
      },
      { signal: waiting.signal },
    );
  });
}
