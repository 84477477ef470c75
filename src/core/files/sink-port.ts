// takes nothing, gives the shape of a place where a received file goes.

/** Where a received file went: written to the disk by the picker, or handed to the browser as a download. */
export type SavedBy = 'picker' | 'download';

/** Takes a file's bytes in order. */
export interface Sink {
  /** Resolves when the bytes are taken; the buffer may be used again then. Rejects where there is no room. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The file is whole: saves it. */
  close(): Promise<SavedBy>;
  /** Throws away what was written; never rejects. Also after a `write` or `close` that failed. */
  abort(): Promise<void>;
}
