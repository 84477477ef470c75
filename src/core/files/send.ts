// takes a File, gives its sealed chunks to the link: sealed ahead of the wire, and never further than the receiver can follow.

import type { FileCancelReason } from '../../protocol/frame.ts';
import { chunkBytes, chunksPerMessage } from '../../protocol/limits.ts';
import type { Sealed } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { ErrorCode, Result } from '../errors.ts';
import type {
  ContainerSealer,
  FileClock,
  FileFailed,
  FileLink,
  FileProgressed,
  PackMessage,
} from './port.ts';
import { ProgressMeter, systemClock } from './rate.ts';
import { FileSlices } from './slices.ts';

/** What a sender tells. `completed`: the receiver has saved the file. `completed` and `failed` come last, one of them, once. */
export type SenderReport = FileProgressed | { readonly kind: 'completed' } | FileFailed;

export interface FileSenderOptions {
  readonly file: File;
  /** The number that names this transfer on `rf-file`. */
  readonly transfer: number;
  readonly sealer: ContainerSealer;
  /** Its own: packers keep one message each. */
  readonly pack: PackMessage;
  readonly link: FileLink;
  /** Never called after `signal` has aborted. */
  readonly report: (report: SenderReport) => void;
  /** Ends the transfer without a word: it was cancelled, or the link is gone. */
  readonly signal: AbortSignal;
  readonly clock?: FileClock;
}

/** One file on its way to one person. */
export interface FileSender {
  /** The receiver said yes and wants the chunks from `from` on (`file-accept`). Only the first call counts. */
  start(from: number): void;
  /** The receiver has taken this much of the container's plaintext (`file-received`). */
  acked(bytes: number): void;
  /** The receiver has saved the file (`file-done`). */
  done(): void;
}

/** Messages sealed ahead of the wire: 64 · 48 KiB = 3 MiB, what the channel takes when it has emptied. */
const sealedAhead = 64;
/** Bytes in the channel at which sending pauses, and at which it goes on. */
const backlogHigh = 4_194_304;
const backlogLow = 2_097_152;
/** Bytes of plaintext that may be on the way before the receiver has said how far it is. */
export const windowBytes = 16_777_216;

/** Prepares one transfer; nothing is read before `start`. */
export function createFileSender(options: FileSenderOptions): FileSender {
  return new Sender(options);
}

class Sender implements FileSender {
  readonly #options: FileSenderOptions;
  #phase: 'offered' | 'moving' | 'sent' | 'over' = 'offered';
  #meter: ProgressMeter | undefined;
  /** Plaintext bytes handed to the link, and taken by the receiver. */
  #sent = 0;
  #acked = 0;
  #wake: () => void = () => {};

  constructor(options: FileSenderOptions) {
    this.#options = options;
  }

  start(from: number): void {
    const { sealer, signal, clock = systemClock, report } = this.#options;
    if (this.#phase !== 'offered' || signal.aborted) return;
    this.#phase = 'moving';
    this.#sent = from * chunkBytes;
    this.#acked = this.#sent;
    signal.addEventListener('abort', () => this.#end(), { once: true });
    this.#meter = new ProgressMeter(clock, signal, this.#fileBytes(), report);
    if (from >= sealer.layout.chunkCount) queueMicrotask(() => this.#fail('bad-frame'));
    else this.#run(from).catch(() => this.#fail('internal'));
  }

  acked(bytes: number): void {
    // A receiver can only have what was sent; anything else is left unsaid.
    if (!(bytes > this.#acked && bytes <= this.#sent) || this.#phase === 'over') return;
    this.#acked = bytes;
    this.#wake();
    this.#meter?.reached(this.#fileBytes());
  }

  done(): void {
    if (this.#phase === 'over') return;
    if (this.#phase !== 'sent') return this.#fail('bad-frame');
    this.#end();
    this.#options.report({ kind: 'completed' });
  }

  async #run(from: number): Promise<void> {
    const { file, sealer, link, pack, transfer } = this.#options;
    const slices = new FileSlices(file, sealer, from);
    const ahead: Promise<Result<readonly Sealed[]>>[] = [];
    let next = from;
    let first = from;
    while (this.#phase === 'moving') {
      while (ahead.length < sealedAhead && next < sealer.layout.chunkCount) {
        ahead.push(this.#seal(slices, next));
        next += chunksPerMessage;
      }
      const sealing = ahead.shift();
      if (sealing === undefined) break;
      const chunks = await sealing;
      if (!chunks.ok) return this.#fail(chunks.reason);
      await this.#untilInWindow();
      if (!(await untilBelow(link))) return this.#fail('peer-gone');
      if (this.#phase !== 'moving') return;
      this.#sent += chunksPerMessage * chunkBytes;
      if (!link.sendFile(pack(transfer, first, chunks.value))) return this.#fail('peer-gone');
      first += chunksPerMessage;
    }
    if (this.#phase === 'moving') this.#phase = 'sent';
  }

  async #seal(slices: FileSlices, first: number): Promise<Result<readonly Sealed[]>> {
    const { sealer } = this.#options;
    const slice = await slices.at(first);
    if (!slice.ok) return slice;
    const { start: origin, bytes } = slice.value;
    const end = Math.min(first + chunksPerMessage, sealer.layout.chunkCount);
    const chunks: Promise<Sealed>[] = [];
    for (let index = first; index < end; index += 1) {
      const range = sealer.fileRange(index);
      chunks.push(sealer.sealChunk(index, bytes.subarray(range.start - origin, range.end - origin)));
    }
    try {
      return ok(await Promise.all(chunks));
    } catch (error) {
      return no(ReformsError.is(error) ? error.code : 'internal');
    }
  }

  async #untilInWindow(): Promise<void> {
    while (this.#phase === 'moving' && this.#sent - this.#acked >= windowBytes)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #fileBytes(): number {
    const { sealer, file } = this.#options;
    return Math.min(Math.max(this.#acked - sealer.layout.filesStart, 0), file.size);
  }

  #fail(code: ErrorCode): void {
    if (this.#phase === 'over') return;
    this.#end();
    this.#options.report({ kind: 'failed', code, tell: cancelReason(code) });
  }

  #end(): void {
    this.#phase = 'over';
    this.#meter?.stop();
    this.#wake();
  }
}

/** False when the link is gone. */
async function untilBelow(link: FileLink): Promise<boolean> {
  if (link.fileBacklog < backlogHigh) return true;
  try {
    await link.fileBacklogBelow(backlogLow);
    return true;
  } catch {
    return false;
  }
}

function cancelReason(code: ErrorCode): FileCancelReason | undefined {
  if (code === 'peer-gone') return undefined;
  return code === 'file-changed' ? code : 'internal';
}
