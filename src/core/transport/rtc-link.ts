// takes descriptions, candidates, bytes and tracks, gives those of the other end: one RTCPeerConnection.

import type { Bytes, Hello, Sealed, Secured } from '../brand.ts';
import { ReformsError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Candidate, Description, Link, LinkEvent, LinkOptions, TrackSlot } from './port.ts';
import { RtcChannel } from './rtc-channel.ts';
import { maxEarlyCandidates, RtcNegotiation } from './rtc-negotiation.ts';
import { watchPath } from './rtc-path.ts';
import { RtcSlots } from './rtc-slots.ts';

/** What exists from `offer()` or `answer()` on. */
interface Wire {
  readonly pc: RTCPeerConnection;
  readonly negotiation: RtcNegotiation;
  readonly control: RtcChannel;
  readonly file: RtcChannel;
}

export class RtcLink implements Link {
  readonly #options: LinkOptions;
  readonly #clock: Clock;
  readonly #sink: (event: LinkEvent) => void;
  readonly #life = new AbortController();
  #wire: Wire | undefined;
  #slots: RtcSlots | undefined;
  /** Candidates that came before there was anything to hand them to. */
  readonly #early: Candidate[] = [];
  #opened = false;
  /** What the other end said in the moment between. */
  readonly #heard: Bytes[] = [];

  constructor(options: LinkOptions, clock: Clock, sink: (event: LinkEvent) => void) {
    this.#options = options;
    this.#clock = clock;
    this.#sink = sink;
    if (options.signal.aborted) this.#life.abort();
    options.signal.addEventListener('abort', () => this.close(), { once: true, signal: this.#life.signal });
  }

  offer(): Promise<string> {
    return this.#attempt(() => {
      const wire = this.#start();
      this.#slots = RtcSlots.create(wire.pc);
      return wire.negotiation.offer();
    });
  }

