// takes messages for ids that are not here, gives them to whoever comes for the id, or word to the sender that nobody came.

import type { SignalType } from '../src/protocol/signaling.ts';
import type { Limits } from './limits.ts';

/** One message that waits. */
export interface Waiting {
  /** Places, not bare ids. */
  readonly dst: string;
  readonly src: string;
  /** What takes the sender's id back, so that word of an expiry reaches the sender and not the next holder of its id. */
  readonly srcSecret: string;
  readonly type: SignalType;
  /** The frame as it will be sent. */
  readonly frame: string;
}

/** Who waits in vain, and for whom. */
export type Expired = Pick<Waiting, 'dst' | 'src' | 'srcSecret'>;

interface Item extends Waiting {
  readonly bytes: number;
  readonly expiresAtMs: number;
  /** Whether an EXPIRE already covered it: one dial is an offer and a trail of candidates, and fails once. */
  isTold: boolean;
}

export interface MailboxOptions {
  readonly expireTimeoutMs: number;
  readonly limits: Limits;
  readonly onExpire: (expired: Expired) => void;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that never runs backwards. */
  readonly now?: () => number;
}

/** What waits for one id, oldest first. */
interface Queue {
  readonly items: Set<Item>;
  bytes: number;
}

/**
 * Per-destination queues in memory, bounded, each message with its own expiry. An offer that expires is always answered; an
 * answer or a candidate only when no earlier EXPIRE spoke for it.
 */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #now: () => number;
  /** All items, oldest first: every message waits equally long, so the first is the next to expire. */
  readonly #items = new Set<Item>();
  readonly #byId = new Map<string, Queue>();
  readonly #bySender = new Map<string, number>();
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MailboxOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    options.signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
  }

  /** Messages waiting. */
  get size(): number {
    return this.#items.size;
  }

  /** Bytes of all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a message for an absent id; when there is no room for it, the sender hears EXPIRE at once. */
  put(message: Waiting): void {
    const bytes = Buffer.byteLength(message.frame);
    const queue = this.#byId.get(message.dst) ?? { items: new Set(), bytes: 0 };
    if (!this.#hasRoom(queue, message.src, bytes)) {
      if (message.type === 'OFFER') this.#options.onExpire(message);
      return;
    }
    const item = {
      ...message,
      bytes,
      expiresAtMs: this.#now() + this.#options.expireTimeoutMs,
      isTold: false,
    };
    this.#items.add(item);
    this.#byId.set(item.dst, queue);
    queue.items.add(item);
    queue.bytes += bytes;
    this.#bytes += bytes;
    this.#bySender.set(item.src, (this.#bySender.get(item.src) ?? 0) + 1);
    this.#schedule();
  }

  /** Takes out the frames of everything that waits for a place, oldest first. */
  take(place: string): readonly string[] {
    return this.takeMessages(place).map((message) => message.frame);
  }

  /** The same with who sent them. */
  takeMessages(place: string): readonly Waiting[] {
    const items = [...(this.#byId.get(place)?.items ?? [])];
    for (const item of items) this.#remove(item);
    return items;
  }

  #hasRoom(queue: Queue, src: string, bytes: number): boolean {
    const { maxWaitingPerId, maxWaitingBytesPerId, maxWaitingPerSender, maxWaitingBytes } =
      this.#options.limits;
    return (
      queue.items.size < maxWaitingPerId &&
      queue.bytes + bytes <= maxWaitingBytesPerId &&
      (this.#bySender.get(src) ?? 0) < maxWaitingPerSender &&
      this.#bytes + bytes <= maxWaitingBytes
    );
  }

  #remove(item: Item): void {
    this.#items.delete(item);
    this.#bytes -= item.bytes;
    const queue = this.#byId.get(item.dst);
    if (queue) {
      queue.items.delete(item);
      queue.bytes -= item.bytes;
      if (queue.items.size === 0) this.#byId.delete(item.dst);
    }
    const left = (this.#bySender.get(item.src) ?? 1) - 1;
    if (left > 0) this.#bySender.set(item.src, left);
    else this.#bySender.delete(item.src);
  }

  #schedule(): void {
    const [next] = this.#items;
    if (this.#timer || !next || this.#options.signal.aborted) return;
    // A little late on purpose: what was sent in one breath then expires in one go, and is answered once.
    const slackMs = Math.min(100, this.#options.expireTimeoutMs / 20);
    this.#timer = setTimeout(
      () => this.#expire(),
      Math.max(1, next.expiresAtMs - this.#now() + slackMs),
    ).unref();
  }

  #expire(): void {
    this.#timer = undefined;
    const nowMs = this.#now();
    const pairs = new Map<string, Map<string, Item>>();
    for (const item of this.#items) {
      if (item.expiresAtMs > nowMs) break;
      this.#remove(item);
      if (item.isTold) continue;
      const senders = pairs.get(item.dst) ?? new Map<string, Item>();
      pairs.set(item.dst, senders.set(item.src, item));
    }
    for (const [dst, senders] of pairs) {
      for (const item of this.#byId.get(dst)?.items ?? [])
        if (item.type !== 'OFFER' && senders.has(item.src)) item.isTold = true;
      for (const item of senders.values()) this.#options.onExpire(item);
    }
    this.#schedule();
  }
}
