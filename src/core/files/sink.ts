// takes a file's name and size, gives the place where its bytes go: the disk the person chose, else a download by way of a temporary file or of memory.

import { saveDownload } from './save-download.ts';
import { openMemorySink } from './sink-memory.ts';
import { openOpfsSink } from './sink-opfs.ts';
import { openPickerSink } from './sink-picker.ts';
import type { Sink } from './sink-port.ts';

export interface SinkOptions {
  /** Sanitised: the name of the download. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** From the disk picker. */
  readonly handle?: FileSystemFileHandle | undefined;
  /** Hands a finished file to the browser. */
  readonly save?: ((content: Blob, name: string) => void) | undefined;
}

/** Opens the best sink there is. Rejects only where the chosen place cannot be written to. */
export async function openSink({ name, size, handle, save = saveDownload }: SinkOptions): Promise<Sink> {
  if (handle !== undefined) return openPickerSink(handle, size);
  const finish = (content: Blob): void => save(content, name);
  return (await openOpfsSink(size, finish)) ?? openMemorySink(finish);
}
