// takes a session, gives promises: that we are in the room, that it is forgotten.

import { ReformsError, type Session } from '../core.ts';

/**
 * Joins, and resolves in the room; at once where we are in. Rejects with `ReformsError`: the fatal code, or `not-joined`
 * where someone left before.
 */
export function enterRoom(session: Session): Promise<void> {
  return new Promise((resolve, reject) => {
    if (session.snapshot.room.phase === 'joined') return resolve();
    const waiting = new AbortController();
    const settle = (run: () => void): void => {
      waiting.abort();
      run();
    };
    session.observe(
      (fact) => {
        if (fact.kind === 'room-joined') settle(resolve);
        else if (fact.kind === 'room-left') settle(() => reject(new ReformsError('not-joined')));
        else if (fact.kind === 'error-raised' && fact.fatal)
          settle(() => reject(new ReformsError(fact.code)));
      },
      { signal: waiting.signal },
    );
    session.dispatch({ kind: 'join' });
  });
}

/** Leaves, and forgets our key and everyone we met. Rejects with `store`, or `not-joined` where there is no session. */
export async function forgetEveryone(session: Session | undefined): Promise<void> {
  if (session === undefined) throw new ReformsError('not-joined');
  await session.forget();
}
