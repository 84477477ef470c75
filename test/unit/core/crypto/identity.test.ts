import { expect } from 'chai';
import { forgetIdentity, loadSodium, openIdentity } from '../../../../src/core/crypto/index.ts';
import type { IdentityMode, OwnIdentity } from '../../../../src/core/crypto/index.ts';
import { isIdentityRecord, identityOf, newIdentityRecord } from '../../../../src/core/crypto/identity-key.ts';
import { identityStore } from '../../../../src/core/crypto/identity-store.ts';
import { codeOf, filled, hexOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const message = new TextEncoder().encode('signed');
const ports = { indexedDB, locks: navigator.locks, subtle: crypto.subtle };

/** A browser without Ed25519, as Chromium before 137. */
const withoutEd25519 = {
  generateKey: async (algorithm: unknown, extractable: boolean, usages: KeyUsage[]) => {
    if (algorithm === 'Ed25519') throw new DOMException('Unrecognized name', 'NotSupportedError');
    return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, usages);
  },
  exportKey: crypto.subtle.exportKey.bind(crypto.subtle),
  encrypt: crypto.subtle.encrypt.bind(crypto.subtle),
};
const asSubtle = (some: unknown): SubtleCrypto => some as SubtleCrypto;

/** A tab: an identity that lasts until it is closed. */
async function openTab(mode: IdentityMode, topic: Uint8Array) {
  const tab = new AbortController();
  const identity = await openIdentity(sodium, { mode, topic, signal: tab.signal });
  return { identity, close: () => tab.abort() };
}

/** Resolves when a lock is free: the browser gives it back some time after its holder let go. */
const freed = (scope: string, slot: number) =>
  navigator.locks.request(`reforms-identity:${scope}:${slot}`, () => {});

const signs = async ({ publicKey, sign }: OwnIdentity) =>
  sodium.verify(await sign(message), message, publicKey);

// base64url of 16 equal bytes.
const scopes: Readonly<Record<number, string>> = { 1: 'AQEBAQEBAQEBAQEBAQEBAQ', 2: 'AgICAgICAgICAgICAgICAg' };
const topicOf = (value: 1 | 2) => filled(16, value);

