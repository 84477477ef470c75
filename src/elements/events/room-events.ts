// takes what happened in a room, gives the events by which the page hears of it.

import type { ErrorCode, Participant, SessionStatus } from '../../core.ts';
import { ReformsEvent } from './reforms-event.ts';

/** Someone pressed Join, or `join()` was called. */
export class ReformsJoiningEvent extends ReformsEvent {
  constructor() {
    super('reforms-joining');
  }
}

/** We are in the room. */
export class ReformsJoinedEvent extends ReformsEvent {
  /** Our participant id. */
  readonly id: string;

  constructor(id: string) {
    super('reforms-joined');
    this.id = id;
  }
}

/** We are out of the room again. */
export class ReformsLeftEvent extends ReformsEvent {
  constructor() {
    super('reforms-left');
  }
}

/** Someone came, over a link whose encryption is confirmed from both ends. */
export class ReformsParticipantJoinedEvent extends ReformsEvent {
  readonly participant: Participant;

  constructor(participant: Participant) {
    super('reforms-participant-joined');
    this.participant = participant;
  }
}

/** Someone's name, microphone, camera, link or protection is another than before. */
export class ReformsParticipantUpdatedEvent extends ReformsEvent {
  readonly participant: Participant;

  constructor(participant: Participant) {
    super('reforms-participant-updated');
    this.participant = participant;
  }
}

/** `left`: they said so. `lost`: they were not heard of any more. `mismatch`: someone said that the emoji differ. */
export type DepartureReason = 'left' | 'lost' | 'mismatch';

export class ReformsParticipantLeftEvent extends ReformsEvent {
  readonly id: string;
  readonly reason: DepartureReason;

  constructor(id: string, reason: DepartureReason) {
    super('reforms-participant-left');
    this.id = id;
    this.reason = reason;
  }
}

export class ReformsConnectionStatusChangedEvent extends ReformsEvent {
  readonly status: SessionStatus;

  constructor(status: SessionStatus) {
    super('reforms-connection-status-changed');
    this.status = status;
  }
}

/** The person here compared the emoji with someone, and they match. */
export class ReformsPeerVerifiedEvent extends ReformsEvent {
  readonly id: string;

  constructor(id: string) {
    super('reforms-peer-verified');
    this.id = id;
  }
}

/** Someone came under a known name with another key. */
export class ReformsIdentityChangedEvent extends ReformsEvent {
  /** Of the participant who came. */
  readonly id: string;
  /** What they call themselves. A claim. */
  readonly name: string;
  /** The key known before had been verified: nothing flows to or from this one until the emoji were compared. */
  readonly wasVerified: boolean;

  constructor(id: string, name: string, wasVerified: boolean) {
    super('reforms-identity-changed');
    this.id = id;
    this.name = name;
    this.wasVerified = wasVerified;
  }
}

/**
 * The person wants to compare the emoji with someone. The call or the room around the element opens them and says so by
 * `preventDefault()`; a page may do the same with a dialog of its own.
 */
export class ReformsVerifyRequestEvent extends ReformsEvent {
  /** Of the participant. */
  readonly id: string;

  constructor(id: string) {
    super('reforms-verify-request', { cancelable: true });
    this.id = id;
  }
}

/** Something failed (`fatal`: the session is over), or was refused and everything goes on. */
export class ReformsErrorEvent extends ReformsEvent {
  /** Stable, for programs. */
  readonly code: ErrorCode;
  /** A sentence for people, in the element's language. */
  readonly message: string;
  readonly fatal: boolean;

  constructor(code: ErrorCode, message: string, fatal: boolean) {
    super('reforms-error');
    this.code = code;
    this.message = message;
    this.fatal = fatal;
  }
}

declare global {
  interface HTMLElementEventMap {
    'reforms-joining': ReformsJoiningEvent;
    'reforms-joined': ReformsJoinedEvent;
    'reforms-left': ReformsLeftEvent;
    'reforms-participant-joined': ReformsParticipantJoinedEvent;
    'reforms-participant-updated': ReformsParticipantUpdatedEvent;
    'reforms-participant-left': ReformsParticipantLeftEvent;
    'reforms-connection-status-changed': ReformsConnectionStatusChangedEvent;
    'reforms-peer-verified': ReformsPeerVerifiedEvent;
    'reforms-identity-changed': ReformsIdentityChangedEvent;
    'reforms-verify-request': ReformsVerifyRequestEvent;
    'reforms-error': ReformsErrorEvent;
  }
}
