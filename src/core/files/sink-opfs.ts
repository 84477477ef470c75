// takes bytes, gives a temporary file in the origin's private file system, then a download made of it.

import { lingerMs } from './linger.ts';
import type { Sink } from './sink-port.ts';

const folderName = 'reforms-files';
/** Bytes that must stay free besides the file. */
const spareBytes = 16_777_216;

/** Undefined where there is no private file system, no way to write to it, or no room for `size` bytes. */
export async function openOpfsSink(size: number, finish: (content: Blob) => void): Promise<Sink | undefined> {
  try {
    const { storage, locks } = navigator;
    const root = await storage.getDirectory();
    const { quota = 0, usage = 0 } = await storage.estimate();
    if (quota - usage < size + spareBytes) return undefined;
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    await sweep(folder, locks);
    return await openTemporary(folder, locks, finish);
  } catch {
    // Firefox refuses in private windows, others have no `createWritable`; memory does.
    return undefined;
  }
}

async function openTemporary(
  folder: FileSystemDirectoryHandle,
  locks: LockManager,
  finish: (content: Blob) => void,
): Promise<Sink> {
  const name = crypto.randomUUID();
  const release = await hold(locks, name);
  const remove = async (): Promise<void> => {
    try {
      await folder.removeEntry(name);
    } catch {
      // Still being read or gone already: the next sweep sees to it.
    }
    release();
  };
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    return {
      write: (bytes) => stream.write(bytes),
      close: async () => {
        await stream.close();
        const content = await handle.getFile();
        finish(content);
        // Nothing tells when the browser has copied it. Not bound to a session's end: the download outlives it.
        setTimeout(() => void remove(), lingerMs(content.size));
        return 'download';
      },
      abort: async () => {
        try {
          await stream.abort();
        } catch {
          // Already ended by what went wrong.
        }
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Marks a temporary file as in use for as long as this page lives, or until released. */
function hold(locks: LockManager, name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    locks.request(lockName(name), () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

/** Removes what pages that are gone have left behind. */
async function sweep(folder: FileSystemDirectoryHandle, locks: LockManager): Promise<void> {
  for await (const name of folder.keys())
    await locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (lock !== null) await folder.removeEntry(name).catch(() => undefined);
    });
}

/** Chromium keeps the swap file of an open one beside it, and lists it. */
const lockName = (name: string): string => `${folderName}/${name.replace(/\.crswap$/, '')}`;
