// takes the Snapshot and a fact about a person, gives the next Snapshot's people.

import type { ChatNotice, Participant, Snapshot } from '../snapshot.ts';
import { withOrdinal } from './ordinal.ts';
import { patch, patchEach, type Reducers } from './reducer.ts';

type PeopleFact =
  | 'participant-joined'
  | 'participant-updated'
  | 'participant-verified'
  | 'identity-changed'
  | 'participant-left'
  | 'link-interrupted'
  | 'link-restored';

/** Notices kept for a session; the oldest go first. */
const maxNotices = 200;

export const peopleReducers: Reducers<PeopleFact> = {
  'participant-joined': (now, { participant }) => {
    const next = withOrdinal(now.people, participant);
    return patch(now, {
      people: now.people.some(({ id }) => id === next.id)
        ? patchEach(now.people, (person) => (person.id === next.id ? next : person))
        : [...now.people, next],
    });
  },
  'participant-updated': (now, { id, name, audio, video, held }) =>
    change(now, id, (person) => {
      const next = patch(person, { name, audio, video, ...(held && { held }) });
      return next.name === person.name ? next : withOrdinal(now.people, next);
    }),
  'participant-verified': (now, { id, held }) => release(now, id, held),
  // Of someone verified everything is held, and their tile says so; of others the chat takes notice.
  'identity-changed': (now, { id, name, wasVerified }) => (wasVerified ? now : withNotice(now, id, name)),
  'participant-left': (now, { id }) =>
    now.people.some((person) => person.id === id)
      ? { ...now, people: now.people.filter((person) => person.id !== id) }
      : now,
  'link-interrupted': (now, { id }) => change(now, id, (person) => patch(person, { link: 'interrupted' })),
  'link-restored': (now, { id }) => change(now, id, (person) => patch(person, { link: 'connected' })),
};

function change(now: Snapshot, id: string, update: (person: Participant) => Participant): Snapshot {
  return patch(now, {
    people: patchEach(now.people, (person) => (person.id === id ? update(person) : person)),
  });
}

function withNotice(now: Snapshot, from: string, name: string): Snapshot {
  const { messages, notices = [] } = now.chat;
  const ordinal = now.people.find(({ id }) => id === from)?.ordinal;
  const notice: ChatNotice = {
    id: `key-${from}`,
    from,
    name,
    ...(ordinal !== undefined && { ordinal }),
    after: messages.at(-1)?.id ?? '',
  };
  if (notices.some(({ id }) => id === notice.id)) return now;
  return { ...now, chat: { ...now.chat, notices: [...notices.slice(1 - maxNotices), notice] } };
}

function release(now: Snapshot, id: string, held: Participant['held']): Snapshot {
  const verified = (person: Participant): Participant => {
    const { held: _, ...rest } = person;
    return { ...rest, protection: 'verified', ...(held && { held }) };
  };
  const person = now.people.find((candidate) => candidate.id === id);
  if (person === undefined || (person.protection === 'verified' && person.held === held)) return now;
  return {
    ...now,
    people: now.people.map((candidate) => (candidate === person ? verified(person) : candidate)),
  };
}
