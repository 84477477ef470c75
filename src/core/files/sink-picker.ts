// takes bytes, gives the file on the disk that the person chose.

import type { Sink } from './sink-port.ts';

/** The bytes go to a swap file first: the chosen one changes only at `close`. */
export async function openPickerSink(handle: FileSystemFileHandle, size: number): Promise<Sink> {
  const stream = await handle.createWritable();
  return {
    write: (bytes) => stream.write(bytes),
    close: async () => {
      await stream.close();
      return 'picker';
    },
    abort: async () => {
      try {
        await stream.abort();
      } catch {
        // Already ended by what went wrong; the swap file is the browser's to remove.
      }
      if (size > 0) await removeEmpty(handle);
    },
  };
}

/** https://wicg.github.io/file-system-access/ `remove()`: not in every browser's types, nor in every browser. */
interface Removable {
  remove(): Promise<void>;
}

// The picker makes an empty file when the person presses Save. One that had content before keeps it.
async function removeEmpty(handle: FileSystemFileHandle): Promise<void> {
  try {
    if ((await handle.getFile()).size === 0 && isRemovable(handle)) await handle.remove();
  } catch {
    // It is gone already, or may not be removed: an empty file stays where the person can see it.
  }
}

function isRemovable(handle: object): handle is Removable {
  return 'remove' in handle && typeof handle.remove === 'function';
}
