// takes rooms that exist in memory only, gives sessions for them: for stories, and for tests of pages that use the kit.

import { createFakeDevices } from './core/media/fake-devices.ts';
import type { DevicesPort } from './core/media/devices.ts';
import { loadSodium } from './core/crypto/sodium.ts';
import { openConnection } from './core/session/connection.ts';
import { forgetRoom } from './core/session/forget.ts';
import { createSessionWith } from './core/session/session.ts';
import type { Session, SessionConfig } from './core/session/session-port.ts';
import type { Transport } from './core/transport/port.ts';

export { createFakeDevices, type FakeDevices } from './core/media/fake-devices.ts';
export type { DevicesPort } from './core/media/devices.ts';
export { createLoopback, type LoopbackHub } from './core/transport/loopback.ts';

export interface TestParts {
  /** One machine's way into the network, e.g. `createLoopback().transport()`: one for each session. */
  readonly transport: Transport;
  /** A painted camera and a humming microphone unless given. */
  readonly devices?: DevicesPort;
  /** Where `pagehide` and `pageshow` are heard; nowhere unless given. */
  readonly page?: EventTarget;
}

/**
 * A session as `createSession` makes it, on a network and devices of the test's choice. What `config` leaves out: the
 * room `test` without a secret, an identity for this session only, one server.
 */
export function createTestSession(config: Partial<SessionConfig>, parts: TestParts): Session {
  const { transport, page = new EventTarget() } = parts;
  const lifetime = new AbortController();
  const session = createSessionWith(
    {
      devices: parts.devices ?? createFakeDevices(lifetime),
      openConnection: (options) => openConnection({ transport, sodium: loadSodium() }, options),
      forget: async (room) => forgetRoom(await loadSodium(), room),
      now: () => Date.now(),
      page,
    },
    {
      room: 'test',
      secret: undefined,
      servers: ['loopback:'],
      displayName: '',
      identity: 'ephemeral',
      iceServers: [],
      relayOnly: false,
      transport,
      ...config,
    },
  );
  return {
    get snapshot() {
      return session.snapshot;
    },
    subscribe: session.subscribe,
    observe: session.observe,
    dispatch: session.dispatch,
    stream: session.stream,
    stats: session.stats,
    safetyNumber: session.safetyNumber,
    forget: session.forget,
    close: () => {
      session.close();
      lifetime.abort();
    },
  };
}
