// takes a key's name and record, keeps it in IndexedDB, gives it back.

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

const DATABASE = 'reforms-identity';
const STORE = 'keys';

const finished = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return finished(request);
}

/** The store of this origin. A connection is opened for each call and closed after it, so that none is ever in the way. */
export function identityStore(factory: IDBFactory): IdentityStore {
  async function inStore<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await opened(factory);
    try {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const done = committed(transaction);
      const request = work(transaction.objectStore(STORE));
      await done;
      return request.result;
    } finally {
      database.close();
    }
  }
  return {
    async read(name) {
      const found: unknown = await inStore('readonly', (store) => store.get(name));
      return isIdentityRecord(found) ? found : null;
    },
    async write(name, record) {
      await inStore('readwrite', (store) => store.put(record, name));
    },
    async forget(prefix) {
      await inStore('readwrite', (store) => store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
    },
  };
}
