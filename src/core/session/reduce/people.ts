// takes the Snapshot and a fact about a person, gives the next Snapshot's people.

import type { Participant, Snapshot } from '../snapshot.ts';
import { patch, patchEach, type Reducers } from './reducer.ts';

type PeopleFact =
  | 'participant-joined'
  | 'participant-updated'
  | 'participant-verified'
  | 'identity-changed'
  | 'participant-left'
  | 'link-interrupted'
  | 'link-restored';

export const peopleReducers: Reducers<PeopleFact> = {
  'participant-joined': (now, { participant }) =>
    patch(now, {
      people: now.people.some(({ id }) => id === participant.id)
        ? patchEach(now.people, (person) => (person.id === participant.id ? participant : person))
        : [...now.people, participant],
    }),
  'participant-updated': (now, { id, name, audio, video, held }) =>
    change(now, id, { name, audio, video, ...(held && { held }) }),
  'participant-verified': (now, { id, held }) => release(now, id, held),
  // News for the chat and the page; what follows from it is in the participant.
  'identity-changed': (now) => now,
  'participant-left': (now, { id }) =>
    now.people.some((person) => person.id === id)
      ? { ...now, people: now.people.filter((person) => person.id !== id) }
      : now,
  'link-interrupted': (now, { id }) => change(now, id, { link: 'interrupted' }),
  'link-restored': (now, { id }) => change(now, id, { link: 'connected' }),
};

function change(now: Snapshot, id: string, values: Partial<Participant>): Snapshot {
  return patch(now, {
    people: patchEach(now.people, (person) => (person.id === id ? patch(person, values) : person)),
  });
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
