// takes what elements that stand alone ask for, gives those of one page that ask for the same room one session.

import { createSession, type Session, type SessionConfig } from '../core.ts';

/** One element's share of a session. The session closes when the last share is given back. */
export interface Lease {
  readonly session: Session;
  release(): void;
}

interface Entry {
  readonly session: Session;
  /** What the session was made from, beyond its key. */
  readonly details: string;
  holders: number;
}

const pools = new WeakMap<Document, Map<string, Entry>>();

/**
 * A share of the session for `key` (server, room and secret) on `page`. Who comes first decides the details; a session
 * that nobody holds any more and that was made from other details is not taken up again.
 */
export function leaseSession(page: Document, key: string, details: string, config: SessionConfig): Lease {
  const pool = pools.get(page) ?? new Map<string, Entry>();
  pools.set(page, pool);
  const known = pool.get(key);
  if (known !== undefined && known.holders === 0 && known.details !== details) end(pool, key, known);
  const entry = pool.get(key) ?? { session: createSession(config), details, holders: 0 };
  pool.set(key, entry);
  entry.holders += 1;
  let held = true;
  return {
    session: entry.session,
    release: () => {
      if (!held) return;
      held = false;
      entry.holders -= 1;
      // An element that is only being moved comes back within the same turn.
      queueMicrotask(() => entry.holders === 0 && end(pool, key, entry));
    },
  };
}

function end(pool: Map<string, Entry>, key: string, entry: Entry): void {
  if (pool.get(key) === entry) pool.delete(key);
  entry.session.close();
}
