// takes what one end of a link does, gives the other end of it: a peer connection in memory.

import type { Bytes, Hello, Sealed, Secured } from '../brand.ts';
import { ReformsError } from '../errors.ts';
import { BacklogWaiters } from './backlog.ts';
import { newConnectionId } from './id.ts';
import { describeLink, linkIdOf } from './loopback-description.ts';
import type { LoopbackPost } from './loopback-post.ts';
import type { Candidate, Description, Link, LinkEvent, LinkOptions, TrackSlot } from './port.ts';

/** What links know of the hub they live in. */
export interface LinkWorld {
  readonly post: LoopbackPost;
  readonly links: Map<string, LoopbackLink>;
  /** Whether the path between two machines is cut. */
  isCut(one: object, other: object): boolean;
}

/** Bytes that leave the file channel in one turn: what a fast network would take. */
const bytesPerTurn = 1_048_576;

type Phase = 'new' | 'offered' | 'answered' | 'open' | 'closed';

export class LoopbackLink implements Link {
  /** Stands in the SDP and finds the other end. */
  readonly id = newConnectionId();
  /** The machine this end lives on. */
  readonly machine: object;
  readonly #world: LinkWorld;
  readonly #sink: (event: LinkEvent) => void;
  readonly #life = new AbortController();
  readonly #waiters = new BacklogWaiters();
  /** Stands for the DER certificate; the fingerprint in the SDP is its hash, as in WebRTC. */
  readonly #certificate = crypto.getRandomValues(new Uint8Array(32));
  /** What the path holds back while it is cut. */
  readonly #held: (() => void)[] = [];
  readonly #files: Bytes[] = [];
  readonly #shown: Record<TrackSlot, MediaStreamTrack | null> = { audio: null, video: null };
  #phase: Phase = 'new';
  #other: LoopbackLink | undefined;
  #sdp = '';
  #interrupted = false;
  #fileBacklog = 0;
  #draining = false;
  #videoShown = true;
  #stream: MediaStream | undefined;

