// takes a list of servers and our own id, gives a session that is kept open at one of them.

import type { SignalingCode } from '../errors.ts';
import { Backoff, chance } from './backoff.ts';
import type { Clock } from './clock.ts';
import { openInTime } from './open-in-time.ts';
import type { IncomingSignal, ServerEvent, ServerSession, Transport } from './port.ts';

export interface HomeOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Base URLs, the preferred one first. */
  readonly servers: readonly string[];
  readonly peerId: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

export type HomeEvent =
  /** Opening `server`, or moving there; whatever else is done at a server is to be done there. */
  | { readonly kind: 'trying'; readonly server: string }
  | { readonly kind: 'opened'; readonly server: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unreachable'; readonly code: SignalingCode }
  | { readonly kind: 'failed'; readonly code: SignalingCode }
  | { readonly kind: 'signal'; readonly signal: IncomingSignal }
  | { readonly kind: 'expired'; readonly to: string };

/** A session open for so long has proved its server; only then does the next loss count as a first one. Milliseconds. */
const provenAfterMs = 5_000;
/** How often someone on a fallback server looks whether a preferred one is back, so that a split room meets again. */
const lookBackMs = 15_000;

/** Refusals that the same request will meet again. */
const lasting: ReadonlySet<SignalingCode> = new Set<SignalingCode>([
  'browser-incompatible',
  'invalid-id',
  'invalid-key',
  'ssl-unavailable',
  'unavailable-id',
]);

export class Home {
  readonly #options: HomeOptions;
  readonly #sink: (event: HomeEvent) => void;
  readonly #backoff = new Backoff({ firstMs: 200, capMs: 5_000, steady: 0 });
  #session: ServerSession | undefined;
  /** The server that let us in last: the first to be tried again. */
  #last: string | undefined;
  #cancelWait: (() => void) | undefined;
  #complained = false;

  constructor(options: HomeOptions, sink: (event: HomeEvent) => void) {
    this.#options = options;
    this.#sink = sink;
  }

  get session(): ServerSession | undefined {
    return this.#session;
  }

  open(): void {
    const { servers } = this.#options;
    const order =
      this.#last === undefined ? servers : [this.#last, ...servers.filter((url) => url !== this.#last)];
    this.#try(order, []);
  }

  /** Tries again now if it was waiting, for instance because the machine is online again. */
  hurry(): void {
    if (this.#cancelWait === undefined) return;
    this.#cancelWait();
    this.#cancelWait = undefined;
    this.open();
  }

  /** One server after the other, until one opens or all have refused. */
  #try(order: readonly string[], refusals: readonly SignalingCode[]): void {
    const [server, ...rest] = order;
    if (server === undefined) return this.#giveUpRound(refusals);
    this.#sink({ kind: 'trying', server });
    const session: ServerSession = this.#enter(server, (event) => {
      if (event.kind === 'opened') {
        this.#settle(server, session);
        this.#sink({ kind: 'opened', server });
      } else if (event.kind === 'taken') this.#try(rest, [...refusals, 'unavailable-id']);
      else if (event.kind === 'closed') {
        if (this.#session === session) this.#leave();
        else this.#try(rest, [...refusals, event.code]);
      }
    });
  }

  #giveUpRound(refusals: readonly SignalingCode[]): void {
    const code = refusals[0] ?? 'network';
    if (refusals.every((refusal) => lasting.has(refusal))) return this.#sink({ kind: 'failed', code });
    this.#wait();
    if (this.#complained) return;
    this.#complained = true;
    this.#sink({ kind: 'unreachable', code });
  }

  #settle(server: string, session: ServerSession): void {
    const { clock, signal } = this.#options;
    this.#session = session;
    this.#last = server;
    this.#complained = true;
    clock.after(provenAfterMs, signal, () => {
      if (this.#session === session) this.#backoff.reset();
    });
    this.#lookBack(session);
  }

  #leave(): void {
    this.#session = undefined;
    this.#wait();
    this.#sink({ kind: 'lost' });
  }

  #wait(): void {
    const { clock, signal } = this.#options;
    this.#cancelWait = clock.after(this.#backoff.next(), signal, () => this.hurry());
  }

  /** While on a fallback server: sees whether a preferred one opens, and moves there. Links between peers don't notice. */
  #lookBack(session: ServerSession): void {
    const { clock, servers, signal } = this.#options;
    const better = servers.slice(0, Math.max(0, servers.indexOf(this.#last ?? '')));
    if (better.length === 0) return;
    clock.after(lookBackMs * (1 + chance()), signal, () => {
      if (this.#session === session) this.#probe(better, session);
    });
  }

  #probe(order: readonly string[], current: ServerSession): void {
    const [server, ...rest] = order;
    if (server === undefined) return this.#lookBack(current);
    const session: ServerSession = this.#enter(server, (event) => {
      if (this.#session === session) {
        if (event.kind === 'closed') this.#leave();
      } else if (this.#session !== current) session.close();
      else if (event.kind === 'opened') {
        current.close();
        this.#settle(server, session);
        this.#sink({ kind: 'trying', server });
      } else if (event.kind !== 'signal' && event.kind !== 'expired') this.#probe(rest, current);
    });
  }

  #enter(server: string, decide: (event: ServerEvent) => void): ServerSession {
    const { transport, clock, peerId, token, signal } = this.#options;
    return openInTime(transport, clock, { server, id: peerId, token, signal }, (event) => {
      if (event.kind === 'signal') this.#sink({ kind: 'signal', signal: event.signal });
      else if (event.kind === 'expired') this.#sink({ kind: 'expired', to: event.to });
      else decide(event);
    });
  }
}
