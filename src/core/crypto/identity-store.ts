// takes a key's name and record, keeps it in IndexedDB, gives it back.

import { openTable } from './database.ts';
import { isIdentityRecord } from './identity-key.ts';
import type { IdentityRecord } from './identity-key.ts';

/** Where identities are kept. Every method rejects where the browser refuses storage (private mode, blocked cookies). */
export interface IdentityStore {
  /** The record under a name; null where there is none, or none that makes sense. */
  read(name: string): Promise<IdentityRecord | null>;
  write(name: string, record: IdentityRecord): Promise<void>;
  /** Deletes every record whose name begins so. */
  forget(prefix: string): Promise<void>;
}

/** The store of this origin. */
export function identityStore(factory: IDBFactory): IdentityStore {
  const table = openTable(factory, 'reforms-identity', 'keys');
  return {
    async read(name) {
      const found = await table.read(name);
      return isIdentityRecord(found) ? found : null;
    },
    write: (name, record) => table.write(name, record),
    forget: (prefix) => table.forget(prefix),
  };
}
