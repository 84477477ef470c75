// takes a file, gives a sender and a receiver of it with a wire between them that a test can slow down, bend and cut.

import {
  createContainerSealer,
  loadSodium,
  sanitizeFileName,
  unpackFileMessage,
} from '../../../../src/core/crypto/index.ts';
import { createFilePacker } from '../../../../src/core/crypto/file-message.ts';
import { openFileContainer } from '../../../../src/core/crypto/container-stream.ts';
import type { FileMessage } from '../../../../src/core/crypto/index.ts';
import type { Sealed } from '../../../../src/core/brand.ts';
import { ReformsError } from '../../../../src/core/errors.ts';
import { describeFile } from '../../../../src/core/files/describe.ts';
import type { FileClock, FileDescription, FileLink } from '../../../../src/core/files/port.ts';
import { createFileReceiver } from '../../../../src/core/files/receive.ts';
import type { FileReceiver, ReceiverReport } from '../../../../src/core/files/receive.ts';
import { createFileSender } from '../../../../src/core/files/send.ts';
import type { FileSender, SenderReport } from '../../../../src/core/files/send.ts';
import type { SavedBy, Sink } from '../../../../src/core/files/sink-port.ts';
import { systemClock } from '../../../../src/core/files/rate.ts';
import { valueOf } from '../../../support/crypto.ts';

/** `length` bytes that differ from their neighbours and from chunk to chunk. */
export function pattern(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >>> 8) * 7) & 0xff;
  return bytes;
}

export const fileOf = (length: number, name = 'notes.txt', type = 'text/plain'): File =>
  new File([pattern(length)], name, { type, lastModified: 1_700_000_000_000 });

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** One turn of the event loop, without a clock. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Resolves when `isSo` holds; the runner's own time limit ends a wait in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

/** Enough turns for everything that can happen to have happened, as far as it does not wait for the test. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) await turn();
}

/** A channel that keeps what it is given until `flow` lets it through. */
export class Wire implements FileLink {
  readonly #receive: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #queue: Uint8Array<ArrayBuffer>[] = [];
  #waiters: { below: number; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #open = true;
  fileBacklog = 0;
  /** The fullest the channel ever was. */
  fullest = 0;
  messages = 0;

  constructor(receive: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#receive = receive;
  }

  sendFile(bytes: Sealed): boolean {
    if (!this.#open) return false;
    this.#queue.push(bytes.slice());
    this.messages += 1;
    this.fileBacklog += bytes.length;
    this.fullest = Math.max(this.fullest, this.fileBacklog);
    return true;
  }

  fileBacklogBelow(below: number): Promise<void> {
    if (!this.#open) return Promise.reject(new ReformsError('peer-gone'));
    if (this.fileBacklog < below) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ below, resolve, reject }));
  }

  /** Lets everything through that is there. */
  flow(): void {
    for (const bytes of this.#queue.splice(0)) {
      this.fileBacklog -= bytes.length;
      this.#receive(bytes);
    }
    this.#waiters = this.#waiters.filter((waiter) => {
      if (this.fileBacklog >= waiter.below) return true;
      waiter.resolve();
      return false;
    });
  }

  cut(): void {
    this.#open = false;
    this.#queue.length = 0;
    for (const { reject } of this.#waiters.splice(0)) reject(new ReformsError('peer-gone'));
  }
}

/** Keeps what it is given; `gate` makes it slow, `full` makes it refuse. */
export class KeepingSink implements Sink {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  gate: Promise<void> | undefined;
  full = false;
  state: 'open' | 'closed' | 'aborted' = 'open';
  largestWrite = 0;

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.gate;
    if (this.full) throw new DOMException('no room', 'QuotaExceededError');
    this.largestWrite = Math.max(this.largestWrite, bytes.length);
    this.#parts.push(bytes.slice());
  }

  async close(): Promise<SavedBy> {
    this.state = 'closed';
    return 'download';
  }

  async abort(): Promise<void> {
    this.state = 'aborted';
  }

  get size(): number {
    return this.#parts.reduce((sum, part) => sum + part.length, 0);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Blob(this.#parts).arrayBuffer());
  }
}

