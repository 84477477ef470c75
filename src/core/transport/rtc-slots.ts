// takes a peer connection, gives a place for a microphone and one for a camera, each way, that need no renegotiation.

import { ReformsError } from '../errors.ts';
import type { TrackSlot } from './port.ts';

/** A camera in a mesh of two to four, bits per second: three of these fit into a common uplink. */
const videoBitrate = 1_500_000;

export class RtcSlots {
  readonly #transceivers: Readonly<Record<TrackSlot, RTCRtpTransceiver>>;
  readonly #remote = new MediaStream();

  /** Initiator: two transceivers in fixed order, sending nothing. */
  static create(pc: RTCPeerConnection): RtcSlots {
    // One stream for both: the other end keeps sound and picture in step by it (RFC 8830, msid).
    const streams = [new MediaStream()];
    const audio = pc.addTransceiver('audio', { direction: 'sendrecv', streams });
    const video = pc.addTransceiver('video', { direction: 'sendrecv', streams });
    return new RtcSlots(audio, video);
  }

  /** Responder: takes over what the offer made. Throws `webrtc` unless that is one of each kind. */
  static adopt(pc: RTCPeerConnection): RtcSlots {
    const [audio, video, ...others] = pc.getTransceivers();
    if (audio?.receiver.track.kind !== 'audio' || video?.receiver.track.kind !== 'video' || others.length > 0)
      throw new ReformsError('webrtc');
    const stream = new MediaStream();
    for (const transceiver of [audio, video]) {
      transceiver.direction = 'sendrecv';
      transceiver.sender.setStreams?.(stream);
    }
    return new RtcSlots(audio, video);
  }

  private constructor(audio: RTCRtpTransceiver, video: RTCRtpTransceiver) {
    this.#transceivers = { audio, video };
    // By receiver, not by `track` events: those repeat themselves and need not name a stream.
    this.#remote.addTrack(audio.receiver.track);
    this.#remote.addTrack(video.receiver.track);
  }

  get remoteStream(): MediaStream {
    return this.#remote;
  }

  showVideo(shown: boolean): void {
    const { track } = this.#transceivers.video.receiver;
    if (shown) this.#remote.addTrack(track);
    else this.#remote.removeTrack(track);
  }

  async send(slot: TrackSlot, track: MediaStreamTrack | null): Promise<void> {
    await this.#transceivers[slot].sender.replaceTrack(track);
  }

  /** Fits the camera to a mesh; browsers that refuse send as they like. Call when negotiated. */
  async tune(): Promise<void> {
    const { sender } = this.#transceivers.video;
    try {
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.maxBitrate = videoBitrate;
      // A face that moves is worth more than a sharp one.
      parameters.degradationPreference = 'maintain-framerate';
      await sender.setParameters(parameters);
    } catch {
      // A browser without these wishes, or a link that has just ended: the picture goes as the browser thinks best.
    }
  }

  /** Stops what a renegotiation of the other end has added beyond the two. */
  dismissOthers(pc: RTCPeerConnection): void {
    const own = new Set(Object.values(this.#transceivers));
    for (const transceiver of pc.getTransceivers()) if (!own.has(transceiver)) transceiver.stop();
  }
}
