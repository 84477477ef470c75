// takes the session's status and what the page says, gives what the drop zone says and can do.

import type { ErrorCode } from '../../core/errors.ts';
import type { Participant, SessionStatus, Snapshot } from '../../core/session/snapshot.ts';

export type ZoneNote = 'outside' | 'connecting' | 'waiting' | 'reconnecting' | 'held' | 'left' | 'failed';

export interface Zone {
  /** What stands in the way of sending; undefined: nothing. */
  readonly note: ZoneNote | undefined;
  /** Files can be sent to someone now. */
  readonly canSend: boolean;
  /** Files are taken: to be sent, or for the form. */
  readonly canTake: boolean;
  readonly canJoin: boolean;
}

export interface ZoneFacts {
  readonly status: SessionStatus;
  readonly people: readonly Pick<Participant, 'id' | 'held'>[];
  /** The element has a `name` in a form: what is chosen counts there, whoever is present. */
  readonly inForm: boolean;
  readonly disabled: boolean;
}

export function zoneOf({ status, people, inForm, disabled }: ZoneFacts): Zone {
  const note = noteOf(status, people);
  const canSend = note === undefined && !disabled;
  return {
    note,
    canSend,
    canTake: !disabled && (canSend || inForm),
    canJoin: note === 'outside' || note === 'left' || note === 'failed',
  };
}

/** Why nothing can be sent to `to` now, or to anybody where it is undefined. */
export function refusalOf(
  { status, people }: Pick<Snapshot, 'status' | 'people'>,
  to: readonly string[] | undefined,
): ErrorCode | undefined {
  const note = noteOf(status, people);
  if (note === 'waiting' || note === 'reconnecting') return 'peer-gone';
  if (note === 'held') return 'policy';
  if (note !== undefined) return 'not-joined';
  if (to === undefined) return undefined;
  const wanted = people.filter(({ id }) => to.includes(id));
  if (wanted.length === 0) return 'peer-gone';
  return wanted.every(({ held }) => held !== undefined) ? 'policy' : undefined;
}

function noteOf(status: SessionStatus, people: ZoneFacts['people']): ZoneNote | undefined {
  switch (status) {
    case 'idle':
      return 'outside';
    case 'connecting':
      return 'connecting';
    case 'disconnected':
      return 'left';
    case 'failed':
      return 'failed';
    case 'reconnecting':
      return 'reconnecting';
    case 'waiting':
    case 'connected':
      if (people.length === 0) return 'waiting';
      return people.every(({ held }) => held !== undefined) ? 'held' : undefined;
  }
}
