// takes a test's or a story's word for what a machine has, gives its cameras and microphones: a painted picture and a low hum.

import { no, ok } from '../errors.ts';
import type { DeviceCode, Result } from '../errors.ts';
import type {
  DeviceKind,
  DeviceOutcomes,
  DevicesPort,
  DeviceWish,
  DeviceWishes,
  MediaDevice,
} from './devices.ts';

export interface FakeDevices extends DevicesPort {
  /** From now on this device is refused with `code`; undefined: it opens again. */
  refuse(device: DeviceKind, code: DeviceCode | undefined): void;
  /** Requests wait, as before a permission prompt that nobody has answered, until the function given back is called. */
  hold(): () => void;
  plug(device: MediaDevice): void;
  /** Pulls a device out: its tracks end, as the system ends them. */
  unplug(deviceId: string): void;
  /** Every track ever given. */
  readonly tracks: readonly MediaStreamTrack[];
  /** Every request so far. */
  readonly requests: readonly DeviceWishes[];
}

const start: readonly MediaDevice[] = [
  { kind: 'audioinput', deviceId: 'microphone-1', label: 'Fake microphone' },
  { kind: 'audioinput', deviceId: 'microphone-2', label: 'Fake headset' },
  { kind: 'videoinput', deviceId: 'camera-1', label: 'Fake camera' },
  { kind: 'videoinput', deviceId: 'camera-2', label: 'Fake second camera' },
  { kind: 'audiooutput', deviceId: 'speaker-1', label: 'Fake speaker' },
];

/** Machine with two microphones and two cameras that are allowed. Everything ends with `signal`. */
export function createFakeDevices({ signal }: { readonly signal: AbortSignal }): FakeDevices {
  let devices = start;
  let gate: Promise<void> | undefined;
  let sound: AudioContext | undefined;
  const refused = new Map<DeviceKind, DeviceCode>();
  const changes = new EventTarget();
  const tracks: MediaStreamTrack[] = [];
  const requests: DeviceWishes[] = [];

  signal.addEventListener(
    'abort',
    () => {
      for (const track of tracks) track.stop();
      void sound?.close();
    },
    { once: true },
  );

  const openOne = (kind: DeviceKind, wish: DeviceWish): Result<MediaStreamTrack, DeviceCode> => {
    const code = refused.get(kind);
    if (code !== undefined) return no(code);
    const fitting = devices.filter((device) => device.kind === inputs[kind]);
    const device = fitting.find(({ deviceId }) => deviceId === wish.deviceId) ?? fitting[0];
    if (device === undefined) return no('not-found');
    sound ??= new AudioContext();
    const track = kind === 'camera' ? paint(device.label, signal) : hum(sound);
    Object.defineProperties(track, {
      label: { value: device.label },
      getSettings: { value: () => ({ deviceId: device.deviceId }) },
    });
    tracks.push(track);
    return ok(track);
  };

  return {
    tracks,
    requests,
    open: async (wishes): Promise<DeviceOutcomes> => {
      requests.push(wishes);
      await gate;
      const { microphone, camera } = wishes;
      return {
        ...(microphone && { microphone: openOne('microphone', microphone) }),
        ...(camera && { camera: openOne('camera', camera) }),
      };
    },
    list: async () => devices,
    onChange: (listener, options) => changes.addEventListener('devicechange', listener, options),
    refuse: (kind, code) => {
      if (code === undefined) refused.delete(kind);
      else refused.set(kind, code);
    },
    hold: () => {
      let release: () => void = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    plug: (device) => {
      devices = [...devices, device];
      changes.dispatchEvent(new Event('devicechange'));
    },
    unplug: (deviceId) => {
      devices = devices.filter((device) => device.deviceId !== deviceId);
      for (const track of tracks) {
        if (track.readyState === 'ended' || track.getSettings().deviceId !== deviceId) continue;
        track.stop();
        // `stop()` is the page's own doing and says nothing; the system's doing is told.
        track.dispatchEvent(new Event('ended'));
      }
      changes.dispatchEvent(new Event('devicechange'));
    },
  };
}

const inputs: { readonly [K in DeviceKind]: MediaDevice['kind'] } = {
  microphone: 'audioinput',
  camera: 'videoinput',
};

/** A disc that goes round, ten times a second: enough to see that a picture moves. */
function paint(label: string, signal: AbortSignal): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (context === null || track === undefined) throw new TypeError('no canvas');
  let turn = 0;
  const draw = (): void => {
    if (track.readyState === 'ended') return clearInterval(timer);
    turn += 0.1;
    context.fillStyle = '#234';
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = '#fc6';
    context.beginPath();
    context.arc(320 + 120 * Math.cos(turn), 180 + 120 * Math.sin(turn), 40, 0, 2 * Math.PI);
    context.fill();
    context.font = '24px sans-serif';
    context.fillText(label, 16, 340);
  };
  const timer = setInterval(draw, 100);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  draw();
  return track;
}

function hum(sound: AudioContext): MediaStreamTrack {
  const tone = new OscillatorNode(sound, { frequency: 110 });
  const volume = new GainNode(sound, { gain: 0.01 });
  const end = new MediaStreamAudioDestinationNode(sound);
  tone.connect(volume).connect(end);
  tone.start();
  const [track] = end.stream.getAudioTracks();
  if (track === undefined) throw new TypeError('no sound');
  return track;
}
