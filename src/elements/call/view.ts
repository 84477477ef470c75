// takes a Snapshot, gives which of its faces a call shows.

import type { Snapshot } from '../../core.ts';

/**
 * `stage`: we are in, or on our way in: tiles, controls, and over them whatever `status` has to say.
 * The others fill the element.
 */
export type View = 'prejoin' | 'stage' | 'failed' | 'left';

export function viewOf({ status }: Pick<Snapshot, 'status'>, noPrejoin: boolean): View {
  switch (status) {
    case 'idle':
      return noPrejoin ? 'stage' : 'prejoin';
    case 'connecting':
    case 'waiting':
    case 'connected':
    case 'reconnecting':
      return 'stage';
    case 'disconnected':
      return 'left';
    case 'failed':
      return 'failed';
  }
}
