// takes what elements that stand alone ask for, gives those of one page that ask for the same room one session.

import { createSession, type Session, type SessionConfig } from '../core.ts';

/** One element's share of a session. The session closes when the last share is given back. */
export interface Lease {
  readonly session: Session;
  release(): void;
}

interface Entry {
  readonly session: Session;
  holders: number;
}

const pools = new WeakMap<Document, Map<string, Entry>>();

/** A share of the session for `key` (server, room and secret) on `page`. Who comes first decides the rest of `config`. */
export function leaseSession(page: Document, key: string, config: SessionConfig): Lease {
  const pool = pools.get(page) ?? new Map<string, Entry>();
  pools.set(page, pool);
  const entry = pool.get(key) ?? { session: createSession(config), holders: 0 };
  pool.set(key, entry);
  entry.holders += 1;
  let held = true;
  return {
    session: entry.session,
    release: () => {
      if (!held) return;
      held = false;
      entry.holders -= 1;
      if (entry.holders > 0) return;
      pool.delete(key);
      entry.session.close();
    },
  };
}
