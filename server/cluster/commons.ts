// takes a bus and the sockets of this instance, gives everybody on all instances as if they were here.

import { createHash, randomUUID } from 'node:crypto';
import type { Admitted } from '../admission.ts';
import type { Mailbox, Waiting } from '../mailbox.ts';
import { idAt, roomAt } from '../place.ts';
import type { Client, Realm } from '../realm.ts';
import type { Bus, BusListener, Parcel } from './bus.ts';

export interface CommonsOptions {
  readonly bus: Bus;
  readonly realm: Realm;
  readonly mailbox: Mailbox;
  /** Told that a socket of ours has lost its id to another instance. */
  readonly onReplaced: (client: Client) => void;
}

/** Marks a message that waits for nobody: LEAVE, EXPIRE. */
const nobody = '';

/**
 * Each instance knows who is where, and keeps what waits for those who are nowhere; when somebody comes, whoever has something
 * for them sends it. Without the others an instance goes on with those it has: who claims what was taken meanwhile loses it when
 * the bus is back.
 */
export class Commons {
  readonly #options: CommonsOptions;
  /** Places on other instances. */
  readonly #elsewhere = new Map<string, string>();

  constructor(options: CommonsOptions) {
    this.#options = options;
  }

  /** Places on other instances. */
  get size(): number {
    return this.#elsewhere.size;
  }

  has(place: string): boolean {
    return this.#elsewhere.has(place);
  }

  /** Ids of one room, or of none, on other instances. */
  ids(room: string | undefined): readonly string[] {
    return [...this.#elsewhere.keys()].filter((place) => roomAt(place) === room).map(idAt);
  }

  /** @throws {ServerError} `cluster-unavailable` */
  async open(): Promise<void> {
    const listener: BusListener = {
      joined: (place, instance) => this.#joined(place, instance),
      left: (place, instance) => {
        if (this.#elsewhere.get(place) === instance) this.#elsewhere.delete(place);
      },
      lost: (lost) => {
        for (const [place, instance] of this.#elsewhere) if (instance === lost) this.#elsewhere.delete(place);
      },
      arrived: (parcel) => this.#arrived(parcel),
      interrupted: () => void this.#rejoin(),
    };
    await this.#options.bus.open(listener);
    await this.#learn();
  }

  /** Asks for a place; gives the name of the claim, or undefined when it is taken. */
  async claim({ place, secret, grant, id }: Admitted): Promise<string | undefined> {
    const nonce = randomUUID();
    const isOwner = grant !== undefined && grant.id === id;
    const asked = { place, secret: hash(secret), nonce, isOwner };
    const isGranted = await this.#options.bus.claim(asked).catch(() => true);
    if (isGranted) this.#elsewhere.delete(place);
    return isGranted ? nonce : undefined;
  }

  release({ place, claim }: Pick<Client, 'place' | 'claim'>): void {
    if (claim !== undefined) this.#options.bus.release(place, claim);
  }

  /** Sends a message to the instance that has its addressee, if one does; it comes back to the mailbox if that fails. */
  forward(message: Waiting, isKept: boolean): boolean {
    const instance = this.#elsewhere.get(message.dst);
    if (instance === undefined) return false;
    const { dst: place, src, type, frame } = message;
    void this.#options.bus
      .send(instance, { place, src: isKept ? src : nobody, type, frame })
      .then((isThere) => {
        if (isThere) return;
        if (this.#elsewhere.get(place) === instance) this.#elsewhere.delete(place);
        if (isKept) this.#options.mailbox.put(message);
      });
    return true;
  }

  close(): Promise<void> {
    return this.#options.bus.close();
  }

  #joined(place: string, instance: string): void {
    const { realm, mailbox, onReplaced } = this.#options;
    const ours = realm.get(place);
    if (ours) {
      realm.delete(ours);
      onReplaced(ours);
      ours.close();
    }
    this.#elsewhere.set(place, instance);
    for (const message of mailbox.takeMessages(place)) this.forward(message, true);
  }

  #arrived({ place, src, type, frame }: Parcel): void {
    const { realm, mailbox } = this.#options;
    if (realm.get(place)?.send(frame) || src === nobody) return;
    // It left while the message was on its way: the message waits here, and follows it when it comes back anywhere.
    if (type === 'OFFER' || type === 'ANSWER' || type === 'CANDIDATE')
      mailbox.put({ dst: place, src, srcSecret: '', type, frame });
  }

  async #learn(): Promise<void> {
    const { bus, realm } = this.#options;
    const places = await bus.places();
    this.#elsewhere.clear();
    for (const [place, instance] of places)
      if (instance !== bus.self && !realm.get(place)) this.#elsewhere.set(place, instance);
  }

  /** Says again who is here; who was taken over meanwhile goes. */
  async #rejoin(): Promise<void> {
    const { bus, realm, onReplaced } = this.#options;
    try {
      await Promise.all(
        [...realm.clients()].map(async (client) => {
          const { place, claim: nonce = randomUUID(), secret, grant, id } = client;
          const isOwner = grant !== undefined && grant.id === id;
          const isOurs = await bus.claim({ place, secret: hash(secret), nonce, isOwner });
          if (isOurs || !realm.delete(client)) return;
          onReplaced(client);
          client.close();
        }),
      );
      await this.#learn();
    } catch {
      // Gone again: the next interruption ends like this one.
    }
  }
}

/** The bus need not know what takes an id back, only whether it is the same. */
const hash = (secret: string) => createHash('sha256').update(secret).digest('base64url').slice(0, 22);
