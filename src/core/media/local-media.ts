// takes wishes and a devices port, gives our own two tracks and facts about them.

import type { DeviceCode } from '../errors.ts';
import type { TrackSlot } from '../transport/port.ts';
import type { DeviceInfo, DeviceKind, DevicesPort } from './devices.ts';

export type MediaFact =
  | { readonly kind: 'device-wanted'; readonly device: DeviceKind; readonly enabled: boolean }
  | { readonly kind: 'device-opening'; readonly device: DeviceKind }
  | {
      readonly kind: 'device-opened';
      readonly device: DeviceKind;
      readonly deviceId: string;
      readonly label: string;
    }
  | { readonly kind: 'device-closed'; readonly device: DeviceKind }
  | { readonly kind: 'device-refused'; readonly device: DeviceKind; readonly code: DeviceCode }
  | { readonly kind: 'preview-changed'; readonly stream: string | undefined }
  | { readonly kind: 'devices-listed'; readonly devices: readonly DeviceInfo[] };

export interface LocalMediaOptions {
  readonly devices: DevicesPort;
  readonly report: (fact: MediaFact) => void;
  /** What is to be sent in a slot from now on; null: nothing. */
  readonly onTrack: (slot: TrackSlot, track: MediaStreamTrack | null) => void;
  readonly signal: AbortSignal;
}

export interface LocalMedia {
  /** Opens both at once where both are wished, so that the person is asked once; closes what is not wished. */
  open(wish: { readonly [K in DeviceKind]: boolean }): void;
  /** A microphone is muted and unmuted in place; a camera is stopped, so that its light goes off, and opened again. */
  enable(device: DeviceKind, enabled: boolean): void;
  /** Another device of the kind; the old track is sent until the new one is there. `''` is the default. */
  choose(device: DeviceKind, deviceId: string): void;
  /** The live track of a slot, or null. */
  track(slot: TrackSlot): MediaStreamTrack | null;
  /** The camera alone, while it is open. */
  readonly preview: MediaStream | undefined;
  /** Stops both; wishes are kept. */
  close(): void;
}

interface Device {
  wanted: boolean;
  deviceId: string;
  track: MediaStreamTrack | undefined;
}

const slots = { microphone: 'audio', camera: 'video' } as const;
const kinds = ['microphone', 'camera'] as const;

/** All work on the devices is done one piece after the other, each for the wish as it is by then: the last wish wins. */
export function createLocalMedia({ devices, report, onTrack, signal }: LocalMediaOptions): LocalMedia {
  const state: Record<DeviceKind, Device> = {
    microphone: { wanted: false, deviceId: '', track: undefined },
    camera: { wanted: false, deviceId: '', track: undefined },
  };
  let preview: MediaStream | undefined;
  let previews = 0;
  let work = Promise.resolve();

  const settle = (replace: DeviceKind | undefined = undefined): void => {
    work = work.then(() => (signal.aborted ? undefined : bringAbout(replace)));
  };

  async function bringAbout(replace: DeviceKind | undefined): Promise<void> {
    const missing = kinds.filter((kind) => state[kind].wanted && (!state[kind].track || kind === replace));
    for (const kind of kinds) if (!state[kind].wanted && (kind === 'camera' || closing)) stop(kind);
    if (missing.length === 0) return;
    for (const device of missing) report({ kind: 'device-opening', device });
    const outcome = await devices.open(
      Object.fromEntries(missing.map((kind) => [kind, state[kind].deviceId])) as {
        [K in DeviceKind]?: string;
      },
    );
    for (const device of missing) {
      const result = outcome[device];
      if (result?.ok) adopt(device, result.value);
      else if (!signal.aborted) refuse(device, result?.reason ?? 'not-found');
    }
    await list();
  }

  let closing = false;

  function adopt(device: DeviceKind, track: MediaStreamTrack): void {
    const own = state[device];
    // The wish may be over by now: nothing may stay on that nobody asked for.
    if (signal.aborted || closing || (device === 'camera' && !own.wanted)) return track.stop();
    own.track?.stop();
    own.track = track;
    track.enabled = own.wanted;
    track.addEventListener('ended', () => lose(device, track), { signal, once: true });
    onTrack(slots[device], track);
    if (device === 'camera') showPreview(new MediaStream([track]));
    report({
      kind: 'device-opened',
      device,
      deviceId: track.getSettings().deviceId ?? own.deviceId,
      label: track.label,
    });
  }

  /** The system took the device away: unplugged, or another program has it. */
  function lose(device: DeviceKind, track: MediaStreamTrack): void {
    if (state[device].track !== track) return;
    forget(device);
    state[device].wanted = false;
    report({ kind: 'device-wanted', device, enabled: false });
    report({ kind: 'device-refused', device, code: device === 'camera' ? 'cam-in-use' : 'mic-in-use' });
    settle();
  }

  function refuse(device: DeviceKind, code: DeviceCode): void {
    // A device that could not be exchanged goes on as it was.
    if (state[device].track !== undefined) return;
    state[device].wanted = false;
    report({ kind: 'device-refused', device, code });
  }

  function stop(device: DeviceKind): void {
    if (state[device].track === undefined) return;
    state[device].track?.stop();
    forget(device);
    report({ kind: 'device-closed', device });
  }

  function forget(device: DeviceKind): void {
    state[device].track = undefined;
    onTrack(slots[device], null);
    if (device === 'camera') showPreview(undefined);
  }

  function showPreview(stream: MediaStream | undefined): void {
    preview = stream;
    previews += 1;
    report({ kind: 'preview-changed', stream: stream && `preview-${previews}` });
  }

  async function list(): Promise<void> {
    const found = await devices.list();
    if (!signal.aborted) report({ kind: 'devices-listed', devices: found });
  }

  devices.onChange(() => void list(), { signal });
  signal.addEventListener('abort', () => kinds.forEach(stop), { once: true });

  return {
    open: (wish) => {
      closing = false;
      for (const kind of kinds) state[kind].wanted = wish[kind];
      settle();
    },
    enable: (device, enabled) => {
      closing = false;
      const own = state[device];
      own.wanted = enabled;
      if (own.track !== undefined) own.track.enabled = enabled;
      settle();
    },
    choose: (device, deviceId) => {
      state[device].deviceId = deviceId;
      if (state[device].track !== undefined) settle(device);
    },
    track: (slot) => state[slot === 'audio' ? 'microphone' : 'camera'].track ?? null,
    get preview() {
      return preview;
    },
    close: () => {
      closing = true;
      kinds.forEach(stop);
    },
  };
}
