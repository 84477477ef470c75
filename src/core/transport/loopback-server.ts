// takes sessions under ids, gives each what others send it. A signaling server in memory, with PeerJS's manners.

import type { Bytes } from '../brand.ts';
import type { LoopbackPost } from './loopback-post.ts';
import type { ServerEvent, ServerOptions, ServerSession, SignalKind } from './port.ts';

/** A signaling message on its way through the server. */
export interface RelayedSignal {
  readonly kind: SignalKind;
  readonly from: string;
  readonly to: string;
  readonly connectionId: string;
  readonly bytes: Bytes;
}

/** What a hostile server may do with a message: change it, or (undefined) swallow it. */
export type Tamper = (signal: RelayedSignal) => RelayedSignal | undefined;

interface Seat {
  readonly token: string;
  readonly sink: (event: ServerEvent) => void;
  /** The socket is dead, and the server has not noticed. */
  frozen: boolean;
  over: boolean;
}

export class LoopbackServer {
  readonly #post: LoopbackPost;
  readonly #tamper: Tamper;
  readonly #seats = new Map<string, Seat>();
  #up = true;

  constructor(post: LoopbackPost, tamper: Tamper) {
    this.#post = post;
    this.#tamper = tamper;
  }

  has(id: string): boolean {
    return this.#seats.has(id);
  }

  open({ id, token, signal }: ServerOptions, sink: (event: ServerEvent) => void): ServerSession {
    const seat: Seat = { token, sink, frozen: false, over: signal.aborted };
    const close = (): void => {
      seat.over = true;
      if (this.#seats.get(id) === seat) this.#seats.delete(id);
    };
    signal.addEventListener('abort', close, { once: true });
    this.#post.deliver(() => this.#admit(id, seat));
    return {
      id,
      send: (kind, to, connectionId, bytes) => {
        if (seat.over || !this.#up || (this.#seats.get(id) !== seat && !seat.frozen)) return false;
        if (!seat.frozen) this.#relay(seat, { kind, from: id, to, connectionId, bytes: bytes.slice() });
        return true;
      },
      close,
    };
  }

  /** The server stops: every session ends, and no new one opens until `start`. */
  stop(): void {
    this.#up = false;
    for (const id of [...this.#seats.keys()]) this.evict(id);
  }

  start(): void {
    this.#up = true;
  }

  /** The session's socket dies without a word: both ends still believe in it. */
  freeze(id: string): void {
    const seat = this.#seats.get(id);
    if (seat !== undefined) seat.frozen = true;
  }

  /** The server ends the session under `id`, as it does with one whose socket is lost or silent for long. */
  evict(id: string): void {
    const seat = this.#seats.get(id);
    this.#seats.delete(id);
    if (seat !== undefined) this.#end(seat, { kind: 'closed', code: 'network' });
  }

  #admit(id: string, seat: Seat): void {
    if (seat.over) return;
    const holder = this.#seats.get(id);
    if (!this.#up) this.#end(seat, { kind: 'closed', code: 'network' });
    else if (holder !== undefined && holder.token !== seat.token) this.#end(seat, { kind: 'taken' });
    else {
      if (holder !== undefined) this.#end(holder, { kind: 'closed', code: 'network' });
      this.#seats.set(id, seat);
      this.#tell(seat, { kind: 'opened' });
    }
  }

  #relay(sender: Seat, original: RelayedSignal): void {
    const signal = this.#tamper(original);
    if (signal === undefined) return;
    this.#post.deliver(() => {
      const { kind, from, to, connectionId, bytes } = signal;
      const seat = this.#seats.get(to);
      if (seat === undefined) this.#tell(sender, { kind: 'expired', to });
      else this.#tell(seat, { kind: 'signal', signal: { kind, from, connectionId, bytes } });
    });
  }

  #tell(seat: Seat, event: ServerEvent): void {
    if (!seat.over && !seat.frozen) seat.sink(event);
  }

  #end(seat: Seat, event: ServerEvent): void {
    if (seat.over) return;
    this.#post.deliver(() => {
      this.#tell(seat, event);
      seat.over = true;
    });
  }
}
