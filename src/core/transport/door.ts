// takes a server and whether a linked peer holds the room's door, gives the door itself or word of who to dial.

import { Backoff, chance } from './backoff.ts';
import type { Clock } from './clock.ts';
import { newToken } from './id.ts';
import { openInTime } from './open-in-time.ts';
import type { IncomingSignal, ServerEvent, ServerSession, Transport } from './port.ts';

export interface DoorOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The well-known id derived from the room's topic. */
  readonly doorId: string;
  readonly signal: AbortSignal;
}

export type DoorEvent =
  | { readonly kind: 'held' }
  | { readonly kind: 'lost' }
  /** Someone else holds the door, and nobody we are linked to says it is them: dial it. */
  | { readonly kind: 'occupied' }
  | { readonly kind: 'signal'; readonly signal: IncomingSignal }
  | { readonly kind: 'expired'; readonly to: string };

/** When the holder goes, those who were covered come one after the other within this time. Milliseconds. */
const spreadMs = 300;
/** A door held for so long was held in earnest. Milliseconds. */
const provenAfterMs = 5_000;

/**
 * One rule: whoever neither holds the door nor has a live link to its holder tries to take it, and goes on trying. So two
 * who come at once meet, a holder who goes is replaced, and a dead one whom the server still believes in is outlived.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #sink: (event: DoorEvent) => void;
  /** The door's own token: it lets this tab take the door back after a lost socket. */
  readonly #token = newToken();
  /** Between claims refused because someone is there. */
  readonly #patience = new Backoff({ firstMs: 1_000, capMs: 5_000, steady: 0.5 });
  /** Between claims that did not reach a server, and after a loss. */
  readonly #retry = new Backoff({ firstMs: 200, capMs: 5_000, steady: 0 });
  #server: string | undefined;
  #session: ServerSession | undefined;
  #held = false;
  #arrived = false;
  #covered = false;
  /**
   * Someone with live links is likely to have one to whoever took the door before them, and will hear so in a moment.
   * They let the first refusal pass without dialling.
   */
  #expectsCover = false;
  #cancelWait: (() => void) | undefined;

  constructor(options: DoorOptions, sink: (event: DoorEvent) => void) {
    this.#options = options;
    this.#sink = sink;
  }

  /** The session that holds the door. */
  get session(): ServerSession | undefined {
    return this.#held ? this.#session : undefined;
  }

  /** The door is looked for at this server from now on: once at once, and again and again when `arrived` there. */
  use(server: string): void {
    const wasHeld = this.#held && server !== this.#server;
    if (server !== this.#server) this.#release();
    this.#server = server;
    if (wasHeld) this.#sink({ kind: 'lost' });
    this.#claim();
  }

  /** Whether our own session is open at that server. While it is not, its tries lead the way and ours follow. */
  set arrived(arrived: boolean) {
    this.#arrived = arrived;
    if (arrived && this.#cancelWait === undefined) this.#claim();
  }

  /** Whether a peer with a live link holds the door. */
  cover(covered: boolean): void {
    if (covered === this.#covered) return;
    this.#covered = covered;
    if (covered) {
      this.#expectsCover = true;
      this.#stopWaiting();
      this.#patience.reset();
    } else if (this.#session === undefined) this.#wait(spreadMs * chance());
  }

  /** Tries again now if it was waiting. */
  hurry(): void {
    if (this.#cancelWait !== undefined) this.#claim();
  }

  /** The server knows nobody at the door: no need to wait out the patience with its holder. */
  foundEmpty(): void {
    if (this.#cancelWait !== undefined) this.#wait(this.#retry.next());
  }

  #claim(): void {
    this.#stopWaiting();
    if (this.#server === undefined || this.#covered || this.#session !== undefined) return;
    const { transport, clock, doorId, signal } = this.#options;
    const options = { server: this.#server, id: doorId, token: this.#token, signal };
    const session: ServerSession = openInTime(transport, clock, options, (event) =>
      this.#react(session, event),
    );
    this.#session = session;
  }

  #react(session: ServerSession, event: ServerEvent): void {
    if (event.kind === 'signal' || event.kind === 'expired') return this.#sink(event);
    if (event.kind === 'opened') return this.#hold(session);
    this.#session = undefined;
    if (this.#held) {
      this.#held = false;
      this.#expectsCover = true;
      this.#waitToRetry();
      this.#sink({ kind: 'lost' });
    } else if (this.#covered) return;
    else if (event.kind === 'closed') this.#waitToRetry();
    else {
      this.#wait(this.#patience.next());
      if (this.#expectsCover) this.#expectsCover = false;
      else this.#sink({ kind: 'occupied' });
    }
  }

  #hold(session: ServerSession): void {
    const { clock, signal } = this.#options;
    this.#held = true;
    this.#patience.reset();
    clock.after(provenAfterMs, signal, () => {
      if (this.session === session) this.#retry.reset();
    });
    this.#sink({ kind: 'held' });
  }

  #release(): void {
    this.#stopWaiting();
    this.#session?.close();
    this.#session = undefined;
    this.#held = false;
  }

  #waitToRetry(): void {
    if (this.#arrived) this.#wait(this.#retry.next());
  }

  #wait(milliseconds: number): void {
    this.#stopWaiting();
    if (this.#covered) return;
    const { clock, signal } = this.#options;
    this.#cancelWait = clock.after(milliseconds, signal, () => this.#claim());
  }

  #stopWaiting(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
  }
}
