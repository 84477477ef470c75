// takes a few values, gives people, messages and transfers for the Snapshot, and Snapshots that nothing can change.

import type { Fact } from '../../src/core/session/facts.ts';
import { initialSnapshot, reduce } from '../../src/core/session/reduce/index.ts';
import type { ChatMessage, Participant, Snapshot, Transfer } from '../../src/core/session/snapshot.ts';

export const person = (id: string, values: Partial<Participant> = {}): Participant => ({
  id,
  name: `name of ${id}`,
  audio: true,
  video: true,
  link: 'connected',
  protection: 'link',
  sas: { emoji: [1, 2, 3, 4, 5, 6, 7], numbers: [1000, 2000, 3000] },
  stream: `stream of ${id}`,
  joinedAt: 1_767_225_600_000,
  ...values,
});

export const message = (id: string, values: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from: 'self',
  name: 'me',
  text: `text of ${id}`,
  sentAt: 1_767_225_600_000,
  delivery: 'sent',
  sentTo: ['ada', 'bob'],
  deliveredTo: [],
  ...values,
});

export const transfer = (id: string, values: Partial<Transfer> = {}): Transfer => ({
  id,
  direction: 'receive',
  peer: 'ada',
  peerName: 'Ada',
  name: 'photo.jpg',
  type: 'image/jpeg',
  size: 1_000,
  bytes: 0,
  bytesPerSecond: 0,
  state: 'offered',
  code: undefined,
  savedBy: undefined,
  ...values,
});

export const outside: Snapshot = initialSnapshot({ room: 'hello', secret: undefined, displayName: 'me' });

/** What is known after these facts. */
export const after = (...facts: readonly Fact[]): Snapshot => facts.reduce(reduce, outside);

export const joined: Snapshot = after({ kind: 'join-started' }, { kind: 'room-joined', id: 'me-id' });

/** In the room, with these people. */
export const withPeople = (...people: readonly Participant[]): Snapshot =>
  people.reduce((now, participant) => reduce(now, { kind: 'participant-joined', participant }), joined);

/** Everything in a value that can still be changed, by its path; a Snapshot has nothing. */
export function unfrozen(value: unknown, path = 'snapshot'): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts = Object.entries(value).flatMap(([key, part]) => unfrozen(part, `${path}.${key}`));
  return Object.isFrozen(value) ? parts : [path, ...parts];
}