  answer(offerSdp: string): Promise<string> {
    return this.#attempt(async () => {
      const wire = this.#start();
      return await wire.negotiation.answer(offerSdp, () => {
        this.#slots = RtcSlots.adopt(wire.pc);
      });
    });
  }

  acceptAnswer(answerSdp: string): Promise<void> {
    return this.#attempt(() => this.#started().negotiation.acceptAnswer(answerSdp));
  }

  async addCandidate(candidate: Candidate): Promise<void> {
    if (this.#life.signal.aborted) return;
    if (this.#wire !== undefined) await this.#wire.negotiation.addCandidate(candidate);
    else if (this.#early.length < maxEarlyCandidates) this.#early.push(candidate);
  }

  negotiate(description: Description): Promise<void> {
    return this.#attempt(async () => {
      const wire = this.#started();
      await wire.negotiation.negotiate(description);
      this.#slots?.dismissOthers(wire.pc);
    });
  }

  restartIce(): void {
    if (!this.#life.signal.aborted) this.#wire?.negotiation.restartIce().catch(() => undefined);
  }

  remoteCertificate(): Bytes | undefined {
    const dtls = this.#wire?.pc.sctp?.transport;
    const [certificate] = dtls?.getRemoteCertificates?.() ?? [];
    return certificate === undefined ? undefined : new Uint8Array(certificate.slice(0));
  }

  sendControl(bytes: Sealed | Hello): boolean {
    return this.#wire?.control.send(bytes) ?? false;
  }

  sendFile(bytes: Sealed): boolean {
    return this.#wire?.file.send(bytes) ?? false;
  }

  get fileBacklog(): number {
    return this.#wire?.file.backlog ?? 0;
  }

  async fileBacklogBelow(bytes: number): Promise<void> {
    if (this.#wire === undefined || this.#life.signal.aborted) throw new ReformsError('peer-gone');
    await this.#wire.file.backlogBelow(bytes);
  }

  sendTrack(_permit: Secured, slot: TrackSlot, track: MediaStreamTrack | null): Promise<void> {
    return this.#attempt(() => this.#media().send(slot, track));
  }

  remoteStream(_permit: Secured): MediaStream {
    return this.#media().remoteStream;
  }

  showVideo(_permit: Secured, shown: boolean): void {
    this.#slots?.showVideo(shown);
  }

  async stats(): Promise<RTCStatsReport | undefined> {
    if (this.#life.signal.aborted) return undefined;
    return await this.#wire?.pc.getStats().catch(() => undefined);
  }

  close(): void {
    this.#life.abort();
    // The data channels close with it, and that is how the other end learns of it at once.
    this.#wire?.pc.close();
  }

  #start(): Wire {
    if (this.#wire !== undefined) throw new ReformsError('webrtc');
    const { signal } = this.#life;
    const { iceServers, relayOnly, polite } = this.#options;
    const pc = new RTCPeerConnection({
      iceServers: [...iceServers],
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    });
    const control = new RtcChannel(
      pc,
      'rf-ctl',
      0,
      {
        opened: () => this.#welcome(),
        received: (bytes) => this.#hear(bytes),
        closed: () => this.#collapse(),
      },
      signal,
    );
    const file = new RtcChannel(
      pc,
      'rf-file',
      1,
      {
        opened: () => this.#welcome(),
        received: (bytes) => this.#sink({ kind: 'file', bytes }),
        closed: () => this.#collapse(),
      },
      signal,
    );
    const negotiation = new RtcNegotiation(pc, polite, (description) => {
      if (!signal.aborted) this.#sink({ kind: 'description', description });
    });
    pc.addEventListener('icecandidate', ({ candidate }) => this.#tellCandidate(candidate), { signal });
    // Channels that the other end announces in-band are none of ours.
    pc.addEventListener('datachannel', ({ channel }) => channel.close(), { signal });
    watchPath(pc, { clock: this.#clock, polite, signal, restartIce: () => this.restartIce() }, (event) =>
      event === 'closed' ? this.#collapse() : this.#sink({ kind: event }),
    );
    this.#wire = { pc, negotiation, control, file };
    for (const candidate of this.#early.splice(0)) void negotiation.addCandidate(candidate);
    return this.#wire;
  }

  #started(): Wire {
    if (this.#wire === undefined) throw new ReformsError('webrtc');
    return this.#wire;
  }

  #media(): RtcSlots {
    if (this.#slots === undefined) throw new ReformsError('webrtc');
    return this.#slots;
  }

  /** Both channels open together, but one after the other: nobody is told before files could go, too. */
  #welcome(): void {
    if (this.#opened || this.#wire === undefined) return;
    if (!this.#wire.control.isOpen || !this.#wire.file.isOpen) return;
    this.#opened = true;
    void this.#slots?.tune();
    this.#sink({ kind: 'control-opened' });
    for (const bytes of this.#heard.splice(0)) this.#hear(bytes);
  }

  #hear(bytes: Bytes): void {
    if (this.#life.signal.aborted) return;
    if (this.#opened) this.#sink({ kind: 'control', bytes });
    else this.#heard.push(bytes);
  }

  /** The end-of-candidates mark is left out: nothing waits for it, and it would cost a message. */
  #tellCandidate(found: RTCIceCandidate | null): void {
    if (found === null || found.candidate === '') return;
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = found;
    this.#sink({
      kind: 'candidate',
      candidate: { candidate, mid: sdpMid, line: sdpMLineIndex, ufrag: usernameFragment },
    });
  }

  #collapse(): void {
    if (this.#life.signal.aborted) return;
    this.close();
    this.#sink({ kind: 'closed' });
  }

  /** Whatever the browser refuses is one code to the rest of the kit. */
  async #attempt<T>(step: () => Promise<T>): Promise<T> {
    if (this.#life.signal.aborted) throw new ReformsError('webrtc');
    try {
      return await step();
    } catch (error) {
      throw ReformsError.is(error) ? error : new ReformsError('webrtc');
    }
  }
}
