// takes the call's slice, gives its toolbar: microphone, camera, settings, leave.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { RovingFocus, SessionController } from '../../controllers/index.ts';
import { button, token } from '../../styles/index.ts';
import { dialog, dialogStyles, showDialog } from '../base/dialog.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';
import { deviceToggle, toggleStyles } from './device-toggle.ts';
import { switchDevice } from './switch-device.ts';

/**
 * The toolbar of a call. One stop for Tab; arrow keys move inside it.
 *
 * @tag reforms-controls
 * @summary Microphone, camera, settings and leave.
 * @attr no-shortcuts - Do not name shortcut keys in the labels.
 * @slot - More buttons of the page, between settings and leave.
 * @fires {ReformsMicrophoneToggledEvent} reforms-microphone-toggled - The person switched their microphone.
 * @fires {ReformsCameraToggledEvent} reforms-camera-toggled - The person switched their camera.
 * @csspart toolbar - The row of buttons.
 * @csspart button - Each button.
 * @csspart microphone-button - Switches the microphone.
 * @csspart camera-button - Switches the camera.
 * @csspart settings-button - Opens the choice of devices.
 * @csspart leave-button - Leaves the call.
 */
export class ReformsControls extends RoomElement {
  static override styles = [
    ...RoomElement.styles,
    button,
    dialogStyles,
    toggleStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }

      [role='toolbar'] {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--_space-3);
      }

      .leave {
        --_target: 3.25rem;
        padding-inline: 1.375rem;
        position: relative;
      }

      .leave svg {
        font-size: 1.1875rem;
      }

      @container (max-width: 26rem) {
        [role='toolbar'] {
          gap: var(--_space-2);
        }

        .leave {
          padding: 0;
          inline-size: var(--_target);
        }

        .leave .word {
          display: none;
        }
      }

      .settings {
        color: ${token.text};
      }
    `,
  ];

  /** Do not name shortcut keys in the labels. */
  @property({ type: Boolean, attribute: 'no-shortcuts' }) noShortcuts = false;

  readonly #session = new SessionController(this, this.door, ({ call }) => ({
    microphone: call.microphone,
    camera: call.camera,
  }));
  readonly #roving = new RovingFocus(this);

  /** Opens the choice of camera and microphone. */
  openSettings(): void {
    showDialog(this.shadowRoot, 'settings');
  }

  protected override render() {
    const { words } = this;
    const { microphone, camera } = this.#session.slice;
    const key = (letter: string): string => (this.noShortcuts ? '' : letter);
    return html`
      <div
        role="toolbar"
        part="toolbar"
        aria-label=${words.controls}
        @keydown=${this.#roving.move}
        @focusin=${this.#roving.remember}
      >
        ${deviceToggle({ kind: 'microphone', device: microphone, words, key: key('m'), toggle: this.#switchMicrophone })}
        ${deviceToggle({ kind: 'camera', device: camera, words, key: key('v'), toggle: this.#switchCamera })}
        <button
          class="button round toggle settings"
          part="button settings-button"
          type="button"
          aria-label=${words.settings}
          aria-haspopup="dialog"
          data-tip=${words.settings}
          @click=${this.#openDevices}
        >
          ${icon('settings')}
        </button>
        <slot></slot>
        <button
          class="button danger leave"
          part="button leave-button"
          type="button"
          aria-label=${words.leave}
          @click=${this.#hangUp}
        >
          ${icon('leave')}<span class="word">${words.leave}</span>
        </button>
      </div>
      ${dialog({
        id: 'settings',
        title: words.settings,
        close: words.close,
        body: html`<reforms-device-picker></reforms-device-picker>`,
      })}
    `;
  }

  readonly #switchMicrophone = (): void =>
    switchDevice(this, this.#session, 'microphone', this.#session.slice.microphone);

  readonly #switchCamera = (): void =>
    switchDevice(this, this.#session, 'camera', this.#session.slice.camera);

  readonly #openDevices = (): void => this.openSettings();

  readonly #hangUp = (): void => this.leave();
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-controls': ReformsControls;
  }
}
