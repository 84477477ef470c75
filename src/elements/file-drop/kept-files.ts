// takes the files that were sent and the transfers they became, gives the file of a transfer, for sending it again.

import type { Transfer } from '../../core/session/snapshot.ts';

/** Names of files remembered; who sends more in one visit picks the oldest again. */
const most = 200;

/** The session keeps no files; the element that sent them does, as long as it is on the page. */
export class KeptFiles {
  #files: readonly File[] = [];

  keep(files: readonly File[]): void {
    const earlier = this.#files.filter((file) => !files.includes(file));
    this.#files = [...earlier, ...files].slice(-most);
  }

  /** Only a file that is surely the one: the latest of the same size and, but for what sanitising takes out, name. */
  fileOf({ direction, name, size }: Transfer): File | undefined {
    if (direction !== 'send') return undefined;
    return this.#files.findLast((file) => file.size === size && essence(file.name) === essence(name));
  }

  forget(): void {
    this.#files = [];
  }
}

function essence(name: string): string {
  return name.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
}
