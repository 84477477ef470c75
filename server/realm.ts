// takes ids and the sockets that hold them, gives who is here.

import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Grant } from './auth.ts';
import { placeOf, roomAt } from './place.ts';

/** Why a socket that had its id was ended by the server. */
export type CutOff = 'silent' | 'unread' | 'half-sent' | 'bad-frames';

/** One registered socket, as the rest of the server sees it. */
export interface Client {
  readonly id: string;
  readonly token: string;
  /** What takes its id back. */
  readonly secret: string;
  /** What its admission token allows; undefined on an open server. */
  readonly grant: Grant | undefined;
  /** The name of its id in its room, see `place.ts`. */
  readonly place: string;
  /** Names its claim among all instances; undefined where there is only one. */
  readonly claim: string | undefined;
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
  /** When it got its id, on the clock of `performance.now()`. */
  readonly openedAtMs: number;
  /** Beats of the watch over half-sent frames since the last complete message. */
  unfinishedBeats: number;
}

/** Places in use. Nothing outlives its socket. */
export class Realm {
  readonly #clients = new Map<string, Client>();
  readonly #makeId: () => string;

  constructor(makeId: () => string = randomUUID) {
    this.#makeId = makeId;
  }

  get size(): number {
    return this.#clients.size;
  }

  get(place: string): Client | undefined {
    return this.#clients.get(place);
  }

  /** Whether this very socket holds its place: not one that was replaced or has left. */
  has(client: Client): boolean {
    return this.#clients.get(client.place) === client;
  }

  /** Registers a socket and gives the one it replaces. */
  set(client: Client): Client | undefined {
    const replaced = this.#clients.get(client.place);
    this.#clients.set(client.place, client);
    return replaced;
  }

  /** Frees the place, unless somebody else holds it by now; gives whether it did. */
  delete(client: Client): boolean {
    return this.has(client) && this.#clients.delete(client.place);
  }

  clients(): IterableIterator<Client> {
    return this.#clients.values();
  }

  /** Ids in one room, or in none. */
  ids(room: string | undefined): readonly string[] {
    return [...this.#clients.values()].filter(({ place }) => roomAt(place) === room).map(({ id }) => id);
  }

  /** An id that nobody holds. A generator that cannot find one in a hundred tries is helped out with a UUID. */
  freeId(isElsewhere: (place: string) => boolean = () => false): string {
    for (let tries = 0; tries < 100; tries++) {
      const id = this.#makeId();
      const place = placeOf(id, undefined);
      if (!this.#clients.has(place) && !isElsewhere(place)) return id;
    }
    return randomUUID();
  }
}
