// takes a peer connection, gives one of its two data channels: bytes in, bytes out, and how many still wait.

import type { Bytes } from '../brand.ts';
import { BacklogWaiters } from './backlog.ts';

export interface ChannelSink {
  readonly opened: () => void;
  readonly received: (bytes: Bytes) => void;
  /** Closed by the other end, or with the connection. */
  readonly closed: () => void;
}

/** An ordered, reliable channel that both ends create under the same number, so that nothing is announced in-band. */
export class RtcChannel {
  readonly #channel: RTCDataChannel;
  readonly #waiters = new BacklogWaiters();

  /** `signal` ends the listening, not the channel: that goes with its connection. */
  constructor(pc: RTCPeerConnection, label: string, id: number, sink: ChannelSink, signal: AbortSignal) {
    const channel = pc.createDataChannel(label, { negotiated: true, id, ordered: true });
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('open', sink.opened, { signal });
    channel.addEventListener('close', sink.closed, { signal });
    channel.addEventListener('bufferedamountlow', () => this.#watchBacklog(), { signal });
    channel.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => {
        // Texts are none of ours: whoever sends one is no kit.
        if (data instanceof ArrayBuffer) sink.received(new Uint8Array(data));
      },
      { signal },
    );
    signal.addEventListener('abort', () => this.#waiters.end(), { once: true });
    this.#channel = channel;
  }

  get isOpen(): boolean {
    return this.#channel.readyState === 'open';
  }

  get backlog(): number {
    return this.#channel.bufferedAmount;
  }

  /** False when the channel is not open, or its buffer is full. */
  send(bytes: Bytes): boolean {
    if (!this.isOpen) return false;
    try {
      this.#channel.send(bytes);
      return true;
    } catch {
      return false;
    }
  }

  async backlogBelow(bytes: number): Promise<void> {
    if (this.isOpen && this.backlog < bytes) return;
    const room = this.#waiters.wait(bytes);
    this.#watchBacklog();
    await room;
  }

  #watchBacklog(): void {
    if (!this.isOpen) return;
    this.#waiters.changed(this.backlog);
    const { highest } = this.#waiters;
    // "bufferedamountlow" comes when the amount falls to the threshold or below (W3C webrtc-pc §6.2).
    if (highest !== undefined) this.#channel.bufferedAmountLowThreshold = Math.max(0, highest - 1);
  }
}