describe('an identity', () => {
  afterEach(async () => {
    for (const topic of [topicOf(1), topicOf(2)]) await forgetIdentity({ mode: 'room', topic });
    await forgetIdentity({ mode: 'persistent', topic: topicOf(1) });
  });

  it('is the same in the same room each time, and signs', async () => {
    const first = await openTab('room', topicOf(1));
    expect(first.identity).to.include({ durable: true, slot: 0 });
    expect(first.identity.publicKey).to.have.length(32);
    expect(await signs(first.identity)).to.equal(true);
    first.close();
    await freed(scopes[1] ?? '', 0);
    const again = await openTab('room', topicOf(1));
    expect(hexOf(again.identity.publicKey)).to.equal(hexOf(first.identity.publicKey));
    expect(await signs(again.identity)).to.equal(true);
    again.close();
    await freed(scopes[1] ?? '', 0);
  });

  it('differs between rooms unless it is persistent', async () => {
    const one = await openTab('room', topicOf(1));
    const two = await openTab('room', topicOf(2));
    expect(hexOf(one.identity.publicKey)).to.not.equal(hexOf(two.identity.publicKey));
    const kept = await openTab('persistent', topicOf(1));
    kept.close();
    await freed('origin', 0);
    const elsewhere = await openTab('persistent', topicOf(2));
    expect(hexOf(elsewhere.identity.publicKey)).to.equal(hexOf(kept.identity.publicKey));
    for (const { close } of [one, two, elsewhere]) close();
    await Promise.all([freed(scopes[1] ?? '', 0), freed(scopes[2] ?? '', 0), freed('origin', 0)]);
  });

  it('of a second tab in the same room is another one, until the first is closed', async () => {
    const [one, two] = await Promise.all([openTab('room', topicOf(1)), openTab('room', topicOf(1))]);
    expect([one.identity.slot, two.identity.slot]).to.have.members([0, 1]);
    expect(hexOf(one.identity.publicKey)).to.not.equal(hexOf(two.identity.publicKey));
    const first = one.identity.slot === 0 ? one : two;
    const second = first === one ? two : one;
    first.close();
    await freed(scopes[1] ?? '', 0);
    const third = await openTab('room', topicOf(1));
    expect(third.identity.slot).to.equal(0);
    expect(hexOf(third.identity.publicKey)).to.equal(hexOf(first.identity.publicKey));
    second.close();
    third.close();
    await Promise.all([freed(scopes[1] ?? '', 0), freed(scopes[1] ?? '', 1)]);
  });

  it('of someone who leaves and comes back in the same breath is the same', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = await openTab('room', topicOf(2));
      before.close();
      const after = await openTab('room', topicOf(2));
      expect(after.identity.slot).to.equal(0);
      expect(hexOf(after.identity.publicKey)).to.equal(hexOf(before.identity.publicKey));
      after.close();
    }
    await freed(scopes[2] ?? '', 0);
  });

  it('that is ephemeral is new each time, and leaves nothing behind', async () => {
    const one = await openTab('ephemeral', topicOf(1));
    const two = await openTab('ephemeral', topicOf(1));
    expect(one.identity).to.include({ durable: false, slot: null });
    expect(hexOf(one.identity.publicKey)).to.not.equal(hexOf(two.identity.publicKey));
    expect(await signs(one.identity)).to.equal(true);
    expect(await identityStore(indexedDB).read(`${scopes[1]}:0`)).to.equal(null);
  });

  it('that was forgotten is another one next time, in every slot', async () => {
    const one = await openTab('room', topicOf(1));
    const two = await openTab('room', topicOf(1));
    const other = await openTab('room', topicOf(2));
    await forgetIdentity({ mode: 'room', topic: topicOf(1) });
    expect(await identityStore(indexedDB).read(`${scopes[1]}:0`)).to.equal(null);
    expect(await identityStore(indexedDB).read(`${scopes[1]}:1`)).to.equal(null);
    expect(await identityStore(indexedDB).read(`${scopes[2]}:0`)).to.not.equal(null);
    expect(await signs(one.identity)).to.equal(true);
    for (const { close } of [one, two, other]) close();
    await Promise.all([freed(scopes[1] ?? '', 0), freed(scopes[1] ?? '', 1), freed(scopes[2] ?? '', 0)]);
  });

  it('cannot be exported', async () => {
    const record = await newIdentityRecord(sodium, crypto.subtle);
    if (record.kind !== 'native') throw new Error('this browser has Ed25519');
    expect(record.privateKey.extractable).to.equal(false);
    const refused = await crypto.subtle.exportKey('pkcs8', record.privateKey).then(
      () => 'exported',
      (error: DOMException) => error.name,
    );
    expect(refused).to.equal('InvalidAccessError');
  });

  it('is not opened for a session that has ended', async () => {
    const ended = AbortSignal.abort();
    const opened = openIdentity(sodium, { mode: 'room', topic: topicOf(1), signal: ended });
    expect(await opened.catch((error: DOMException) => error.name)).to.equal('AbortError');
  });

  it('gives its slot back where the session ends while it is being opened', async () => {
    const tab = new AbortController();
    const opened = openIdentity(sodium, { mode: 'room', topic: topicOf(1), signal: tab.signal });
    tab.abort();
    expect(await opened.catch((error: DOMException) => error.name)).to.equal('AbortError');
    await freed(scopes[1] ?? '', 0);
  });
});

describe('an identity where the browser gives less', () => {
  const open = (given: Parameters<typeof openIdentity>[2], signal = new AbortController().signal) =>
    openIdentity(sodium, { mode: 'room', topic: topicOf(2), signal }, given);

  const refusing = {
    open: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  } as unknown as IDBFactory;

  it('is for this session only without IndexedDB, without locks, or where storage is refused, and holds no slot', async () => {
    for (const given of [
      { ...ports, indexedDB: undefined },
      { ...ports, locks: undefined },
      { ...ports, indexedDB: refusing },
    ]) {
      const identity = await open(given);
      expect(identity).to.include({ durable: false, slot: null });
      expect(await signs(identity)).to.equal(true);
      await freed(scopes[2] ?? '', 0);
    }
  });

  it('is in memory without WebCrypto', async () => {
    const identity = await open({ ...ports, subtle: undefined });
    expect(identity).to.include({ durable: false, slot: null });
    expect(await signs(identity)).to.equal(true);
  });

  it('is for this session only where all slots are taken, or locks fail', async () => {
    const query = async () => ({});
    const taken = {
      query,
      request: async (_: string, __: unknown, granted: (lock: null) => unknown) => granted(null),
    };
    const failing = { query, request: () => Promise.reject(new DOMException('no', 'InvalidStateError')) };
    for (const locks of [taken, failing]) {
      const identity = await open({ ...ports, locks: locks as unknown as LockManager });
      expect(identity).to.include({ durable: false, slot: null });
    }
  });

  it('is kept as a wrapped seed without Ed25519, and is the same next time', async () => {
    const given = { ...ports, subtle: asSubtle(withoutEd25519) };
    const tab = new AbortController();
    const first = await open(given, tab.signal);
    expect(first).to.include({ durable: true, slot: 0 });
    expect(await signs(first)).to.equal(true);
    tab.abort();
    await freed(scopes[2] ?? '', 0);
    const kept = await identityStore(indexedDB).read(`${scopes[2]}:0`);
    if (kept?.kind !== 'wrapped') throw new Error('not wrapped');
    expect(kept.wrappingKey.extractable).to.equal(false);
    const again = new AbortController();
    const second = await open(given, again.signal);
    expect(hexOf(second.publicKey)).to.equal(hexOf(first.publicKey));
    expect(await signs(second)).to.equal(true);
    again.abort();
    await freed(scopes[2] ?? '', 0);
    await forgetIdentity({ mode: 'room', topic: topicOf(2) });
  });

  it('says store where it cannot be forgotten', async () => {
    expect(await codeOf(() => forgetIdentity({ mode: 'room', topic: topicOf(2) }, refusing))).to.equal(
      'store',
    );
  });
});

