// takes a wish for a microphone and a camera, gives a live track of each, or the reason why there is none. The only file that knows `navigator.mediaDevices`.

import { no, ok, ReformsError } from '../errors.ts';
import type { DeviceCode, Result } from '../errors.ts';

export type DeviceKind = 'microphone' | 'camera';

/** `deviceId`: `''` for the system's choice. */
export interface DeviceWish {
  readonly deviceId: string;
}

/** Which devices to open. */
export type DeviceWishes = { readonly [K in DeviceKind]?: DeviceWish };

/** One outcome for each device that was asked for. */
export type DeviceOutcomes = { readonly [K in DeviceKind]?: Result<MediaStreamTrack, DeviceCode> };

export interface MediaDevice {
  readonly kind: 'audioinput' | 'videoinput' | 'audiooutput';
  readonly deviceId: string;
  /** Empty until the person has allowed a device of that kind. */
  readonly label: string;
}

/** The machine's cameras and microphones. */
export interface DevicesPort {
  /** Asks for all of them at once, so that the person is asked once. Never rejects. */
  open(wishes: DeviceWishes): Promise<DeviceOutcomes>;
  /** Never rejects; empty where nothing may be listed. */
  list(): Promise<readonly MediaDevice[]>;
  /** Calls when a device was plugged in or out. */
  onChange(listener: () => void, options: { readonly signal: AbortSignal }): void;
}

/** The browser's own. Touches nothing before its first method is called. */
export function systemDevices(): DevicesPort {
  return { open, list, onChange };
}

async function open(wishes: DeviceWishes): Promise<DeviceOutcomes> {
  const { microphone, camera } = wishes;
  if (microphone === undefined || camera === undefined) {
    return {
      ...(microphone && { microphone: await openOne('microphone', microphone) }),
      ...(camera && { camera: await openOne('camera', camera) }),
    };
  }
  const both = await ask('microphone', { audio: audio(microphone), video: video(camera) });
  if (both.ok) {
    return { microphone: first(both.value.getAudioTracks()), camera: first(both.value.getVideoTracks()) };
  }
  // What is wrong with one must not cost the other.
  return { microphone: await openOne('microphone', microphone), camera: await openOne('camera', camera) };
}

async function openOne(kind: DeviceKind, wish: DeviceWish): Promise<Result<MediaStreamTrack, DeviceCode>> {
  const stream = await ask(
    kind,
    kind === 'microphone' ? { audio: audio(wish), video: false } : { audio: false, video: video(wish) },
  );
  if (stream.ok) return first(stream.value.getTracks());
  // The remembered device is gone: any other will do.
  return stream.reason === 'constraints' && wish.deviceId !== '' ? openOne(kind, { deviceId: '' }) : stream;
}

async function ask(
  kind: DeviceKind,
  constraints: MediaStreamConstraints,
): Promise<Result<MediaStream, DeviceCode>> {
  const devices = mediaDevices();
  if (devices === undefined) return no('undefined-mediadevices');
  try {
    return ok(await devices.getUserMedia(constraints));
  } catch (error) {
    return no(deviceCode(kind, error));
  }
}

async function list(): Promise<readonly MediaDevice[]> {
  try {
    const devices = (await mediaDevices()?.enumerateDevices()) ?? [];
    return devices.map(({ kind, deviceId, label }) => ({ kind, deviceId, label }));
  } catch {
    // The page may not know (Permissions Policy): it shows no choice then.
    return [];
  }
}

function onChange(listener: () => void, { signal }: { readonly signal: AbortSignal }): void {
  mediaDevices()?.addEventListener('devicechange', listener, { signal });
}

/** Missing in insecure contexts, whatever the types say. */
const mediaDevices = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices;

const exactly = ({ deviceId }: DeviceWish): MediaTrackConstraints =>
  deviceId === '' ? {} : { deviceId: { exact: deviceId } };

const audio = (wish: DeviceWish): MediaTrackConstraints => ({
  ...exactly(wish),
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
});

const video = (wish: DeviceWish): MediaTrackConstraints => ({
  ...exactly(wish),
  width: { ideal: 1_280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
});

const first = ([track]: MediaStreamTrack[]): Result<MediaStreamTrack, DeviceCode> =>
  track === undefined ? no('not-found') : ok(track);

/** Names of W3C Media Capture and Streams §10.2 (`getUserMedia`), as codes. */
function deviceCode(kind: DeviceKind, error: unknown): DeviceCode {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permissions';
    case 'NotFoundError':
      return 'not-found';
    case 'OverconstrainedError':
      return 'constraints';
    case 'TypeError':
    case 'InvalidStateError':
      return 'undefined-mediadevices';
    default:
      // NotReadableError, AbortError: another program has it, or it does not start.
      return kind === 'camera' ? 'cam-in-use' : 'mic-in-use';
  }
}

/** The camera that looks away from the person, to read a code with; its track is the caller's to stop. Rejects with a device's code. */
export async function openScanCamera(): Promise<MediaStream> {
  const opened = await ask('camera', { audio: false, video: { facingMode: 'environment' } });
  if (!opened.ok) throw new ReformsError(opened.reason);
  return opened.value;
}
