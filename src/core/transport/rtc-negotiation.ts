// takes descriptions and candidates of the other end, gives ours: perfect negotiation (W3C webrtc-pc §10.7).

import { maxSdpLength } from '../../protocol/limits.ts';
import { ReformsError } from '../errors.ts';
import type { Candidate, Description } from './port.ts';

/** Candidates kept for a description that is still to come; the oldest give way. */
export const maxEarlyCandidates = 64;

export class RtcNegotiation {
  readonly #pc: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #sink: (description: Description) => void;
  readonly #early: Candidate[] = [];
  /** The handshake's own offer and answer are through; what follows is renegotiation. */
  #begun = false;
  #makingOffer = false;
  #takingAnswer = false;

  constructor(
    pc: RTCPeerConnection,
    polite: boolean,
    signal: AbortSignal,
    sink: (description: Description) => void,
  ) {
    this.#pc = pc;
    this.#polite = polite;
    this.#sink = sink;
    pc.addEventListener('negotiationneeded', () => void this.#propose(), { signal });
  }

  /** The first offer. */
  async offer(): Promise<string> {
    await this.#pc.setLocalDescription();
    return this.#localSdp();
  }

  /** The first answer; `prepare` runs when the offer's transceivers are there. */
  async answer(offerSdp: string, prepare: () => void): Promise<string> {
    await this.#setRemote({ type: 'offer', sdp: offerSdp });
    prepare();
    await this.#pc.setLocalDescription();
    this.#begun = true;
    return this.#localSdp();
  }

  async acceptAnswer(answerSdp: string): Promise<void> {
    await this.#setRemote({ type: 'answer', sdp: answerSdp });
    this.#begun = true;
  }

  /** "An offer may come in while we are busy processing SRD(answer). In this case, we will be in 'stable' by the time". */
  async negotiate(description: Description): Promise<void> {
    const { signalingState } = this.#pc;
    if (description.type === 'answer') {
      // The answer to an offer that we took back, or one that came twice.
      if (signalingState !== 'have-local-offer') return;
      this.#takingAnswer = true;
      await this.#setRemote(description).finally(() => {
        this.#takingAnswer = false;
      });
      return;
    }
    const ready = !this.#makingOffer && (signalingState === 'stable' || this.#takingAnswer);
    if (!ready && !this.#polite) return;
    await this.#setRemote(description);
    await this.#pc.setLocalDescription();
    this.#tell();
  }

  /** Asks for new ICE credentials; an offer still without answer goes out again instead, it may have been lost. */
  restartIce(): void {
    if (this.#pc.signalingState === 'have-local-offer' && this.#begun) queueMicrotask(() => this.#tell());
    else this.#pc.restartIce();
  }

  async addCandidate(candidate: Candidate): Promise<void> {
    if (!this.#fits(candidate)) {
      this.#early.push(candidate);
      if (this.#early.length > maxEarlyCandidates) this.#early.shift();
      return;
    }
    await this.#pc
      .addIceCandidate({
        candidate: candidate.candidate,
        sdpMid: candidate.mid,
        sdpMLineIndex: candidate.line,
        usernameFragment: candidate.ufrag,
      })
      // One candidate that this browser cannot read is one way less, not the end of the link.
      .catch(() => undefined);
  }

  /** Whether a candidate belongs to the description we have; those of an ICE restart may overtake its offer. */
  #fits({ ufrag }: Candidate): boolean {
    const sdp = this.#pc.remoteDescription?.sdp;
    if (sdp === undefined) return false;
    return ufrag === null || sdp.split(/\r?\n/).includes(`a=ice-ufrag:${ufrag}`);
  }

  async #propose(): Promise<void> {
    if (!this.#begun) return;
    this.#makingOffer = true;
    try {
      await this.#pc.setLocalDescription();
      if (this.#pc.signalingState === 'have-local-offer') this.#tell();
    } catch {
      // Closed in the meantime, or overtaken by the other end's offer: then its answer will carry ours.
    } finally {
      this.#makingOffer = false;
    }
  }

  async #setRemote(description: Description): Promise<void> {
    if (description.sdp.length > maxSdpLength) throw new ReformsError('webrtc');
    await this.#pc.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0)) await this.addCandidate(candidate);
  }

  #localSdp(): string {
    const sdp = this.#pc.localDescription?.sdp;
    if (sdp === undefined) throw new ReformsError('webrtc');
    return sdp;
  }

  #tell(): void {
    const description = this.#pc.localDescription;
    if (description?.type === 'offer' || description?.type === 'answer')
      this.#sink({ type: description.type, sdp: description.sdp });
  }
}
