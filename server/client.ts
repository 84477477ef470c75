// takes a WebSocket that was admitted, gives the Client the realm holds: paced in reading, bounded in writing.

import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Admitted } from './admission.ts';
import type { Grant } from './auth.ts';
import { textFrame } from './frame.ts';
import type { Limits } from './limits.ts';
import { Bucket } from './rate.ts';
import type { Client, CutOff } from './realm.ts';
import type { Sender } from './senders.ts';

/** Bytes around what a client's ping or pong carries (RFC 6455, 5.2: two, and four for the mask). */
const controlFrameBytes = 6;

export interface ClientOptions {
  readonly socket: WebSocket;
  /** The stream below it, decrypted. */
  readonly stream: Duplex;
  /** Whether nobody else writes frames to that stream, so that we may without asking `socket`. */
  readonly isStreamOurs: boolean;
  readonly admitted: Admitted;
  readonly claim: string | undefined;
  readonly limits: Limits;
  /** Everybody behind the same address, who pay for frames together. */
  readonly sender: Sender;
  /** Gets the bytes of every frame; gives whether they made sense. */
  readonly onFrame: (client: Client, frame: string | Uint8Array) => boolean;
  readonly onClose: (client: Client) => void;
  /** Told before a socket is ended for what it does, or does not. */
  readonly onCutOff: (client: Client, why: CutOff) => void;
}

/** A socket that sends faster than it may is read more slowly: the wait is felt at its end, and nothing piles up here. */
export class SocketClient implements Client {
  readonly id: string;
  readonly token: string;
  readonly secret: string;
  readonly grant: Grant | undefined;
  readonly place: string;
  readonly claim: string | undefined;
  readonly socket: WebSocket;
  readonly openedAtMs = performance.now();
  silentBeats = 0;
  unfinishedBeats = 0;
  unfinishedBytes = 0;
  readonly #stream: Duplex | undefined;
  readonly #limits: Limits;
  readonly #bucket: Bucket;
  readonly #sender: Sender;
  readonly #onCutOff: ClientOptions['onCutOff'];
  #badFrames = 0;
  #resume: NodeJS.Timeout | undefined;

  constructor({
    socket,
    stream,
    isStreamOurs,
    admitted,
    claim,
    limits,
    sender,
    onFrame,
    onClose,
    onCutOff,
  }: ClientOptions) {
    this.id = admitted.id;
    this.token = admitted.token;
    this.secret = admitted.secret;
    this.grant = admitted.grant;
    this.place = admitted.place;
    this.claim = claim;
    this.socket = socket;
    // Nothing is compressed, so that what is written here never overtakes what `ws` writes: a ping, a close.
    this.#stream = isStreamOurs ? stream : undefined;
    this.#limits = limits;
    this.#bucket = new Bucket({ perSecond: limits.framesPerSecond, burst: limits.frameBurst });
    this.#sender = sender;
    this.#onCutOff = onCutOff;
    // Before ws hears of the bytes, so that a frame they complete is counted out again.
    stream.prependListener('data', (bytes: Buffer) => {
      this.unfinishedBytes += bytes.length;
    });
    socket.on('message', (data, isBinary) => {
      this.unfinishedBytes = 0;
      this.unfinishedBeats = 0;
      // Whoever was told to go is not listened to any more. (Only the binaryType `nodebuffer`, the default, is in use.)
      if (socket.readyState !== socket.OPEN || !Buffer.isBuffer(data)) return;
      this.#pay(1 + data.length / 4_096);
      // ws has already held a text frame to UTF-8 (RFC 6455, 8.1).
      this.#judge(onFrame(this, isBinary ? data : data.toString()));
    });
    // ws answers every ping, so whoever sends them and reads nothing would fill our memory with pongs.
    socket.on('ping', (data) => {
      this.#control(data);
      this.#cutOffIfFull(0);
    });
    socket.on('pong', (data) => this.#control(data));
    socket.on('close', () => {
      clearTimeout(this.#resume);
      onClose(this);
    });
  }

  get isPaused(): boolean {
    return this.socket.isPaused;
  }

  send(frame: string): boolean {
    if (this.socket.readyState !== this.socket.OPEN || this.#cutOffIfFull(frame.length)) return false;
    if (this.#stream) this.#stream.write(textFrame(frame));
    else this.socket.send(frame);
    return true;
  }

  ping(): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  close(): void {
    this.#unpause();
    this.socket.close();
  }

  cutOff(why: CutOff): void {
    this.#onCutOff(this, why);
    this.socket.terminate();
  }

  /** A ping or a pong may come between the fragments of a message, and completes none. */
  #control(data: Buffer): void {
    this.unfinishedBytes = Math.max(0, this.unfinishedBytes - controlFrameBytes - data.length);
    this.#pay(1);
  }

  /** A frame arrived: its sender lives, and pays for it. */
  #pay(cost: number): void {
    this.silentBeats = 0;
    this.#waitUntilPaid(Math.max(this.#bucket.pay(cost), this.#sender.frames.pay(cost)));
  }

  /** What was received before the pause took hold adds to the debt, so it is asked for again when the wait is over. */
  #waitUntilPaid(waitMs: number): void {
    if (waitMs === 0 || this.#resume) return;
    this.socket.pause();
    this.#resume = setTimeout(() => {
      this.#unpause();
      this.#waitUntilPaid(Math.max(this.#bucket.pay(0), this.#sender.frames.pay(0)));
    }, waitMs).unref();
  }

  #unpause(): void {
    clearTimeout(this.#resume);
    this.#resume = undefined;
    this.socket.resume();
  }

  #judge(isGood: boolean): void {
    this.#badFrames = isGood ? 0 : this.#badFrames + 1;
    // 1008: the message violates the policy (RFC 6455, 7.4.1).
    if (this.#badFrames <= this.#limits.maxBadFrames || this.socket.readyState !== this.socket.OPEN) return;
    this.#onCutOff(this, 'bad-frames');
    this.socket.close(1008);
  }

  #cutOffIfFull(length: number): boolean {
    if (this.socket.bufferedAmount + length <= this.#limits.maxUnreadBytes) return false;
    this.cutOff('unread');
    return true;
  }
}
