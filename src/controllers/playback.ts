// takes a stream, gives it to a `<video>` and plays it, and says when the browser keeps it silent.

import type { ReactiveControllerHost } from 'lit';

/**
 * Browsers may refuse sound before the person has touched the page. The pictures then run muted, `silenced` is true, and
 * a gesture calls `unsilence()`.
 */
export class Playback {
  readonly #host: ReactiveControllerHost;
  #video: HTMLVideoElement | undefined;
  #stream: MediaStream | undefined;
  #silenced = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Whether the sound waits for a gesture. */
  get silenced(): boolean {
    return this.#silenced;
  }

  /** For `ref()` on the `<video>`. */
  readonly attach = (element: Element | undefined): void => {
    // A detached element keeps no camera's frames.
    if (this.#video !== undefined && this.#video !== element) this.#video.srcObject = null;
    this.#video = element instanceof HTMLVideoElement ? element : undefined;
    this.#put();
  };

  /** What is to be seen and heard from now on. Call it from `updated()`; the same stream again changes nothing. */
  show(stream: MediaStream | undefined): void {
    if (this.#stream === stream && this.#video?.srcObject === (stream ?? null)) return;
    this.#stream = stream;
    this.#put();
  }

  /** Lets the sound in; call it from a gesture. */
  unsilence(): void {
    if (this.#video === undefined) return;
    this.#video.muted = false;
    this.#play(this.#video);
  }

  #put(): void {
    const video = this.#video;
    if (video === undefined || video.srcObject === (this.#stream ?? null)) return;
    video.srcObject = this.#stream ?? null;
    if (this.#stream !== undefined) this.#play(video);
  }

  #play(video: HTMLVideoElement): void {
    video.play().then(
      () => this.#tell(this.#silenced && video.muted),
      (error: unknown) => {
        const refused = error instanceof DOMException && error.name === 'NotAllowedError';
        if (!refused || video.muted) return;
        video.muted = true;
        this.#tell(true);
        this.#play(video);
      },
    );
  }

  #tell(silenced: boolean): void {
    if (silenced === this.#silenced) return;
    this.#silenced = silenced;
    this.#host.requestUpdate();
  }
}
