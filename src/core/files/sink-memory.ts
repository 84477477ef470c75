// takes bytes, gives one Blob in the browser's keeping: where there is no disk to write to.

import type { Sink } from './sink-port.ts';

/** Blobs of a megabyte may go to the browser's own disk; the script holds none of the bytes. */
export function openMemorySink(finish: (content: Blob) => void): Sink {
  let parts: Blob[] = [];
  return {
    write: async (bytes) => {
      parts.push(new Blob([bytes]));
    },
    close: async () => {
      finish(new Blob(parts, { type: 'application/octet-stream' }));
      parts = [];
      return 'download';
    },
    abort: async () => {
      parts = [];
    },
  };
}
