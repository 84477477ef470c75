// takes nothing, gives the shape of one's own microphone and camera as a session sees them.

import type { DeviceCode } from '../errors.ts';
import type { TrackSlot } from '../transport/port.ts';
import type { DeviceKind, DevicesPort, MediaDevice } from './devices.ts';

/** What happened, in the shape of the session's facts. */
export type MediaReport =
  | { readonly kind: 'device-opening'; readonly device: DeviceKind }
  | {
      readonly kind: 'device-opened';
      readonly device: DeviceKind;
      readonly deviceId: string;
      readonly label: string;
    }
  | { readonly kind: 'device-closed'; readonly device: DeviceKind }
  | { readonly kind: 'device-refused'; readonly device: DeviceKind; readonly code: DeviceCode }
  /** `stream`: the preview's id. */
  | { readonly kind: 'preview-changed'; readonly stream: string | undefined }
  | { readonly kind: 'devices-listed'; readonly devices: readonly MediaDevice[] }
  /** Another device was chosen and cannot be had; the one before goes on. */
  | {
      readonly kind: 'error-raised';
      readonly code: DeviceCode;
      readonly fatal: false;
      readonly from: undefined;
    };

export interface LocalMediaOptions {
  readonly devices: DevicesPort;
  readonly report: (report: MediaReport) => void;
  /** What is to be sent in a slot now; a muted microphone is sent, silent. */
  readonly onTrack: (slot: TrackSlot, track: MediaStreamTrack | null) => void;
  /** Ends everything; every track is stopped. */
  readonly signal: AbortSignal;
}

/** Own microphone and camera. Every call says what is wanted from now on; the last one counts. */
export interface LocalMedia {
  /** As `enable` for both, but the person is asked for both at once. */
  open(wanted: { readonly microphone: boolean; readonly camera: boolean }): void;
  /**
   * On: opens the device, unmutes the microphone. Off: mutes the microphone (it stays open), stops the camera (its
   * light goes off). Off takes effect before this returns.
   */
  enable(device: DeviceKind, on: boolean): void;
  /** Another device, now or when it is next opened; `''` for the system's choice. */
  choose(device: DeviceKind, deviceId: string): void;
  track(slot: TrackSlot): MediaStreamTrack | null;
  /** Own camera, while it is open; the same object when the camera is changed. */
  readonly preview: MediaStream | undefined;
  /** Stops both devices; they may be opened again. */
  close(): void;
}
