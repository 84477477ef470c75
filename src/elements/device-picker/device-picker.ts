// takes the list of devices, gives a menu for each kind and the person's choice.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { SessionController } from '../../controllers/index.ts';
import { field } from '../../styles/index.ts';
import { text } from '../base/attributes.ts';
import { RoomElement } from '../base/room-element.ts';
import { ReformsDeviceChangedEvent } from '../events/call-events.ts';
import { emit } from '../events/emit.ts';
import { icon } from '../icon/icon.ts';
import { deviceOptions } from './device-options.ts';

/**
 * Menus for the microphone and the camera. Native menus: they are what a phone, a screen reader and a keyboard know.
 *
 * @tag reforms-device-picker
 * @summary Choose a microphone and a camera.
 * @attr kind - `microphone` or `camera`, to show one menu only.
 * @fires {ReformsDeviceChangedEvent} reforms-device-changed - The person chose another device.
 * @csspart field - A menu and its label.
 * @csspart select - A menu.
 */
export class ReformsDevicePicker extends RoomElement {
  static override styles = [
    ...RoomElement.styles,
    field,
    css`
      :host {
        display: grid;
        gap: var(--_space-4);
      }
    `,
  ];

  /** Which menu to show; empty: both. */
  @property(text()) kind: '' | 'microphone' | 'camera' = '';

  readonly #session = new SessionController(this, this.door, ({ call }) => ({
    devices: call.devices,
    microphone: call.microphone,
    camera: call.camera,
  }));

  protected override render() {
    return [
      this.kind === 'camera' ? [] : this.#renderMenu('microphone', this.#chooseMicrophone),
      this.kind === 'microphone' ? [] : this.#renderMenu('camera', this.#chooseCamera),
    ];
  }

  #renderMenu(device: 'microphone' | 'camera', choose: (event: Event) => void) {
    const { words } = this;
    const { devices, [device]: chosen } = this.#session.slice;
    const kind = device === 'microphone' ? 'audioinput' : 'videoinput';
    const options = deviceOptions(devices, kind, chosen, {
      kind: words[device],
      systemDefault: words.systemDefault,
      numbered: words.numberedDevice,
    });
    return html`<div class="field" part="field">
      <label for=${device}>${words[device]}</label>
      <div class="select-frame">
        <select class="select" part="select" id=${device} ?disabled=${options.length < 2} @change=${choose}>
          ${options.map(
            ({ value, label, selected }) =>
              html`<option value=${value} .selected=${selected}>${label}</option>`,
          )}
        </select>
        ${icon('chevron')}
      </div>
    </div>`;
  }

  readonly #chooseMicrophone = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.#session.dispatch({ kind: 'choose-microphone', deviceId: event.target.value });
    emit(this, new ReformsDeviceChangedEvent('audioinput', event.target.value));
  };

  readonly #chooseCamera = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.#session.dispatch({ kind: 'choose-camera', deviceId: event.target.value });
    emit(this, new ReformsDeviceChangedEvent('videoinput', event.target.value));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-device-picker': ReformsDevicePicker;
  }
}
