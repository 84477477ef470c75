// takes one person's slice, gives their picture, their voice and their name.

import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { ref } from 'lit/directives/ref.js';
import { Playback, SessionController, isolate, isolatedLabel, labelOf } from '../../controllers/index.ts';
import type { Held, Participant, Snapshot } from '../../core.ts';
import { button, tint } from '../../styles/index.ts';
import { text } from '../base/attributes.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';
import { emit } from '../events/emit.ts';
import { ReformsVerifyRequestEvent } from '../events/room-events.ts';
import { canCompare, heldWords } from '../verify/held.ts';
import { initials, tintOf } from './face.ts';
import { tileStyles } from './tile.styles.ts';

/** What a tile shows of a person, whoever it is. */
interface Face {
  readonly name: string;
  readonly ordinal: number | undefined;
  /** Why nothing flows to or from them. */
  readonly held: Held | undefined;
  readonly id: string;
  readonly audio: boolean;
  readonly video: boolean;
  readonly steady: boolean;
  readonly stream: string | undefined;
}

const nobody: Face = {
  name: '',
  ordinal: undefined,
  held: undefined,
  id: '',
  audio: true,
  video: false,
  steady: true,
  stream: undefined,
};

/**
 * One person of the room: their picture, or their initials while their camera is off; their name, and whether they are
 * muted. Oneself is mirrored and silent.
 *
 * @tag reforms-tile
 * @summary One person's picture, voice and name.
 * @attr participant - The participant's id; without it, oneself.
 * @attr minimal - No name, only the mark of a muted microphone.
 * @csspart tile - The frame.
 * @csspart video - The picture.
 * @csspart placeholder - What stands for a picture.
 * @fires {ReformsVerifyRequestEvent} reforms-verify-request - Someone who is held back is to be compared with.
 * @csspart held - What is said of someone to whom nothing flows yet.
 * @csspart compare-button - Opens the emoji.
 * @csspart label - Name and marks.
 * @csspart hear-button - Shown where the browser waits for a gesture before it lets sound out.
 * @cssstate self - The person here.
 * @cssstate muted - Their microphone is off.
 * @cssstate video-off - Their camera is off.
 * @cssstate portrait - Their picture is higher than wide.
 * @cssstate landscape - Their picture is wider than high.
 */
export class ReformsTile extends RoomElement {
  static override styles = [...RoomElement.styles, button, tint, tileStyles];

  /** The participant's id; empty: oneself. */
  @property(text()) participant = '';
  /** No name, only the mark of a muted microphone. */
  @property({ type: Boolean, reflect: true }) minimal = false;

  readonly #internals = this.attachInternals();
  readonly #playback = new Playback(this);
  readonly #session = new SessionController(this, this.door, (snapshot) => this.#face(snapshot));

  protected override updated(): void {
    const { audio, video, stream } = this.#session.slice;
    this.#set('self', this.participant === '');
    this.#set('muted', !audio);
    this.#set('video-off', !video);
    this.#playback.show(this.#session.stream(stream));
  }

  protected override render() {
    const { name, ordinal, held, id, audio, video, steady } = this.#session.slice;
    const self = this.participant === '';
    const shown = self ? this.words.you : labelOf({ name, ordinal }, this.words);
    return html`
      <figure part="tile" data-tint=${tintOf(id)}>
        <video
          part="video"
          playsinline
          aria-label=${this.words.videoOf(isolate(shown))}
          .muted=${self}
          @resize=${this.#measure}
          ${ref(this.#playback.attach)}
        ></video>
        ${video || held !== undefined ? nothing : html`<div class="placeholder" part="placeholder"><span class="initials" aria-hidden="true">${initials(name || shown)}</span></div>`}
        ${held === undefined ? nothing : this.#renderHeld(held)}
        ${steady ? nothing : html`<span class="unsteady">${icon('warning')}${this.words.unsteady}</span>`}
        <figcaption class="label" part="label">
          ${audio ? nothing : html`<span class="off">${icon('microphone-off')}<span class="spoken">${this.words.muted}</span></span>`}
          <span class="name" dir="auto">${shown}</span>
        </figcaption>
        ${this.#playback.silenced ? this.#renderHear() : nothing}
      </figure>
    `;
  }

  #renderHear() {
    return html`<button class="button primary hear" part="hear-button" type="button" @click=${this.#hear}>
      ${icon('speaker')}${this.words.tapToHear}
    </button>`;
  }

  #renderHeld(held: Held) {
    const { words } = this;
    return html`<div class="held" part="held">
      <p>${heldWords(held, isolatedLabel(this.#session.slice, words), words)}</p>
      ${
        canCompare(held)
          ? html`<button class="button" part="compare-button" type="button" @click=${this.#compare}>
              ${icon('shield')}${words.compare}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #compare = (): void => {
    emit(this, new ReformsVerifyRequestEvent(this.participant));
  };

  readonly #hear = (): void => this.#playback.unsilence();

  readonly #measure = (event: Event): void => {
    if (!(event.target instanceof HTMLVideoElement)) return;
    const { videoWidth, videoHeight } = event.target;
    this.#set('portrait', videoHeight > videoWidth * 1.1);
    this.#set('landscape', videoWidth > videoHeight * 1.1);
  };

  #face({ people, self, call }: Snapshot): Face {
    if (this.participant === '') {
      const { microphone, camera, preview } = call;
      const audio = microphone.enabled && microphone.status !== 'refused';
      const video = camera.enabled && camera.status === 'open' && preview !== undefined;
      return { ...nobody, name: self.name, id: self.id, audio, video, stream: preview };
    }
    const person = people.find(({ id }: Participant) => id === this.participant);
    if (person === undefined) return { ...nobody, id: this.participant };
    const { id, name, ordinal, held, audio, video, link, stream } = person;
    const face = { ...nobody, id, name, ordinal, held, steady: link === 'connected' };
    // What their devices do is not said of someone who is neither seen nor heard.
    return held === undefined ? { ...face, audio, video, stream } : face;
  }

  #set(state: string, on: boolean): void {
    if (on) this.#internals.states.add(state);
    else this.#internals.states.delete(state);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-tile': ReformsTile;
  }
}
