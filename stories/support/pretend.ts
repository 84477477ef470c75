// takes parts of a snapshot, gives a session that stands still in them: every state of an element, without a network.

import type { LocalDevice, MediaDevice, Participant, Session, Snapshot } from 'reforms/core';

/** A person as a painter without talent would see them; it moves a little, so that it is a video. */
function portrait(hue: number, width = 1280, height = 720): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  const draw = (time: number): void => {
    if (pen === null) return;
    const sway = Math.sin(time / 900) * width * 0.01;
    const wall = pen.createLinearGradient(0, 0, width, height);
    wall.addColorStop(0, `hsl(${hue} 35% 62%)`);
    wall.addColorStop(1, `hsl(${hue + 40} 38% 32%)`);
    pen.fillStyle = wall;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = `hsl(${hue} 28% 22%)`;
    pen.beginPath();
    pen.ellipse(width / 2 + sway, height * 1.08, height * 0.42, height * 0.46, 0, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = 'hsl(26 42% 70%)';
    pen.beginPath();
    pen.ellipse(width / 2 + sway, height * 0.44, height * 0.16, height * 0.21, 0, 0, Math.PI * 2);
    pen.fill();
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  return canvas.captureStream(12);
}

export const open: LocalDevice = {
  status: 'open',
  enabled: true,
  code: undefined,
  deviceId: '',
  label: 'Built in',
};
export const closed: LocalDevice = { ...open, status: 'closed', enabled: false };
export const refused = (code: NonNullable<LocalDevice['code']>): LocalDevice => ({
  ...closed,
  status: 'refused',
  code,
});

const devices: readonly MediaDevice[] = [
  { kind: 'audioinput', deviceId: 'm1', label: 'Built-in microphone' },
  { kind: 'audioinput', deviceId: 'm2', label: 'Headset' },
  { kind: 'videoinput', deviceId: 'c1', label: 'Built-in camera' },
];

export const callOf = (microphone: LocalDevice = open, camera: LocalDevice = open): Snapshot['call'] => ({
  microphone,
  camera,
  preview: camera.status === 'open' ? 'self' : undefined,
  devices,
});

const names: Readonly<Record<string, string>> = {
  grace: 'Grace Hopper',
  alan: 'Alan Turing',
  edsger: 'Edsger W. Dijkstra',
};

export const person = (id: string, values: Partial<Participant> = {}): Participant => ({
  id,
  name: names[id] ?? id,
  audio: true,
  video: true,
  link: 'connected',
  protection: 'link',
  sas: { emoji: [9, 24, 35, 41, 54, 60, 63], numbers: [1234, 4321, 9191] },
  stream: id,
  joinedAt: 0,
  ...values,
});

const hues: Readonly<Record<string, number>> = { self: 160, grace: 20, alan: 205, edsger: 280 };

export function pretend(parts: Partial<Snapshot>): Session {
  const snapshot: Snapshot = {
    status: 'idle',
    problem: undefined,
    room: { name: 'lesson', hasSecret: true, phase: 'joined', reachable: true },
    self: { id: 'me', name: 'Ada Lovelace' },
    people: [],
    call: callOf(),
    chat: { messages: [] },
    files: { transfers: [] },
    ...parts,
  };
  const streams = new Map<string, MediaStream>();
  return {
    snapshot,
    subscribe: () => undefined,
    observe: () => undefined,
    dispatch: () => undefined,
    stream: (handle) => {
      const known =
        streams.get(handle) ?? portrait(hues[handle] ?? 90, ...(handle === 'phone' ? [480, 854] : []));
      streams.set(handle, known);
      return known;
    },
    stats: async () => undefined,
    safetyNumber: () => '0'.repeat(60),
    forget: async () => undefined,
    close: () => undefined,
  };
}
