// takes a SessionConfig, gives a Session: facts go down through the store, intents come up through `perform`.

import { ReformsError, type ErrorCode } from '../errors.ts';
import type { DevicesPort } from '../media/devices.ts';
import { createLocalMedia } from '../media/local-media.ts';
import { cleanName } from './clean-name.ts';
import type { Connection, OpenConnection } from './connection-port.ts';
import type { Fact } from './facts.ts';
import { perform, type Stage } from './perform.ts';
import { initialSnapshot } from './reduce/index.ts';
import type { Session, SessionConfig } from './session-port.ts';
import { createStore } from './store.ts';

/** The doors a session is given; `core.ts` opens the real ones. */
export interface SessionDoors {
  readonly devices: DevicesPort;
  readonly openConnection: OpenConnection;
  /** Deletes our identity and what is remembered of people in a room. Rejects with `store`. */
  readonly forget: (config: SessionConfig) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where `pagehide` and `pageshow` are heard. */
  readonly page: EventTarget;
}

/** One stay in the room, from join to leave. */
interface Visit {
  readonly abort: AbortController;
  connection: Connection | undefined;
}

/**
 * One person's presence in one room. Nothing is opened until an intent asks for it; every timer, socket and track ends
 * with `close()`.
 */
export function createSessionWith(doors: SessionDoors, config: SessionConfig): Session {
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const store = createStore(initialSnapshot({ ...config, displayName: cleanName(config.displayName) }));
  let visit: Visit | undefined;

  const media = createLocalMedia({
    devices: doors.devices,
    signal,
    report: (fact) => {
      store.report(fact);
      visit?.connection?.tellProfile();
    },
    onTrack: (slot, track) => visit?.connection?.sendTrack(slot, track),
  });

  const endVisit = (): void => {
    const ending = visit;
    visit = undefined;
    ending?.connection?.leave();
    ending?.abort.abort();
    media.close();
  };

  /** The visit is over before anyone hears of it, so that whoever does may join anew. */
  const fail = (code: ErrorCode): void => {
    endVisit();
    store.report({ kind: 'error-raised', code, fatal: true, from: undefined });
  };

  const reportFrom =
    (source: Visit) =>
    (fact: Fact): void => {
      // What an ended visit still has to say is about nobody.
      if (visit !== source) return;
      if (fact.kind === 'error-raised' && fact.fatal) fail(fact.code);
      else store.report(fact);
    };

  const join = (): void => {
    if (visit !== undefined || signal.aborted) return;
    const mine: Visit = { abort: new AbortController(), connection: undefined };
    visit = mine;
    store.report({ kind: 'join-started' });
    // Whoever heard it may have left again.
    if (visit !== mine) return;
    if (config.room === '') return fail('no-room');
    if (config.servers.length === 0) return fail('no-server');
    if (!canBeMet(config)) return fail('policy');
    const { microphone, camera } = store.snapshot.call;
    // After an earlier visit the devices were let go of; what was wanted then is wanted again.
    media.open({ microphone: microphone.enabled, camera: camera.enabled });
    doors
      .openConnection({
        config,
        snapshot: () => store.snapshot,
        report: reportFrom(mine),
        track: (slot) => media.track(slot),
        signal: mine.abort.signal,
      })
      .then(
        (connection) => {
          if (visit === mine) mine.connection = connection;
          else connection.leave();
        },
        (error: unknown) => {
          if (visit === mine) fail(ReformsError.is(error) ? error.code : 'internal');
        },
      );
  };

  const leave = (): void => {
    if (visit === undefined) return;
    endVisit();
    store.report({ kind: 'room-left' });
  };

  const stage: Stage = {
    snapshot: () => store.snapshot,
    report: store.report,
    media,
    connection: () => visit?.connection,
    join,
    leave,
    now: doors.now,
  };

  // A closed tab says goodbye; one that comes back from the back/forward cache takes its place again.
  let hidden = false;
  doors.page.addEventListener(
    'pagehide',
    () => {
      hidden = visit !== undefined;
      leave();
    },
    { signal },
  );
  doors.page.addEventListener(
    'pageshow',
    () => {
      if (hidden) join();
      hidden = false;
    },
    { signal },
  );

  return {
    get snapshot() {
      return store.snapshot;
    },
    subscribe: store.subscribe,
    observe: store.observe,
    dispatch: (intent) => perform(stage, intent),
    stream: (handle) =>
      handle === store.snapshot.call.preview ? media.preview : visit?.connection?.stream(handle),
    stats: async (participantId) => visit?.connection?.stats(participantId),
    safetyNumber: (participantId) => visit?.connection?.safetyNumber(participantId),
    forget: async () => {
      // Whoever is still inside would be remembered again.
      leave();
      await doors.forget(config);
    },
    close: () => {
      leave();
      lifetime.abort();
    },
  };
}

/** A requirement that nobody can ever meet is told at once, not by an empty room. */
const canBeMet = ({ require, secret, issuers = [] }: SessionConfig): boolean =>
  !(require === 'link' && secret === undefined) && !(require === 'credential' && issuers.length === 0);
