// takes sealed chunks from the link, gives verified bytes to a sink, in order, and says how far it is.

import { chunkBytes } from '../../protocol/limits.ts';
import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { cleanType } from './describe.ts';
import type {
  ChunkRefusal,
  FileClock,
  FileDescription,
  FileFailed,
  FileProgressed,
  OpenContainer,
  OpenedContainer,
} from './port.ts';
import { ProgressMeter, systemClock } from './rate.ts';
import { windowBytes } from './send.ts';
import type { SavedBy, Sink } from './sink-port.ts';

/** What a receiver tells. `completed` and `failed` come last, one of them, once. */
export type ReceiverReport =
  /** There is a place for the bytes: the sender may begin at chunk `from` (`file-accept`). */
  | { readonly kind: 'ready'; readonly from: number }
  /** To tell the sender (`file-received`): plaintext bytes of the container taken, padding included. */
  | { readonly kind: 'received'; readonly bytes: number }
  | FileProgressed
  /** Every chunk was verified and the file is saved (`file-done`). */
  | { readonly kind: 'completed'; readonly savedBy: SavedBy }
  | FileFailed;

export interface FileReceiverOptions {
  /** What the person was asked about, the name sanitised. The container must say the same. */
  readonly offer: FileDescription;
  readonly openContainer: OpenContainer;
  readonly openSink: () => Promise<Sink>;
  /** Never called during `createFileReceiver` or `push`, and never after `signal` has aborted. */
  readonly report: (report: ReceiverReport) => void;
  /** Ends the transfer without a word and throws away what was written. */
  readonly signal: AbortSignal;
  readonly clock?: FileClock;
}

/** One file on its way from one person. */
export interface FileReceiver {
  /** Sealed chunks `first`, `first + 1`, … as they came. Anything but the next ones fails the transfer (`file-chunk`). */
  push(first: number, chunks: readonly Uint8Array<ArrayBuffer>[]): void;
}

/** Bytes written at once, and bytes between two words to the sender. */
const batchBytes = 1_048_576;
/** Milliseconds after which less than a batch is written too, so that a slow transfer is seen to move. */
const batchMs = 100;
/** Bytes that wait to be written. A sender that keeps to the window stays well below. */
const waitingBytes = 1.5 * windowBytes;

/** Opens the sink, then takes chunks. */
export function createFileReceiver(options: FileReceiverOptions): FileReceiver {
  const receiver = new Receiver(options);
  void receiver.run();
  return receiver;
}

type Opened = Result<Bytes, ChunkRefusal>;

class Receiver implements FileReceiver {
  readonly #options: FileReceiverOptions;
  readonly #clock: FileClock;
  readonly #life = new AbortController();
  readonly #meter: ProgressMeter;
  readonly #queue: Promise<Opened>[] = [];
  readonly #batch = new Uint8Array(batchBytes + chunkBytes);
  #container: Promise<Result<OpenedContainer, ChunkRefusal>> | undefined;
  #chunkCount = Infinity;
  /** The chunk that must come next. */
  #next = 0;
  #filled = 0;
  #written = 0;
  /** Chunks taken, and plaintext bytes of them that the sender knows of, since when. */
  #taken = 0;
  #told = 0;
  #toldAt = 0;
  #sink: Sink | undefined;
  #wake: () => void = () => {};

  constructor(options: FileReceiverOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#meter = new ProgressMeter(this.#clock, this.#life.signal, 0, options.report);
    // Ended from outside: nobody waits for a word, but what was written must go.
    options.signal.addEventListener('abort', () => this.#end(), { once: true, signal: this.#life.signal });
  }

  get #over(): boolean {
    return this.#life.signal.aborted || this.#options.signal.aborted;
  }

  push(first: number, chunks: readonly Uint8Array<ArrayBuffer>[]): void {
    if (this.#over) return;
    const waiting = (this.#next + chunks.length) * chunkBytes - this.#told;
    if (first !== this.#next || waiting > waitingBytes) {
      // Nothing that follows a misplaced message can be right.
      this.#next = Infinity;
      this.#queue.push(Promise.resolve(no('file-chunk')));
    } else {
      this.#next += chunks.length;
      chunks.forEach((chunk, place) => this.#queue.push(this.#open(first + place, chunk)));
    }
    this.#wake();
  }

  async run(): Promise<void> {
    try {
      this.#sink = await this.#options.openSink();
      if (this.#over) return this.#end();
      this.#toldAt = this.#clock.now();
      this.#options.report({ kind: 'ready', from: 0 });
      while (this.#taken < this.#chunkCount) {
        await this.#untilQueued();
        const opened = await this.#queue.shift();
        if (this.#over || opened === undefined) return this.#end();
        if (!opened.ok) return this.#fail(opened.reason);
        await this.#take(this.#sink, opened.value);
      }
      // Trailing data.
      if (this.#queue.length > 0) return this.#fail('file-chunk');
      await this.#complete(this.#sink);
    } catch {
      // Whatever a disk refuses with: no room, no permission, gone.
      this.#fail('file-unwritable');
    }
  }

  async #take(sink: Sink, bytes: Bytes): Promise<void> {
    this.#batch.set(bytes, this.#filled);
    this.#filled += bytes.length;
    this.#taken += 1;
    const position = this.#taken * chunkBytes;
    const late = this.#clock.now() - this.#toldAt >= batchMs;
    if (position - this.#told < batchBytes && !late && this.#taken < this.#chunkCount) return;
    if (this.#filled > 0) await sink.write(this.#batch.subarray(0, this.#filled));
    if (this.#over) return;
    this.#written += this.#filled;
    this.#filled = 0;
    this.#told = position;
    this.#toldAt = this.#clock.now();
    this.#options.report({ kind: 'received', bytes: position });
    this.#meter.reached(this.#written);
  }

  async #complete(sink: Sink): Promise<void> {
    const savedBy = await sink.close();
    if (this.#over) return;
    this.#sink = undefined;
    this.#end();
    this.#options.report({ kind: 'completed', savedBy });
  }

  async #open(index: number, sealed: Uint8Array<ArrayBuffer>): Promise<Opened> {
    if (index === 0) this.#container = this.#openFirst(sealed);
    const container = await this.#container;
    if (container === undefined) return no('file-chunk');
    if (!container.ok) return container;
    if (index === 0) return ok(container.value.bytes);
    if (index >= container.value.chunkCount) return no('file-chunk');
    return container.value.open(index, sealed);
  }

  // The container's own word counts; that it differs from the offer is a lie to the person who said yes.
  async #openFirst(sealed: Uint8Array<ArrayBuffer>): Promise<Result<OpenedContainer, ChunkRefusal>> {
    const container = await this.#options.openContainer(sealed);
    if (!container.ok) return container;
    const { offer } = this.#options;
    const { name, type, size } = container.value.file;
    if (name !== offer.name || type !== cleanType(offer.type) || size !== offer.size) return no('file-chunk');
    this.#chunkCount = container.value.chunkCount;
    return container;
  }

  async #untilQueued(): Promise<void> {
    while (this.#queue.length === 0 && !this.#over)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #fail(code: ChunkRefusal | 'file-unwritable'): void {
    if (this.#over) return this.#end();
    this.#end();
    this.#options.report({ kind: 'failed', code, tell: code });
  }

  #end(): void {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#life.abort();
    this.#meter.stop();
    this.#queue.length = 0;
    this.#wake();
    void sink?.abort();
  }
}
