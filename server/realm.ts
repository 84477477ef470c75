// takes ids and the sockets that hold them, gives who is here.

import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { CutOff } from './observer.ts';

/** One registered socket, as the rest of the server sees it. */
export interface Client {
  readonly id: string;
  readonly token: string;
  readonly socket: WebSocket;
  /** Sends a text frame; false when the socket cannot take it, so that the message must wait elsewhere. */
  send(frame: string): boolean;
  ping(): void;
  /** Says goodbye with an empty close frame, as PeerServer does. */
  close(): void;
  /** Cuts the connection without a word. */
  cutOff(why: CutOff): void;
  /** Whether we stopped reading from it, so that its silence is our doing. */
  readonly isPaused: boolean;
  /** Heartbeats since its last frame of any kind. */
  silentBeats: number;
  /** Bytes received of a message that is not complete yet. */
  readonly unfinishedBytes: number;
  /** Beats of the watch over half-sent frames since the last complete message. */
  unfinishedBeats: number;
}

/** Ids in use. Nothing outlives its socket. */
export class Realm {
  readonly #clients = new Map<string, Client>();
  readonly #makeId: () => string;

  constructor(makeId: () => string = randomUUID) {
    this.#makeId = makeId;
  }

  get size(): number {
    return this.#clients.size;
  }

  get(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  /** Whether this very socket holds its id: not one that was replaced or has left. */
  has(client: Client): boolean {
    return this.#clients.get(client.id) === client;
  }

  /** Registers a socket and gives the one it replaces. */
  set(client: Client): Client | undefined {
    const replaced = this.#clients.get(client.id);
    this.#clients.set(client.id, client);
    return replaced;
  }

  /** Frees the id, unless somebody else holds it by now; gives whether it did. */
  delete(client: Client): boolean {
    return this.has(client) && this.#clients.delete(client.id);
  }

  clients(): IterableIterator<Client> {
    return this.#clients.values();
  }

  ids(): readonly string[] {
    return [...this.#clients.keys()];
  }

  /** An id that nobody holds. A generator that cannot find one in a hundred tries is helped out with a UUID. */
  freeId(): string {
    for (let tries = 0; tries < 100; tries++) {
      const id = this.#makeId();
      if (!this.#clients.has(id)) return id;
    }
    return randomUUID();
  }
}