describe('the identity store', () => {
  it('gives only what makes sense, whatever lies in the database', async () => {
    const native = await newIdentityRecord(sodium, crypto.subtle);
    const wrapped = await newIdentityRecord(sodium, asSubtle(withoutEd25519));
    expect(isIdentityRecord(native)).to.equal(true);
    expect(isIdentityRecord(wrapped)).to.equal(true);
    const nonsense: readonly unknown[] = [
      null,
      7,
      'x',
      {},
      { ...native, kind: 'other' },
      { ...native, publicKey: filled(31, 1) },
      { ...native, publicKey: 'x' },
      { ...native, privateKey: filled(32, 1) },
      { kind: 'native', publicKey: native.publicKey },
      { ...wrapped, wrappingKey: 1 },
      { ...wrapped, iv: filled(11, 1) },
      { ...wrapped, sealedSeed: filled(32, 1) },
      { kind: 'wrapped', publicKey: wrapped.publicKey },
    ];
    for (const value of nonsense) expect(isIdentityRecord(value)).to.equal(false);
  });

  it('does not sign with a seed that belongs to another key', async () => {
    const record = await newIdentityRecord(sodium, asSubtle(withoutEd25519));
    if (record.kind !== 'wrapped') throw new Error('not wrapped');
    const { publicKey, wrappingKey, iv } = record;
    const algorithm = { name: 'AES-GCM', iv, additionalData: publicKey };
    const sealedSeed = new Uint8Array(await crypto.subtle.encrypt(algorithm, wrappingKey, sodium.random(32)));
    expect(await codeOf(() => identityOf(sodium, { ...record, sealedSeed }).sign(message))).to.equal('store');
  });

  it('rejects where the database is of a later version, or a transaction is aborted', async () => {
    const name = 'reforms-identity-test';
    await new Promise((resolve) => {
      const later = indexedDB.open(name, 2);
      later.onsuccess = () => {
        later.result.close();
        resolve(null);
      };
    });
    const outdated = { open: (_: string, version: number) => indexedDB.open(name, version) };
    const refused = await identityStore(outdated as unknown as IDBFactory)
      .read('x:0')
      .catch((error: DOMException) => error.name);
    expect(refused).to.equal('VersionError');
    indexedDB.deleteDatabase(name);
    // A full disk shows like this: the transaction is aborted after its requests were made.
    await identityStore(indexedDB).read('x:0');
    const aborting = new Proxy(IDBDatabase.prototype.transaction, {
      apply: (target, database, parameters) => {
        const transaction: IDBTransaction = Reflect.apply(target, database, parameters);
        queueMicrotask(() => transaction.abort());
        return transaction;
      },
    });
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = aborting;
    try {
      expect(await codeOf(() => forgetIdentity({ mode: 'room', topic: topicOf(1) }))).to.equal('store');
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
  });

  it('rejects where a write does not go through', async () => {
    const record = await newIdentityRecord(sodium, crypto.subtle);
    const store = identityStore(indexedDB);
    const unclonable = { ...record, extra: () => {} };
    const name = await store.write('x:0', unclonable).catch((error: DOMException) => error.name);
    expect(name).to.equal('DataCloneError');
    expect(await store.read('x:0')).to.equal(null);
  });
});
