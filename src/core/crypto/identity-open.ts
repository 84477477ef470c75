// takes a mode and a room, gives the identity this tab signs with, held until the session ends.

import { ReformsError } from '../errors.ts';
import { toBase64Url } from './bytes.ts';
import type { Identity } from './identity.ts';
import { identityOf, memoryIdentity, newIdentityRecord } from './identity-key.ts';
import { identityStore } from './identity-store.ts';
import type { IdentityStore } from './identity-store.ts';
import type { Sodium } from './sodium.ts';

/** One key per origin and room (unlinkable between rooms), one per origin, or one for this session only. */
export type IdentityMode = 'room' | 'persistent' | 'ephemeral';

/** The identity of this tab. */
export interface OwnIdentity extends Identity {
  /** False where it will be another one next time: by choice (`ephemeral`), or because the browser refused to keep it. */
  readonly durable: boolean;
  /** Which of the identities of this origin and room it is: 0 unless other tabs hold lower ones. Null when not durable. */
  readonly slot: number | null;
}

/** What the browser lends; a test lends less. */
export interface IdentityPorts {
  readonly indexedDB: IDBFactory | undefined;
  readonly locks: LockManager | undefined;
  readonly subtle: SubtleCrypto | undefined;
}

/** Tabs of one browser in one room that keep an identity each; a further one gets one for the session. */
const SLOTS = 32;

const browserPorts = (): IdentityPorts => ({
  indexedDB: globalThis.indexedDB,
  locks: navigator.locks,
  subtle: globalThis.crypto.subtle,
});

const scopeOf = (mode: 'room' | 'persistent', topic: Uint8Array): string =>
  mode === 'room' ? toBase64Url(topic) : 'origin';

/**
 * Opens the identity for a mode. Two tabs of one browser in one room must be able to talk, and no handshake accepts
 * one's own key: so each tab takes the lowest slot whose lock is free, and holds it until `signal` aborts. A slot's key is
 * the same every time. Where the browser refuses storage or locks, the identity is ephemeral and says so.
 */
export async function openIdentity(
  sodium: Sodium,
  options: { readonly mode: IdentityMode; readonly topic: Uint8Array; readonly signal: AbortSignal },
  ports: IdentityPorts = browserPorts(),
): Promise<OwnIdentity> {
  const { mode, topic, signal } = options;
  signal.throwIfAborted();
  const { indexedDB, locks, subtle } = ports;
  const kept =
    mode !== 'ephemeral' && indexedDB && locks && subtle
      ? await keptIdentity(sodium, scopeOf(mode, topic), signal, {
          store: identityStore(indexedDB),
          locks,
          subtle,
        })
      : null;
  const identity = kept ?? (await passingIdentity(sodium, subtle));
  signal.throwIfAborted();
  return identity;
}

interface Keeping {
  readonly store: IdentityStore;
  readonly locks: LockManager;
  readonly subtle: SubtleCrypto;
}

async function keptIdentity(
  sodium: Sodium,
  scope: string,
  signal: AbortSignal,
  { store, locks, subtle }: Keeping,
): Promise<OwnIdentity | null> {
  const release = new AbortController();
  try {
    const slot = await takeSlot(locks, scope, AbortSignal.any([signal, release.signal]));
    if (slot === null) return null;
    const name = `${scope}:${slot}`;
    let record = await store.read(name);
    if (record === null) {
      record = await newIdentityRecord(sodium, subtle);
      await store.write(name, record);
    }
    return { ...identityOf(sodium, record), durable: true, slot };
  } catch {
    // SecurityError, InvalidStateError, QuotaExceededError, DataCloneError: the browser does not keep keys here.
    release.abort();
    return null;
  }
}

async function passingIdentity(sodium: Sodium, subtle: SubtleCrypto | undefined): Promise<OwnIdentity> {
  const identity = subtle
    ? identityOf(sodium, await newIdentityRecord(sodium, subtle))
    : memoryIdentity(sodium);
  return { ...identity, durable: false, slot: null };
}

/** The lowest free slot, or null where all are taken; its lock is held until `held` aborts. */
async function takeSlot(locks: LockManager, scope: string, held: AbortSignal): Promise<number | null> {
  // A session of this very tab that ended a moment ago lets go of its slot first: whoever leaves and comes back is the same.
  await locks.query();
  for (let slot = 0; slot < SLOTS; slot += 1) {
    if (await takeLock(locks, `reforms-identity:${scope}:${slot}`, held)) return slot;
  }
  return null;
}

function takeLock(locks: LockManager, name: string, held: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : aborted(held);
    });
    asked.catch(reject);
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Deletes the keys of a room, or the one of this origin, with all their slots. Sessions that are open keep theirs until
 * they end. Rejects with `store` where the browser refuses.
 */
export async function forgetIdentity(
  options: { readonly mode: 'room' | 'persistent'; readonly topic: Uint8Array },
  factory: IDBFactory = globalThis.indexedDB,
): Promise<void> {
  try {
    await identityStore(factory).forget(`${scopeOf(options.mode, options.topic)}:`);
  } catch {
    throw new ReformsError('store');
  }
}
