// takes addresses, gives what each may still do; keeps nothing about those that are quiet.

import { isLoopback } from './address.ts';
import type { Limits } from './limits.ts';
import { Bucket } from './rate.ts';

/** Everybody behind one address, together. */
export interface Sender {
  /** Paid for every frame, beside the socket's own bucket. */
  readonly frames: Bucket;
  /** WebSockets open now. */
  readonly sockets: Room;
  /** TCP connections open now. */
  readonly connections: Room;
  /** WebSocket requests. */
  readonly connects: Bucket;
  /** HTTP requests. */
  readonly requests: Bucket;
}

/** A count with an upper bound. */
export class Room {
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#count >= this.#most;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  enter(): void {
    this.#count++;
  }

  leave(): void {
    this.#count--;
  }
}

export interface SendersOptions {
  readonly limits: Limits;
  /**
   * Whether this machine itself is counted. A proxy on it that nobody told us about looks like one sender, so that the
   * bounds meant for one would hold everybody down: unless somebody chose them, they do not count here.
   */
  readonly countsLoopback: boolean;
  readonly signal: AbortSignal;
}

/** Addresses remembered at once. Beyond: the oldest one without a socket is forgotten. */
const maxSenders = 100_000;
const sweepMs = 30_000;

/** All senders that have done anything lately. */
export class Senders {
  readonly #options: SendersOptions;
  readonly #byAddress = new Map<string, Sender>();
  readonly #unbounded: Sender;

  constructor(options: SendersOptions) {
    this.#options = options;
    this.#unbounded = newSender(unbounded(options.limits));
    const timer = setInterval(() => this.sweep(), sweepMs).unref();
    options.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** Addresses remembered. */
  get size(): number {
    return this.#byAddress.size;
  }

  of(address: string): Sender {
    if (!this.#options.countsLoopback && isLoopback(address)) return this.#unbounded;
    const known = this.#byAddress.get(address);
    if (known) return known;
    if (this.#byAddress.size >= maxSenders) this.#forgetOldest();
    const sender = newSender(this.#options.limits);
    this.#byAddress.set(address, sender);
    return sender;
  }

  /** Forgets who has nothing open and owes nothing. */
  sweep(): void {
    for (const [address, sender] of this.#byAddress)
      if (isIdle(sender) && sender.frames.isFull && sender.connects.isFull && sender.requests.isFull)
        this.#byAddress.delete(address);
  }

  #forgetOldest(): void {
    for (const [address, sender] of this.#byAddress) {
      if (!isIdle(sender)) continue;
      this.#byAddress.delete(address);
      return;
    }
  }
}

const isIdle = ({ sockets, connections }: Sender) => sockets.isEmpty && connections.isEmpty;

function newSender(limits: Limits): Sender {
  return {
    frames: new Bucket({ perSecond: limits.framesPerSecondPerAddress, burst: limits.frameBurstPerAddress }),
    connects: new Bucket({
      perSecond: limits.connectsPerSecondPerAddress,
      burst: limits.connectBurstPerAddress,
    }),
    requests: new Bucket({
      perSecond: limits.requestsPerSecondPerAddress,
      burst: limits.requestBurstPerAddress,
    }),
    sockets: new Room(limits.socketsPerAddress),
    connections: new Room(limits.connectionsPerAddress),
  };
}

function unbounded(limits: Limits): Limits {
  const most = Number.MAX_SAFE_INTEGER;
  return {
    ...limits,
    framesPerSecondPerAddress: most,
    frameBurstPerAddress: most,
    connectsPerSecondPerAddress: most,
    connectBurstPerAddress: most,
    requestsPerSecondPerAddress: most,
    requestBurstPerAddress: most,
    socketsPerAddress: most,
    connectionsPerAddress: most,
  };
}
