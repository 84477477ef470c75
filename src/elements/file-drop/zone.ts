// takes the session's status and what the page says, gives what the drop zone says and can do.

import type { ErrorCode } from '../../core/errors.ts';
import type { SessionStatus, Snapshot } from '../../core/session/snapshot.ts';

export type ZoneNote = 'outside' | 'connecting' | 'waiting' | 'reconnecting' | 'left' | 'failed';

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
  readonly people: number;
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
  const note = noteOf(status, people.length);
  if (note === 'waiting' || note === 'reconnecting') return 'peer-gone';
  if (note !== undefined) return 'not-joined';
  return to === undefined || people.some(({ id }) => to.includes(id)) ? undefined : 'peer-gone';
}

function noteOf(status: SessionStatus, people: number): ZoneNote | undefined {
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
      return people === 0 ? 'waiting' : undefined;
  }
}
