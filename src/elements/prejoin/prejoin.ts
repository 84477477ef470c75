// takes the call's slice before anyone joined, gives a preview, the choice of devices and a name, and the way in.

import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SessionController } from '../../controllers/index.ts';
import { button, field, surface } from '../../styles/index.ts';
import { RoomElement } from '../base/room-element.ts';
import { deviceToggle, toggleStyles } from '../controls/device-toggle.ts';
import { isOn, switchDevice } from '../controls/switch-device.ts';
import { icon } from '../icon/icon.ts';
import { deviceTroubles, missingOf, troubleIcon, type Trouble } from './device-trouble.ts';
import { prejoinStyles } from './prejoin.styles.ts';

/** A name's longest length, in UTF-16 code units; the core cuts what is longer. */
const nameLength = 64;

/**
 * What a person sees before they join: themselves, their devices, their name. `<reforms-call>` shows it by itself.
 *
 * @tag reforms-prejoin
 * @summary Preview, devices, name, and Join.
 * @attr no-shortcuts - Do not name shortcut keys in the labels.
 * @fires {ReformsMicrophoneToggledEvent} reforms-microphone-toggled - The person switched their microphone.
 * @fires {ReformsCameraToggledEvent} reforms-camera-toggled - The person switched their camera.
 * @csspart preview - The frame of the preview.
 * @csspart trouble - What keeps us from a device, and what helps.
 * @csspart name - The field for the name.
 * @csspart join-button - The way in.
 */
export class ReformsPrejoin extends RoomElement {
  static override styles = [...RoomElement.styles, button, field, surface, toggleStyles, prejoinStyles];

  /** Do not name shortcut keys in the labels. */
  @property({ type: Boolean, attribute: 'no-shortcuts' }) noShortcuts = false;

  /** The name as it is being typed; undefined until then. */
  @state() private draft: string | undefined;

  readonly #session = new SessionController(this, this.door, ({ call, self, room }) => ({
    microphone: call.microphone,
    camera: call.camera,
    name: self.name,
    hasSecret: room.hasSecret,
  }));

  protected override render() {
    const { words } = this;
    const { microphone, camera, hasSecret } = this.#session.slice;
    const missing = missingOf({ microphone, camera });
    return html`
      <div class="split">
        ${this.#renderPreview()}
        <form @submit=${this.#enter}>
          <h2>${words.ready}</h2>
          ${deviceTroubles({ microphone, camera }).map((trouble) => this.#renderTrouble(trouble))}
          ${this.#renderName()}
          <div class="devices"><reforms-device-picker></reforms-device-picker></div>
          <button class="button primary large join" part="join-button" type="submit">
            ${missing === undefined ? words.join : words.joinWithout(missing)}
          </button>
          <p class="promise small muted">
            ${icon('lock')}<span>${hasSecret ? words.joinPrivate : words.joinOpen}</span>
          </p>
        </form>
      </div>
    `;
  }

  #renderPreview() {
    const { words } = this;
    const { microphone, camera } = this.#session.slice;
    const key = (letter: string): string => (this.noShortcuts ? '' : letter);
    return html`<div class="preview" part="preview" role="group" aria-label=${words.preview}>
      <reforms-tile minimal exportparts="video:tile__video, label:tile__label"></reforms-tile>
      ${this.#renderState()}
      <div class="toggles">
        ${deviceToggle({ kind: 'microphone', device: microphone, words, key: key('m'), toggle: this.#switchMicrophone })}
        ${deviceToggle({ kind: 'camera', device: camera, words, key: key('v'), toggle: this.#switchCamera })}
      </div>
    </div>`;
  }

  #renderState() {
    const { words } = this;
    const { microphone, camera } = this.#session.slice;
    if (camera.status === 'opening' || microphone.status === 'opening')
      return html`<p class="state asking"><span class="spinner"></span>${words.permissionAsked}</p>`;
    return isOn(camera) || camera.status === 'refused'
      ? nothing
      : html`<p class="state">${words.previewOff}</p>`;
  }

  #renderTrouble({ missing, code }: Trouble) {
    const { title, help } = this.words.device[code](missing);
    return html`<div class="note danger trouble" part="trouble" role="alert">
      ${icon(troubleIcon[code])}
      <p><b>${title}.</b> ${help}</p>
      <button class="button" type="button" @click=${this.#askAgain}>
        ${icon('retry')}${this.words.retry}
      </button>
    </div>`;
  }

  #renderName() {
    const { words } = this;
    const { name } = this.#session.slice;
    return html`<div class="field">
      <label for="name">${words.nameLabel}</label>
      <input
        class="input"
        part="name"
        id="name"
        autocomplete="name"
        maxlength=${nameLength}
        dir="auto"
        placeholder=${words.namePlaceholder}
        .value=${this.draft ?? (name === this.guestName ? '' : name)}
        @input=${this.#nameMyself}
      />
    </div>`;
  }

  readonly #switchMicrophone = (): void =>
    switchDevice(this, this.#session, 'microphone', this.#session.slice.microphone);

  readonly #switchCamera = (): void =>
    switchDevice(this, this.#session, 'camera', this.#session.slice.camera);

  readonly #askAgain = (): void => {
    const { microphone, camera } = this.#session.slice;
    this.#session.dispatch({
      kind: 'open-devices',
      microphone: microphone.enabled || microphone.status === 'refused',
      camera: camera.enabled || camera.status === 'refused',
    });
  };

  readonly #nameMyself = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.draft = event.target.value;
    this.#session.dispatch({
      kind: 'set-name',
      name: this.draft.trim() === '' ? this.guestName : this.draft,
    });
  };

  readonly #enter = (event: Event): void => {
    event.preventDefault();
    void this.join();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-prejoin': ReformsPrejoin;
  }
}
