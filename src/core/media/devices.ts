// takes wishes for a microphone and a camera, gives tracks or a code for each. The one file that knows `navigator.mediaDevices`.

import { no, ok, type DeviceCode, type Result } from '../errors.ts';

export type DeviceKind = 'microphone' | 'camera';

/** One input or output that the browser lists. `label` is empty until permission was given. */
export interface DeviceInfo {
  readonly kind: 'audioinput' | 'videoinput' | 'audiooutput';
  readonly deviceId: string;
  readonly label: string;
}

/** Which devices to open; `''` is the system's default. */
export interface DeviceWish {
  readonly microphone?: string;
  readonly camera?: string;
}

export type DeviceOutcome = { readonly [K in DeviceKind]?: Result<MediaStreamTrack, DeviceCode> };

/** Cameras and microphones as a port; `fake-devices.ts` is the other end of it. */
export interface DevicesPort {
  /** Never rejects. One question for both where both are wished; each has an outcome of its own. */
  open(wish: DeviceWish): Promise<DeviceOutcome>;
  list(): Promise<readonly DeviceInfo[]>;
  onChange(listener: () => void, options: { readonly signal: AbortSignal }): void;
}

const microphoneConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const cameraConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** The browser's own devices. */
export function systemDevices(): DevicesPort {
  // Absent on an insecure page; its type says otherwise.
  const devices: MediaDevices | undefined = globalThis.navigator?.mediaDevices;

  const ask = async (wish: DeviceWish): Promise<MediaStream> =>
    devices.getUserMedia({
      audio: wish.microphone !== undefined && { ...microphoneConstraints, ...exactly(wish.microphone) },
      video: wish.camera !== undefined && { ...cameraConstraints, ...exactly(wish.camera) },
    });

  async function openOne(device: DeviceKind, id: string): Promise<Result<MediaStreamTrack, DeviceCode>> {
    try {
      const [track] = (await ask({ [device]: id })).getTracks();
      return track === undefined ? no('not-found') : ok(track);
    } catch (error) {
      const code = deviceCode(device, error);
      // The remembered device is gone: any other is better than none.
      if (id !== '' && (code === 'constraints' || code === 'not-found')) return openOne(device, '');
      return no(code);
    }
  }

  return {
    async open(wish) {
      if (devices === undefined) return each(wish, () => Promise.resolve(no('undefined-mediadevices')));
      if (wish.microphone !== undefined && wish.camera !== undefined) {
        try {
          const stream = await ask(wish);
          const [microphone] = stream.getAudioTracks();
          const [camera] = stream.getVideoTracks();
          if (microphone !== undefined && camera !== undefined)
            return { microphone: ok(microphone), camera: ok(camera) };
          for (const track of stream.getTracks()) track.stop();
        } catch (error) {
          // One question was refused: a second one would only nag.
          if (error instanceof DOMException && error.name === 'NotAllowedError')
            return (
              (await settled(wish, openOne)) ?? { microphone: no('permissions'), camera: no('permissions') }
            );
        }
      }
      return each(wish, openOne);
    },
    list: async () =>
      ((await devices?.enumerateDevices()) ?? []).map(({ kind, deviceId, label }) => ({
        kind,
        deviceId,
        label,
      })),
    onChange: (listener, { signal }) => devices?.addEventListener('devicechange', listener, { signal }),
  };
}

const exactly = (deviceId: string): MediaTrackConstraints =>
  deviceId === '' ? {} : { deviceId: { exact: deviceId } };

async function each(
  wish: DeviceWish,
  open: (device: DeviceKind, id: string) => Promise<Result<MediaStreamTrack, DeviceCode>>,
): Promise<DeviceOutcome> {
  // One after the other: some browsers refuse a second question while the first is open.
  const microphone = wish.microphone === undefined ? undefined : await open('microphone', wish.microphone);
  const camera = wish.camera === undefined ? undefined : await open('camera', wish.camera);
  return { ...(microphone && { microphone }), ...(camera && { camera }) };
}

/** A page may hold one permission and not the other; only then is it worth asking for each alone. */
async function settled(
  wish: DeviceWish,
  open: (device: DeviceKind, id: string) => Promise<Result<MediaStreamTrack, DeviceCode>>,
): Promise<DeviceOutcome | undefined> {
  const states = await Promise.all([permission('microphone'), permission('camera')]);
  return states.includes('granted') ? each(wish, open) : undefined;
}

async function permission(name: DeviceKind): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return undefined;
  }
}

/** Media Capture and Streams §10.3, in our codes. */
export function deviceCode(device: DeviceKind, error: unknown): DeviceCode {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permissions';
    case 'NotFoundError':
      return 'not-found';
    case 'NotReadableError':
    case 'AbortError':
      return device === 'camera' ? 'cam-in-use' : 'mic-in-use';
    case 'OverconstrainedError':
      return 'constraints';
    case 'InvalidStateError':
    case 'TypeError':
      return 'undefined-mediadevices';
    default:
      return 'not-found';
  }
}
