// takes the Snapshot and a fact about the room, gives the next Snapshot's room, self, problem and status.

import type { SessionStatus, Snapshot } from '../snapshot.ts';
import type { Reducers } from './reducer.ts';

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
  'join-started': (now) => ({
    ...now,
    problem: undefined,
    room: { ...now.room, phase: 'joining', reachable: true },
  }),
  'room-joined': (now, { id }) => ({
    ...now,
    self: { ...now.self, id },
    room: { ...now.room, phase: 'joined' },
  }),
  'room-left': (now) => ({ ...now, people: [], room: { ...now.room, phase: 'left', reachable: true } }),
  'server-lost': (now) => ({ ...now, room: { ...now.room, reachable: false } }),
  'server-restored': (now) => ({ ...now, room: { ...now.room, reachable: true } }),
  'error-raised': (now, { code, fatal }) => ({
    ...now,
    problem: { code, fatal },
    ...(fatal ? { people: [], room: { ...now.room, phase: 'failed' as const } } : {}),
  }),
  'status-changed': (now) => now,
  'name-changed': (now, { name }) => ({ ...now, self: { ...now.self, name } }),
};

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
