// takes what a person did in a call, gives the events by which the page hears of it.

import type { MediaDevice } from '../../core.ts';
import type { DeviceCode } from '../../core/errors.ts';
import type { DeviceKind } from '../../core/session/facts.ts';
import { ReformsEvent } from './reforms-event.ts';

/** The person switched their microphone; calls of `toggleMicrophone()` are not told. */
export class ReformsMicrophoneToggledEvent extends ReformsEvent {
  readonly enabled: boolean;

  constructor(enabled: boolean) {
    super('reforms-microphone-toggled');
    this.enabled = enabled;
  }
}

/** The person switched their camera; calls of `toggleCamera()` are not told. */
export class ReformsCameraToggledEvent extends ReformsEvent {
  readonly enabled: boolean;

  constructor(enabled: boolean) {
    super('reforms-camera-toggled');
    this.enabled = enabled;
  }
}

/** The person chose another device. */
export class ReformsDeviceChangedEvent extends ReformsEvent {
  readonly kind: MediaDevice['kind'];
  /** Empty for the system's default. */
  readonly deviceId: string;

  constructor(kind: MediaDevice['kind'], deviceId: string) {
    super('reforms-device-changed');
    this.kind = kind;
    this.deviceId = deviceId;
  }
}

/** The browser, the system or the person did not let us use a device. */
export class ReformsPermissionDeniedEvent extends ReformsEvent {
  readonly device: DeviceKind;
  readonly code: DeviceCode;

  constructor(device: DeviceKind, code: DeviceCode) {
    super('reforms-permission-denied');
    this.device = device;
    this.code = code;
  }
}

declare global {
  interface HTMLElementEventMap {
    'reforms-microphone-toggled': ReformsMicrophoneToggledEvent;
    'reforms-camera-toggled': ReformsCameraToggledEvent;
    'reforms-device-changed': ReformsDeviceChangedEvent;
    'reforms-permission-denied': ReformsPermissionDeniedEvent;
  }
}
