// takes wishes for one's own microphone and camera, gives their tracks and what became of them.

import type { DeviceCode } from '../errors.ts';
import type { TrackSlot } from '../transport/port.ts';
import type { DeviceKind, DeviceWish, MediaDevice } from './devices.ts';
import type { LocalMedia, LocalMediaOptions } from './media-port.ts';

export type { LocalMedia, LocalMediaOptions, MediaReport } from './media-port.ts';

const kinds = ['microphone', 'camera'] as const;
const slots: { readonly [K in DeviceKind]: TrackSlot } = { microphone: 'audio', camera: 'video' };
const inputs: { readonly [K in DeviceKind]: MediaDevice['kind'] } = {
  microphone: 'audioinput',
  camera: 'videoinput',
};

/** Wanted and actual state of one device. */
interface Device {
  readonly kind: DeviceKind;
  wanted: 'closed' | 'muted' | 'on';
  /** The choice, and the choice that `track` was opened for. */
  chosen: string;
  openedFor: string;
  track: MediaStreamTrack | undefined;
  told: 'closed' | 'opening' | 'open' | 'refused';
}

/** Opens nothing and listens to nothing before it is asked to. */
export function createLocalMedia(options: LocalMediaOptions): LocalMedia {
  return new Media(options);
}

class Media implements LocalMedia {
  readonly #options: LocalMediaOptions;
  readonly #devices = { microphone: closedDevice('microphone'), camera: closedDevice('camera') };
  #preview: MediaStream | undefined;
  #opening = false;
  #listening = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.close(), { once: true });
  }

  get preview(): MediaStream | undefined {
    return this.#preview;
  }

  track(slot: TrackSlot): MediaStreamTrack | null {
    return this.#devices[slot === 'audio' ? 'microphone' : 'camera'].track ?? null;
  }

  open({ microphone, camera }: { readonly microphone: boolean; readonly camera: boolean }): void {
    this.#want(this.#devices.microphone, microphone);
    this.#want(this.#devices.camera, camera);
    void this.#settle();
  }

  enable(kind: DeviceKind, on: boolean): void {
    this.#want(this.#devices[kind], on);
    void this.#settle();
  }

  choose(kind: DeviceKind, deviceId: string): void {
    this.#devices[kind].chosen = deviceId;
    void this.#settle();
  }

  close(): void {
    for (const kind of kinds) this.#shut(this.#devices[kind]);
  }

  #want(device: Device, on: boolean): void {
    if (this.#options.signal.aborted) return;
    if (on) device.wanted = 'on';
    else if (device.kind === 'camera') this.#shut(device);
    else if (device.wanted === 'on') device.wanted = 'muted';
    if (device.track !== undefined) device.track.enabled = device.wanted === 'on';
  }

  /** Opens what is wanted and not there, one request at a time, until nothing is left to do. */
  async #settle(): Promise<void> {
    const { devices, report } = this.#options;
    // A request that is on its way is for this device too, if it was closed and is wanted again.
    const lacking = kinds.map((kind) => this.#devices[kind]).filter(isLacking);
    for (const device of lacking) if (device.told !== 'opening') this.#tell(device, 'opening');
    if (this.#opening || lacking.length === 0) return;
    this.#opening = true;
    this.#listen();
    const wishes: { [K in DeviceKind]?: DeviceWish } = {};
    for (const { kind, chosen } of lacking) wishes[kind] = { deviceId: chosen };
    const outcomes = await devices.open(wishes);
    for (const device of lacking) {
      const outcome = outcomes[device.kind];
      const asked = wishes[device.kind]?.deviceId ?? '';
      if (outcome?.ok) this.#adopt(device, outcome.value, asked);
      // Closed or chosen anew in the meantime: that it failed is of no interest any more.
      else if (isLacking(device) && device.chosen === asked)
        this.#refuse(device, outcome?.reason ?? 'not-found');
    }
    void devices.list().then((list) => this.#alive && report({ kind: 'devices-listed', devices: list }));
    this.#opening = false;
    await this.#settle();
  }

  #adopt(device: Device, track: MediaStreamTrack, openedFor: string): void {
    if (device.wanted === 'closed') return track.stop();
    const before = device.track;
    device.track = track;
    device.openedFor = openedFor;
    track.enabled = device.wanted === 'on';
    track.onended = () => void this.#lost(device, track);
    this.#show(device, before);
    before?.stop();
    this.#tellOpen(device, track);
  }

  #refuse(device: Device, code: DeviceCode): void {
    if (device.track === undefined) {
      device.wanted = 'closed';
      device.told = 'refused';
      return this.#options.report({ kind: 'device-refused', device: device.kind, code });
    }
    // Some machines run one camera at a time: the next request goes out with the old one closed.
    if (code === 'cam-in-use' || code === 'mic-in-use') return this.#release(device);
    device.chosen = device.openedFor;
    this.#options.report({ kind: 'error-raised', code, fatal: false, from: undefined });
    this.#tellOpen(device, device.track);
  }

  /** The system ended a track. Where the device was pulled out and there is another, that one takes over. */
  async #lost(device: Device, track: MediaStreamTrack): Promise<void> {
    const { devices, report } = this.#options;
    if (device.track !== track) return;
    const { deviceId } = track.getSettings();
    this.#release(device);
    this.#tell(device, 'closed');
    const list = await devices.list();
    if (!this.#alive) return;
    report({ kind: 'devices-listed', devices: list });
    if (device.wanted === 'closed' || device.told !== 'closed') return;
    const left = list.filter(({ kind }) => kind === inputs[device.kind]);
    const isThere = left.some((other) => other.deviceId === deviceId);
    if (left.length > 0 && !isThere && left.some(({ label }) => label !== '')) {
      device.chosen = '';
      return this.#settle();
    }
    this.#refuse(device, lossCode(device.kind, left));
  }

  #shut(device: Device): void {
    device.wanted = 'closed';
    this.#release(device);
    if (device.told === 'open' || device.told === 'opening') this.#tell(device, 'closed');
  }

  /** Stops the track, if there is one. */
  #release(device: Device): void {
    const { track } = device;
    if (track === undefined) return;
    device.track = undefined;
    track.stop();
    this.#show(device, track);
  }

  /** Sends and shows the device's track in place of the one before. */
  #show(device: Device, before: MediaStreamTrack | undefined): void {
    const { onTrack, report } = this.#options;
    onTrack(slots[device.kind], device.track ?? null);
    if (device.kind === 'microphone') return;
    const stream = device.track && (this.#preview ?? new MediaStream());
    if (device.track) stream?.addTrack(device.track);
    if (before) stream?.removeTrack(before);
    if (stream === this.#preview) return;
    this.#preview = stream;
    report({ kind: 'preview-changed', stream: stream?.id });
  }

  #tell(device: Device, told: 'opening' | 'closed'): void {
    device.told = told;
    this.#options.report({ kind: `device-${told}`, device: device.kind });
  }

  #tellOpen(device: Device, track: MediaStreamTrack): void {
    const { deviceId = '' } = track.getSettings();
    device.told = 'open';
    this.#options.report({ kind: 'device-opened', device: device.kind, deviceId, label: track.label });
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    const { devices, report, signal } = this.#options;
    const list = (): void =>
      void devices.list().then((found) => this.#alive && report({ kind: 'devices-listed', devices: found }));
    devices.onChange(list, { signal });
  }

  get #alive(): boolean {
    return !this.#options.signal.aborted;
  }
}

const isLacking = ({ wanted, track, openedFor, chosen }: Device): boolean =>
  wanted !== 'closed' && (track === undefined || openedFor !== chosen);

function lossCode(kind: DeviceKind, left: readonly MediaDevice[]): DeviceCode {
  if (left.length === 0) return 'not-found';
  // A browser takes the labels back with the permission.
  if (left.every(({ label }) => label === '')) return 'permissions';
  return kind === 'camera' ? 'cam-in-use' : 'mic-in-use';
}

const closedDevice = (kind: DeviceKind): Device => ({
  kind,
  wanted: 'closed',
  chosen: '',
  openedFor: '',
  track: undefined,
  told: 'closed',
});
