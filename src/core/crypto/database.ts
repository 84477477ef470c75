// takes a database's name, gives its one table. The only file that opens IndexedDB for keys and pins.

/** One table of records by name. Every method rejects where the browser refuses storage (private mode, blocked cookies). */
export interface Table {
  read(name: string): Promise<unknown>;
  /** All records whose name begins so, with their names. */
  readAll(prefix: string): Promise<readonly (readonly [name: string, record: unknown])[]>;
  write(name: string, record: unknown): Promise<void>;
  /** Deletes every record whose name begins so. */
  forget(prefix: string): Promise<void>;
}

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

const beginningWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/** A connection is opened for each call and closed after it, so that none is ever in the way. */
export function openTable(factory: IDBFactory, database: string, table: string): Table {
  function opened(): Promise<IDBDatabase> {
    const request = factory.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    return finished(request);
  }

  /** What `work` gives may be read once the transaction is committed. */
  async function inTable<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => T): Promise<T> {
    const connection = await opened();
    try {
      const transaction = connection.transaction(table, mode, { durability: 'strict' });
      const done = committed(transaction);
      const requests = work(transaction.objectStore(table));
      await done;
      return requests;
    } finally {
      connection.close();
    }
  }

  return {
    async read(name) {
      const { result }: IDBRequest<unknown> = await inTable('readonly', (store) => store.get(name));
      return result;
    },
    async readAll(prefix) {
      // In one transaction: names and records of two moments would not belong together.
      const { names, records } = await inTable('readonly', (store) => ({
        names: store.getAllKeys(beginningWith(prefix)),
        records: store.getAll(beginningWith(prefix)) as IDBRequest<unknown[]>,
      }));
      return names.result.map((name, place) => [String(name), records.result[place]] as const);
    },
    async write(name, record) {
      await inTable('readwrite', (store) => store.put(record, name));
    },
    async forget(prefix) {
      await inTable('readwrite', (store) => store.delete(beginningWith(prefix)));
    },
  };
}