/** A clock that stands still until it is told to go. */
export class StandingClock implements FileClock {
  readonly #timers = new Set<{ readonly due: number; readonly run: () => void }>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void, signal: AbortSignal): () => void {
    const timer = { due: this.#now + delayMs, run };
    const cancel = (): void => void this.#timers.delete(timer);
    this.#timers.add(timer);
    signal.addEventListener('abort', cancel);
    return cancel;
  }

  go(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = end;
  }

  get waiting(): number {
    return this.#timers.size;
  }
}

export interface Handover {
  readonly sender: FileSender;
  readonly receiver: FileReceiver;
  readonly wire: Wire;
  readonly sink: KeepingSink;
  readonly sent: SenderReport[];
  readonly got: ReceiverReport[];
  readonly sending: AbortController;
  readonly receiving: AbortController;
  /** Lets everything flow until both ends have come to an end. */
  run(): Promise<void>;
}

export interface HandoverOptions {
  readonly offer?: Partial<FileDescription>;
  /** Messages to hand to the receiver in place of one that came. */
  readonly bend?: (message: FileMessage) => readonly FileMessage[];
  readonly openSink?: () => Promise<Sink>;
  readonly clock?: FileClock;
  /** Whether the sender hears how far the receiver is. */
  readonly acks?: boolean;
}

export const lastKind = (reports: readonly { readonly kind: string }[]): string | undefined =>
  reports.at(-1)?.kind;
export const isOver = (reports: readonly { readonly kind: string }[]): boolean =>
  lastKind(reports) === 'completed' || lastKind(reports) === 'failed';

/** A file on its way, as the session would route it. */
export async function handOver(file: File, options: HandoverOptions = {}): Promise<Handover> {
  const { bend = (message) => [message], clock = systemClock, acks = true } = options;
  const sodium = await loadSodium();
  const fileSecret = sodium.random(32);
  const described = describeFile(file, sanitizeFileName);
  const sealer = await createContainerSealer({ sodium, fileSecret, manifest: { v: 1, files: [described] } });
  const openContainer = valueOf(await openFileContainer({ sodium, fileSecret, header: sealer.header }));
  const sent: SenderReport[] = [];
  const got: ReceiverReport[] = [];
  const sending = new AbortController();
  const receiving = new AbortController();
  const sink = new KeepingSink();
  const wire = new Wire((bytes) => {
    const message = valueOf(unpackFileMessage(bytes));
    for (const { index, chunks } of bend(message)) receiver.push(index, chunks);
  });
  const sender = createFileSender({
    file,
    transfer: 7,
    sealer,
    pack: createFilePacker(),
    link: wire,
    report: (report) => sent.push(report),
    signal: sending.signal,
    clock,
  });
  const receiver = createFileReceiver({
    // As the session cleans what a frame says.
    offer: { ...described, name: sanitizeFileName(described.name), ...options.offer },
    openContainer,
    openSink: options.openSink ?? (async () => sink),
    signal: receiving.signal,
    clock,
    report: (report) => {
      got.push(report);
      if (report.kind === 'ready') sender.start(report.from);
      if (report.kind === 'received' && acks) sender.acked(report.bytes);
      if (report.kind === 'completed') sender.done();
      // As the session does: a cancel frame ends the other side.
      if (report.kind === 'failed') sending.abort();
    },
  });
  const run = async (): Promise<void> => {
    const ended = (): boolean =>
      (isOver(sent) || sending.signal.aborted) && (isOver(got) || receiving.signal.aborted);
    while (!ended()) {
      wire.flow();
      if (sent.some(({ kind }) => kind === 'failed')) receiving.abort();
      await turn();
    }
  };
  return { sender, receiver, wire, sink, sent, got, sending, receiving, run };
}
