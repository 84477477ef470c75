// takes drag, drop and paste events, gives whether files hover above, and the files and folders that came.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Dropped {
  readonly files: readonly File[];
  /** Folders among what was dropped; their content is not read. */
  readonly folders: number;
}

/** Moving from child to child fires leave before enter; a leave counts after this long, in milliseconds. */
const leaveMs = 100;

/** Hands whatever holds files to `take`; text and links are left to the page. */
export class Drop implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #take: (dropped: Dropped) => void;
  #over = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, take: (dropped: Dropped) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  /** Whether a drag that carries files is above the element. */
  get over(): boolean {
    return this.#over;
  }

  /** For `@dragenter` and `@dragover`. */
  readonly hover = (event: DragEvent): void => {
    if (!carriesFiles(event.dataTransfer)) return;
    // Says that this is a place to drop; without it the browser would open the file instead of the page.
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    clearTimeout(this.#leaving);
    this.#setOver(true);
  };

  /** For `@dragleave`. */
  readonly leave = (): void => {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#setOver(false), leaveMs);
  };

  /** For `@drop`. */
  readonly drop = (event: DragEvent): void => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    clearTimeout(this.#leaving);
    this.#setOver(false);
    this.#hand(event.dataTransfer);
  };

  /** For `@paste`. */
  readonly paste = (event: ClipboardEvent): void => {
    if (!carriesFiles(event.clipboardData)) return;
    event.preventDefault();
    this.#hand(event.clipboardData);
  };

  hostDisconnected(): void {
    clearTimeout(this.#leaving);
    this.#over = false;
  }

  #hand(transfer: DataTransfer): void {
    const dropped = readTransfer(transfer);
    if (dropped.files.length + dropped.folders > 0) this.#take(dropped);
  }

  #setOver(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#host.requestUpdate();
  }
}

function carriesFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer !== null && transfer.types.includes('Files');
}

/** A folder looks like a file of odd size in `files`; only the entry tells. Entries are readable during the event only. */
function readTransfer(transfer: DataTransfer): Dropped {
  const items = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  const isFolder = (item: DataTransferItem): boolean => item.webkitGetAsEntry()?.isDirectory ?? false;
  const folders = items.filter(isFolder).length;
  if (items.length === 0) return { files: Array.from(transfer.files), folders: 0 };
  const files = items.flatMap((item) => (isFolder(item) ? [] : (item.getAsFile() ?? [])));
  return { files, folders };
}
