// takes the Snapshot and a Fact, gives the next Snapshot: pure, and the only writer of state.

import type { Fact } from '../facts.ts';
import type { SessionConfig } from '../session-port.ts';
import type { LocalDevice, Snapshot } from '../snapshot.ts';
import { callReducers } from './call.ts';
import { chatReducers } from './chat.ts';
import { fileReducers } from './files.ts';
import { peopleReducers } from './people.ts';
import { patch, type Reducers } from './reducer.ts';
import { deriveStatus, roomReducers } from './room.ts';

const reducers: Reducers<Fact['kind']> = {
  ...roomReducers,
  ...peopleReducers,
  ...callReducers,
  ...chatReducers,
  ...fileReducers,
};

/** Folds one fact in. Gives the same object back when the fact changes nothing, else one that is frozen through and through. */
export function reduce(now: Snapshot, fact: Fact): Snapshot {
  // The table is checked kind by kind above; a union of functions can be called only with what all of them take.
  const reducer = reducers[fact.kind] as (now: Snapshot, fact: Fact) => Snapshot;
  const next = reducer(now, fact);
  if (next === now) return now;
  const status = deriveStatus(next);
  return frozen(patch(next, { status }));
}

/** Freezes what is new; what an earlier Snapshot already shares is frozen and left alone. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

const closed: LocalDevice = { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' };

/** What is known before anything happened. */
export function initialSnapshot(config: Pick<SessionConfig, 'room' | 'secret' | 'displayName'>): Snapshot {
  return frozen({
    status: 'idle',
    problem: undefined,
    room: { name: config.room, hasSecret: config.secret !== undefined, phase: 'outside', reachable: true },
    self: { id: '', name: config.displayName },
    people: [],
    call: { microphone: closed, camera: closed, preview: undefined, devices: [] },
    chat: { messages: [] },
    files: { transfers: [] },
  });
}
