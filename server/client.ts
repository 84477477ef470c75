// takes a WebSocket that was admitted, gives the Client the realm holds: paced in reading, bounded in writing.

import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Admitted } from './admission.ts';
import type { Grant } from './auth.ts';
import { textFrame } from './frame.ts';
import type { Limits } from './limits.ts';
import { keep, type Keeper } from './line.ts';
import { debtMs, type Pace, spend } from './rate.ts';
import type { Client, CutOff } from './realm.ts';
import type { Sender } from './senders.ts';

/** Bytes around what a client's ping or pong carries (RFC 6455, 5.2: two, and four for the mask). */
const controlFrameBytes = 6;

/** What all clients of a door have in common. */
export interface ClientHouse {
  readonly limits: Limits;
  /** How fast one socket may send. */
  readonly pace: Pace;
  /** Gets every frame; gives whether it made sense. */
  readonly onFrame: (client: Client, frame: string | Uint8Array) => boolean;
  readonly onClose: (client: Client) => void;
  /** Sockets that were told to go and have not gone yet. */
  readonly leaving: Set<WebSocket>;
  /** Told before a socket is ended for what it does, or does not. */
  readonly onCutOff: (client: Client, why: CutOff) => void;
}

export interface ClientOptions {
  readonly house: ClientHouse;
  readonly socket: WebSocket;
  /** The stream below it, decrypted. */
  readonly stream: Socket;
  /** Whether nobody else writes frames to that stream, so that we may without asking `socket`. */
  readonly isStreamOurs: boolean;
  readonly admitted: Admitted;
  readonly claim: string | undefined;
  /** Everybody behind the same address, who pay for frames together. */
  readonly sender: Sender;
}

/** A socket that sends faster than it may is read more slowly: the wait is felt at its end, and nothing piles up here. */
export class SocketClient implements Client, Keeper {
  readonly id: string;
  readonly token: string;
  readonly secret: string;
  readonly grant: Grant | undefined;
  readonly place: string;
  readonly claim: string | undefined;
  readonly socket: WebSocket;
  readonly openedAtMs = Math.round(performance.now());
  silentBeats = 0;
  unfinishedBeats = 0;
  readonly #house: ClientHouse;
  readonly #stream: Socket;
  readonly #isStreamOurs: boolean;
  readonly #sender: Sender;
  #paidUntilMs = 0;
  /** Bytes of the stream that belong to what is complete. */
  #finishedBytes: number;
  #badFrames = 0;
  #resume: NodeJS.Timeout | undefined;

  constructor({ house, socket, stream, isStreamOurs, admitted, claim, sender }: ClientOptions) {
    this.id = admitted.id;
    this.token = admitted.token;
    this.secret = admitted.secret;
    this.grant = admitted.grant;
    this.place = admitted.place;
    this.claim = claim;
    this.socket = socket;
    this.#house = house;
    this.#stream = stream;
    this.#isStreamOurs = isStreamOurs;
    this.#sender = sender;
    this.#finishedBytes = stream.bytesRead;
    keep(socket, this);
  }

  get isPaused(): boolean {
    return this.socket.isPaused;
  }

  /** What came together with the end of a message is not counted until more comes. */
  get unfinishedBytes(): number {
    return Math.max(0, this.#stream.bytesRead - this.#finishedBytes);
  }

  send(frame: string): boolean {
    if (this.socket.readyState !== this.socket.OPEN || this.#cutOffIfFull(frame.length)) return false;
    // Nothing is compressed, so that what is written here never overtakes what `ws` writes: a ping, a close.
    if (this.#isStreamOurs) this.#stream.write(textFrame(frame));
    else this.socket.send(frame);
    return true;
  }

  ping(): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  close(): void {
    this.#unpause();
    this.#house.leaving.add(this.socket);
    this.socket.close();
  }

  cutOff(why: CutOff): void {
    this.#house.onCutOff(this, why);
    this.socket.terminate();
  }

  heardMessage(data: Buffer, isBinary: boolean): void {
    this.#finishedBytes = this.#stream.bytesRead;
    this.unfinishedBeats = 0;
    // Whoever was told to go is not listened to any more.
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.#pay(1 + data.length / 4_096);
    // ws has already held a text frame to UTF-8 (RFC 6455, 8.1).
    this.#judge(this.#house.onFrame(this, isBinary ? data : data.toString()));
  }

  /** ws answers every ping, so whoever sends them and reads nothing would fill our memory with pongs. */
  heardPing(data: Buffer): void {
    this.heardPong(data);
    this.#cutOffIfFull(0);
  }

  /** May come between the fragments of a message, and completes none. */
  heardPong(data: Buffer): void {
    this.#finishedBytes += controlFrameBytes + data.length;
    this.#pay(1);
  }

  heardClose(): void {
    clearTimeout(this.#resume);
    this.#house.leaving.delete(this.socket);
    this.#sender.sockets.leave();
    this.#house.onClose(this);
  }

  /** A frame arrived: its sender lives, and pays for it. */
  #pay(cost: number): void {
    this.silentBeats = 0;
    const { pace } = this.#house;
    const nowMs = performance.now();
    this.#paidUntilMs = spend(this.#paidUntilMs, cost, pace, nowMs);
    this.#waitUntilPaid(Math.max(debtMs(this.#paidUntilMs, pace, nowMs), this.#sender.frames.pay(cost)));
  }

  /** What was received before the pause took hold adds to the debt, so it is asked for again when the wait is over. */
  #waitUntilPaid(waitMs: number): void {
    if (waitMs === 0 || this.#resume) return;
    this.socket.pause();
    this.#resume = setTimeout(() => {
      this.#unpause();
      const own = debtMs(this.#paidUntilMs, this.#house.pace, performance.now());
      this.#waitUntilPaid(Math.max(own, this.#sender.frames.pay(0)));
    }, waitMs).unref();
  }

  #unpause(): void {
    clearTimeout(this.#resume);
    this.#resume = undefined;
    this.socket.resume();
  }

  #judge(isGood: boolean): void {
    this.#badFrames = isGood ? 0 : this.#badFrames + 1;
    const isPatient = this.#badFrames <= this.#house.limits.maxBadFrames;
    if (isPatient || this.socket.readyState !== this.socket.OPEN) return;
    this.#house.onCutOff(this, 'bad-frames');
    this.#house.leaving.add(this.socket);
    this.socket.close(1008); // the message violates the policy (RFC 6455, 7.4.1)
  }

  #cutOffIfFull(length: number): boolean {
    if (this.socket.bufferedAmount + length <= this.#house.limits.maxUnreadBytes) return false;
    this.cutOff('unread');
    return true;
  }
}