  constructor(world: LinkWorld, machine: object, options: LinkOptions, sink: (event: LinkEvent) => void) {
    this.#world = world;
    this.machine = machine;
    this.#sink = sink;
    world.links.set(this.id, this);
    options.signal.addEventListener('abort', () => this.close(), { once: true, signal: this.#life.signal });
  }

  async offer(): Promise<string> {
    this.#require('new');
    this.#phase = 'offered';
    return await this.#describe();
  }

  async answer(offerSdp: string): Promise<string> {
    this.#require('new');
    const other = this.#find(offerSdp);
    if (other.#phase !== 'offered' || other.#other !== undefined) throw new ReformsError('webrtc');
    this.#other = other;
    this.#phase = 'answered';
    return await this.#describe();
  }

  async acceptAnswer(answerSdp: string): Promise<void> {
    this.#require('offered');
    const other = this.#find(answerSdp);
    if (other.#other !== this) throw new ReformsError('webrtc');
    this.#other = other;
    this.#reach(() => {
      this.#open();
      other.#open();
    });
    await Promise.resolve();
  }

  async addCandidate(_candidate: Candidate): Promise<void> {}

  async negotiate(description: Description): Promise<void> {
    if (this.#phase === 'closed') return;
    if (this.#other === undefined || this.#find(description.sdp) !== this.#other)
      throw new ReformsError('webrtc');
    if (description.type === 'offer')
      this.#tell({ kind: 'description', description: { type: 'answer', sdp: this.#sdp } });
    await Promise.resolve();
  }

  restartIce(): void {
    if (this.#sdp !== '') this.#tell({ kind: 'description', description: { type: 'offer', sdp: this.#sdp } });
  }

  remoteCertificate(): Bytes | undefined {
    return this.#other === undefined ? undefined : this.#other.#certificate.slice();
  }

  sendControl(bytes: Sealed | Hello): boolean {
    if (this.#phase !== 'open') return false;
    const copy = bytes.slice();
    this.#reach((other) => other.#receive({ kind: 'control', bytes: copy }));
    return true;
  }

  sendFile(bytes: Sealed): boolean {
    if (this.#phase !== 'open') return false;
    this.#files.push(bytes.slice());
    this.#fileBacklog += bytes.length;
    this.#drain();
    return true;
  }

  get fileBacklog(): number {
    return this.#fileBacklog;
  }

  async fileBacklogBelow(bytes: number): Promise<void> {
    if (this.#phase === 'closed') throw new ReformsError('peer-gone');
    if (this.#fileBacklog >= bytes) await this.#waiters.wait(bytes);
  }

  async sendTrack(_permit: Secured, slot: TrackSlot, track: MediaStreamTrack | null): Promise<void> {
    if (this.#phase === 'closed') throw new ReformsError('peer-gone');
    this.#reach((other) => other.#show(slot, track));
    await Promise.resolve();
  }

  remoteStream(_permit: Secured): MediaStream {
    return this.#openStream();
  }

  showVideo(_permit: Secured, shown: boolean): void {
    const { video } = this.#shown;
    this.#videoShown = shown;
    if (video === null) return;
    if (shown) this.#openStream().addTrack(video);
    else this.#openStream().removeTrack(video);
  }

  async stats(): Promise<RTCStatsReport | undefined> {
    return await Promise.resolve(undefined);
  }

  close(): void {
    if (this.#phase === 'closed') return;
    this.#reach((other) => other.collapse());
    this.#end();
  }

  /** The other end is gone: closed, or lost for good. */
  collapse(): void {
    if (this.#phase === 'closed') return;
    this.#end();
    this.#sink({ kind: 'closed' });
  }

  /** The other end, once the two have found each other. */
  get other(): LoopbackLink | undefined {
    return this.#other;
  }

  /** Looks whether the path between the two ends is there, after it was cut or healed. */
  checkPath(): void {
    if (this.#isCut()) {
      if (this.#phase === 'open' && !this.#interrupted) this.#tell({ kind: 'interrupted' });
      this.#interrupted = this.#phase === 'open';
      return;
    }
    if (this.#interrupted) this.#tell({ kind: 'restored' });
    this.#interrupted = false;
  }

  /** Sends on what the path held back while it was cut. */
  release(): void {
    if (this.#isCut()) return;
    for (const run of this.#held.splice(0)) this.#world.post.deliver(run);
    if (this.#phase === 'closed') this.#world.links.delete(this.id);
    else this.#drain();
  }

  #open(): void {
    if (this.#phase !== 'offered' && this.#phase !== 'answered') return;
    this.#phase = 'open';
    this.#sink({ kind: 'control-opened' });
  }

  #receive(event: LinkEvent): void {
    if (this.#phase === 'open') this.#sink(event);
  }

  #show(slot: TrackSlot, track: MediaStreamTrack | null): void {
    if (this.#phase === 'closed') return;
    const stream = this.#openStream();
    const shown = this.#shown[slot];
    if (shown !== null) stream.removeTrack(shown);
    if (track !== null && (slot === 'audio' || this.#videoShown)) stream.addTrack(track);
    this.#shown[slot] = track;
  }

  #openStream(): MediaStream {
    this.#stream ??= new MediaStream();
    return this.#stream;
  }

  async #describe(): Promise<string> {
    this.#sdp = await describeLink(this.id, this.#certificate);
    const candidate = { candidate: '', mid: '0', line: 0, ufrag: null };
    this.#tell({ kind: 'candidate', candidate });
    return this.#sdp;
  }

  #find(sdp: string): LoopbackLink {
    const other = this.#world.links.get(linkIdOf(sdp));
    if (other === undefined || other === this) throw new ReformsError('webrtc');
    return other;
  }

  #require(phase: Phase): void {
    if (this.#phase !== phase) throw new ReformsError('webrtc');
  }

  #isCut(): boolean {
    return this.#other !== undefined && this.#world.isCut(this.machine, this.#other.machine);
  }

  /** Does something at the other end, by way of the path between; while that is cut, it waits. */
  #reach(act: (other: LoopbackLink) => void): void {
    const other = this.#other;
    if (other === undefined) return;
    if (this.#isCut()) this.#held.push(() => act(other));
    else this.#world.post.deliver(() => act(other));
  }

  #tell(event: LinkEvent): void {
    this.#world.post.deliver(() => {
      if (this.#phase !== 'closed') this.#sink(event);
    });
  }

  #drain(): void {
    if (this.#draining || this.#files.length === 0) return;
    this.#draining = true;
    setTimeout(() => {
      this.#draining = false;
      let room = this.#isCut() || this.#phase !== 'open' ? 0 : bytesPerTurn;
      while (room > 0) {
        const bytes = this.#files.shift();
        if (bytes === undefined) break;
        room -= bytes.length;
        this.#fileBacklog -= bytes.length;
        this.#reach((other) => other.#receive({ kind: 'file', bytes }));
      }
      this.#waiters.changed(this.#fileBacklog);
      if (room <= 0 && !this.#isCut()) this.#drain();
    }, 0);
  }

  #end(): void {
    this.#phase = 'closed';
    this.#life.abort();
    this.#files.length = 0;
    this.#fileBacklog = 0;
    this.#waiters.end();
    // While it is cut, the goodbye is still to come: `release` sends it.
    if (this.#held.length === 0) this.#world.links.delete(this.id);
  }
}
