// takes nothing, gives the parts around a session as a test can see them: a connection, devices and a page that note what they are told.

import type { Frame } from '../../src/protocol/frame.ts';
import type { DeviceKind } from '../../src/core/media/devices.ts';
import type { LocalMedia } from '../../src/core/media/local-media.ts';
import type {
  Connection,
  ConnectionOptions,
  OpenConnection,
} from '../../src/core/session/connection-port.ts';
import type { Session, SessionConfig } from '../../src/core/session/session-port.ts';
import type { Fact } from '../../src/core/session/facts.ts';

export const config: SessionConfig = {
  room: 'hello',
  secret: new Uint8Array(32).fill(7),
  servers: ['https://one.example/'],
  displayName: 'Ada',
  identity: 'ephemeral',
  iceServers: [],
  relayOnly: false,
  transport: undefined,
};

/** A connection that does nothing but note each call, e.g. `judge ada true`. */
export interface FakeConnection extends Connection {
  readonly calls: string[];
  readonly frames: Frame[];
  /** Whom `send` reaches. */
  reached: readonly string[];
  readonly streams: Map<string, MediaStream>;
}

export function fakeConnection(): FakeConnection {
  const calls: string[] = [];
  const frames: Frame[] = [];
  const streams = new Map<string, MediaStream>();
  const note =
    (name: string) =>
    (...values: readonly unknown[]): void => {
      const words = values.map((value) => (value instanceof FileSystemHandle ? value.name : String(value)));
      calls.push([name, ...words].join(' '));
    };
  const connection: FakeConnection = {
    calls,
    frames,
    streams,
    reached: [],
    send: (frame, to) => {
      frames.push(frame);
      return to === undefined ? connection.reached : connection.reached.filter((id) => to.includes(id));
    },
    tellProfile: note('tellProfile'),
    sendTrack: (slot, track) => note('sendTrack')(slot, track === null ? 'off' : 'on'),
    offerFiles: (files, to) => note('offerFiles')(files.map(({ name }) => name).join('+'), to ?? 'all'),
    acceptFile: note('acceptFile'),
    rejectFile: note('rejectFile'),
    cancelFile: note('cancelFile'),
    judge: note('judge'),
    stream: (handle) => streams.get(handle),
    stats: async () => undefined,
    safetyNumber: () => '0'.repeat(60),
    leave: note('leave'),
  };
  return connection;
}

/** The door to connections, opened and shut by hand. */
export interface FakeDoor {
  readonly open: OpenConnection;
  /** Every call so far, with what it was given. */
  readonly asked: {
    readonly options: ConnectionOptions;
    readonly resolve: (connection: Connection) => Promise<void>;
    readonly reject: (error: unknown) => Promise<void>;
  }[];
}

export function fakeDoor(): FakeDoor {
  const asked: FakeDoor['asked'] = [];
  return {
    asked,
    open: (options) =>
      new Promise((resolve, reject) => {
        asked.push({
          options,
          resolve: (connection) => (resolve(connection), settled()),
          reject: (error) => (reject(error), settled()),
        });
      }),
  };
}

/** Resolves when all that waits for a promise kept by now has run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Local media that notes each call. */
export function fakeMedia(): LocalMedia & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    open: ({ microphone, camera }) => calls.push(`open ${microphone} ${camera}`),
    enable: (device: DeviceKind, on) => calls.push(`enable ${device} ${on}`),
    choose: (device: DeviceKind, deviceId) => calls.push(`choose ${device} ${deviceId}`),
    track: () => null,
    preview: undefined,
    close: () => calls.push('close'),
  };
}

/** Every fact from now on. */
export function factsOf(session: Session, signal: AbortSignal): Fact[] {
  const facts: Fact[] = [];
  session.observe((fact) => facts.push(fact), { signal });
  return facts;
}
