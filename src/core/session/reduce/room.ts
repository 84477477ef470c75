// takes the Snapshot and a fact about the room, gives the next Snapshot's room, self, problem and status.

import type { SessionStatus, Snapshot } from '../snapshot.ts';
import { abandoned } from './files.ts';
import { patch, type Reducers } from './reducer.ts';

type RoomFact =
  | 'join-started'
  | 'room-joined'
  | 'room-left'
  | 'server-lost'
  | 'server-restored'
  | 'error-raised'
  | 'status-changed'
  | 'name-changed';

export const roomReducers: Reducers<RoomFact> = {
  'join-started': (now) =>
    patch(now, { problem: undefined, room: patch(now.room, { phase: 'joining', reachable: true }) }),
  'room-joined': (now, { id }) =>
    patch(now, { self: patch(now.self, { id }), room: patch(now.room, { phase: 'joined' }) }),
  'room-left': (now) => outside(now, 'left'),
  'server-lost': (now) => patch(now, { room: patch(now.room, { reachable: false }) }),
  'server-restored': (now) => patch(now, { room: patch(now.room, { reachable: true }) }),
  'error-raised': (now, { code, fatal }) => {
    const problem = patch(now.problem ?? { code, fatal }, { code, fatal });
    return patch(fatal ? outside(now, 'failed') : now, { problem });
  },
  'status-changed': (now) => now,
  'name-changed': (now, { name }) => patch(now, { self: patch(now.self, { name }) }),
};

/** With the room goes everything that was between us and the people in it. */
function outside(now: Snapshot, phase: 'left' | 'failed'): Snapshot {
  return patch(now, {
    people: now.people.length === 0 ? now.people : [],
    files: abandoned(now.files),
    room: patch(now.room, { phase, reachable: true }),
  });
}

/** The status is what follows from the rest, so that no two parts of the Snapshot can contradict each other. */
export function deriveStatus({ room, people }: Snapshot): SessionStatus {
  switch (room.phase) {
    case 'outside':
      return 'idle';
    case 'joining':
      return 'connecting';
    case 'left':
      return 'disconnected';
    case 'failed':
      return 'failed';
    case 'joined':
      if (people.length === 0) return room.reachable ? 'waiting' : 'reconnecting';
      return people.every(({ link }) => link === 'interrupted') ? 'reconnecting' : 'connected';
  }
}
