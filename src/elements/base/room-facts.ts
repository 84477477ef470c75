// takes a Fact, gives the room event that tells the page of it, if one does.

import type { ErrorCode, Fact, Participant, Snapshot } from '../../core.ts';
import type { Words } from '../../locales/index.ts';
import {
  ReformsConnectionStatusChangedEvent,
  ReformsErrorEvent,
  ReformsIdentityChangedEvent,
  ReformsJoinedEvent,
  ReformsJoiningEvent,
  ReformsLeftEvent,
  ReformsParticipantJoinedEvent,
  ReformsParticipantLeftEvent,
  ReformsParticipantUpdatedEvent,
  ReformsPeerVerifiedEvent,
} from '../events/room-events.ts';

/** `snapshot` is the one that the fact is already in. */
export function roomEvents(fact: Fact, snapshot: Snapshot, words: Words): readonly Event[] {
  const error = (code: ErrorCode, fatal: boolean): Event =>
    new ReformsErrorEvent(code, words.errors[code], fatal);
  const updated = (id: string): readonly Event[] =>
    snapshot.people
      .filter((person: Participant) => person.id === id)
      .map((person) => new ReformsParticipantUpdatedEvent(person));
  switch (fact.kind) {
    case 'join-started':
      return [new ReformsJoiningEvent()];
    case 'room-joined':
      return [new ReformsJoinedEvent(fact.id)];
    case 'room-left':
      return [new ReformsLeftEvent()];
    case 'participant-joined':
      return [new ReformsParticipantJoinedEvent(fact.participant)];
    case 'participant-updated':
    case 'link-interrupted':
    case 'link-restored':
      return updated(fact.id);
    case 'participant-verified':
      return [new ReformsPeerVerifiedEvent(fact.id), ...updated(fact.id)];
    case 'identity-changed':
      return [new ReformsIdentityChangedEvent(fact.id, fact.name, fact.wasVerified)];
    case 'participant-left':
      return [new ReformsParticipantLeftEvent(fact.id, fact.reason)];
    case 'status-changed':
      return [new ReformsConnectionStatusChangedEvent(fact.status)];
    case 'error-raised':
      return [error(fact.code, fact.fatal)];
    case 'device-refused':
      return fact.code === 'permissions' ? [] : [error(fact.code, false)];
    default:
      return [];
  }
}
