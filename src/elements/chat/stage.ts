// takes the session's status, gives what the chat says about it and what can be done there.

import type { SessionStatus } from '../../core/session/snapshot.ts';

export interface Stage {
  /** Which words stand in the empty conversation, or above the composer when there are messages; undefined: none. */
  readonly note: Note | undefined;
  readonly canType: boolean;
  readonly canSend: boolean;
  readonly canJoin: boolean;
}

export type Note = 'outside' | 'connecting' | 'waiting' | 'empty' | 'reconnecting' | 'left' | 'failed';

export function stageOf(status: SessionStatus, messageCount: number): Stage {
  switch (status) {
    case 'idle':
      return { note: 'outside', canType: false, canSend: false, canJoin: true };
    case 'connecting':
      return { note: 'connecting', canType: true, canSend: false, canJoin: false };
    case 'waiting':
      return { note: 'waiting', canType: true, canSend: true, canJoin: false };
    case 'connected':
      return { note: messageCount === 0 ? 'empty' : undefined, canType: true, canSend: true, canJoin: false };
    case 'reconnecting':
      return { note: 'reconnecting', canType: true, canSend: true, canJoin: false };
    case 'disconnected':
      return { note: 'left', canType: false, canSend: false, canJoin: true };
    case 'failed':
      return { note: 'failed', canType: false, canSend: false, canJoin: true };
  }
}
