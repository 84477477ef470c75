// takes a person's id, gives the section with their safety number: opened, computed, scanned only when someone asks for it.

import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { Words } from '../../locales/index.ts';

interface SafetyPort {
  /** 60 digits; takes some 20 ms. */
  readonly digits: (id: string) => string | undefined;
  readonly judge: (id: string, matches: boolean) => void;
}

/** What is loaded when the section is first opened. */
type Section = typeof import('./safety-number.ts');

export class SafetyNumber implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #port: SafetyPort;
  #id: string | undefined;
  #open = false;
  #digits: string | undefined;
  #section: Section | undefined;
  #canScan = false;
  #scanning: AbortController | undefined;
  #failed = false;

  constructor(host: ReactiveControllerHost, port: SafetyPort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  /** Whose number it is; a number is computed once, and only while the section is open. */
  of(id: string | undefined): void {
    if (id !== this.#id) {
      this.#stop();
      this.#digits = undefined;
      this.#failed = false;
    }
    this.#id = id;
    if (id !== undefined && this.#open) this.#digits ??= this.#port.digits(id);
  }

  /** For `@toggle` of the `<details>` around it. */
  readonly toggle = (event: Event): void => {
    this.#open = event.target instanceof HTMLDetailsElement && event.target.open;
    if (this.#open) this.#load();
    else this.#stop();
    this.#host.requestUpdate();
  };

  /** `asks`: the person is not verified yet, so that a scan can find something out. */
  render(words: Words, name: string, asks: boolean): unknown {
    if (!this.#open) return nothing;
    const digits = this.#digits;
    if (this.#section === undefined || digits === undefined) return html`<span class="spinner"></span>`;
    return this.#section.safetySection({
      digits,
      words,
      name,
      scan: this.#canScan && asks ? this.#scan : undefined,
      viewfinder: this.#scanning && this.#look,
      stop: this.#stop,
      failed: this.#failed,
    });
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #load(): void {
    if (this.#section !== undefined) return;
    const load = async (): Promise<void> => {
      const section = await import('./safety-number.ts');
      this.#canScan = await section.canScan().catch(() => false);
      this.#section = section;
      this.#host.requestUpdate();
    };
    // What could not be fetched is fetched when it is opened again.
    load().catch(() => {});
  }

  readonly #scan = (): void => {
    this.#failed = false;
    this.#scanning = new AbortController();
    this.#host.requestUpdate();
  };

  readonly #stop = (): void => {
    this.#scanning?.abort();
    this.#scanning = undefined;
    this.#host.requestUpdate();
  };

  /** The picture is on the page: the camera may open. */
  readonly #look = (video: Element | undefined): void => {
    const scanning = this.#scanning;
    const id = this.#id;
    if (!(video instanceof HTMLVideoElement) || scanning === undefined || id === undefined) return;
    const judge = (found: string | undefined): void => {
      if (scanning.signal.aborted || found === undefined) return;
      this.#stop();
      this.#port.judge(id, found === this.#digits);
    };
    this.#section?.scanNumber(video, scanning.signal).then(judge, () => {
      this.#failed = true;
      this.#stop();
    });
  };
}
