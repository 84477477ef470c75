// takes descriptions and candidates of the other end, gives ours: the first exchange, and later ones that renew the path.

import { maxSdpLength } from '../../protocol/limits.ts';
import { ReformsError } from '../errors.ts';
import type { Candidate, Description } from './port.ts';

/** Candidates kept for a description that is still to come; the oldest give way. */
export const maxEarlyCandidates = 64;

/**
 * Perfect negotiation (W3C webrtc-pc §10.7) with one difference: an offer is applied only when its answer is here. The side
 * that gives way then has nothing to roll back; in Chromium a rollback leaves the receiver's picture dark for good.
 */
export class RtcNegotiation {
  readonly #pc: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #sink: (description: Description) => void;
  readonly #early: Candidate[] = [];
  /** The handshake's own offer and answer are through; what follows is renegotiation. */
  #begun = false;
  /** An offer that was sent and has no answer yet. */
  #proposal: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pc: RTCPeerConnection, polite: boolean, sink: (description: Description) => void) {
    this.#pc = pc;
    this.#polite = polite;
    this.#sink = sink;
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

  negotiate(description: Description): Promise<void> {
    return this.#inTurn(() =>
      description.type === 'offer' ? this.#takeOffer(description) : this.#takeAnswer(description),
    );
  }

  /** Offers new ICE credentials; an offer still without answer goes out again instead, it may have been lost. */
  restartIce(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#begun) return;
      this.#proposal ??= (await this.#pc.createOffer({ iceRestart: true })).sdp;
      this.#repeatProposal();
    });
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

  async #takeOffer(description: Description): Promise<void> {
    // Both have offered: the impolite side's offer stands, and the other may not have got it.
    if (this.#proposal !== undefined && !this.#polite) return this.#repeatProposal();
    this.#proposal = undefined;
    await this.#setRemote(description);
    await this.#pc.setLocalDescription();
    this.#sink({ type: 'answer', sdp: this.#localSdp() });
  }

  async #takeAnswer(description: Description): Promise<void> {
    const sdp = this.#proposal;
    // The answer to an offer that has given way, or one that came twice.
    if (sdp === undefined) return;
    this.#proposal = undefined;
    await this.#pc.setLocalDescription({ type: 'offer', sdp });
    try {
      await this.#setRemote(description);
    } catch (error) {
      await this.#pc.setLocalDescription({ type: 'rollback' });
      throw error;
    }
  }

  #repeatProposal(): void {
    if (this.#proposal !== undefined) this.#sink({ type: 'offer', sdp: this.#proposal });
  }

  /** Whether a candidate belongs to the description we have; those of an ICE restart may overtake it. */
  #fits({ ufrag }: Candidate): boolean {
    const sdp = this.#pc.remoteDescription?.sdp;
    if (sdp === undefined) return false;
    return ufrag === null || sdp.split(/\r?\n/).includes(`a=ice-ufrag:${ufrag}`);
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

  /** One exchange after the other, whatever comes how fast. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    const run = this.#turn.then(step);
    this.#turn = run.catch(() => undefined);
    return run;
  }
}
