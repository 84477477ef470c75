// takes a transfer, gives what is said about it, how far it is, and what can be done with it.

import type { Transfer } from '../../core/session/snapshot.ts';

export type TransferAction = 'save' | 'decline' | 'cancel' | 'again';

export type TransferPhrase =
  | 'offered-to'
  | 'offered-by'
  | 'sending'
  | 'receiving'
  | 'finishing'
  | 'sent'
  | 'saved'
  | 'downloaded'
  | 'declined-by-them'
  | 'declined-by-you'
  | 'cancelled'
  | 'failed';

export interface TransferView {
  readonly phrase: TransferPhrase;
  readonly tone: 'plain' | 'done' | 'problem';
  /** From 0 to 1, while bytes are on the move. */
  readonly progress: number | undefined;
  /** While it moves fast enough for an estimate that means something. */
  readonly secondsLeft: number | undefined;
  readonly actions: readonly TransferAction[];
}

/** Estimates of more than a day are no estimates. */
const longestEstimate = 86_400;

/** `canSendAgain`: the file is still at hand and the person is still there. */
export function viewOf(transfer: Transfer, canSendAgain: boolean): TransferView {
  const sending = transfer.direction === 'send';
  const again: readonly TransferAction[] = sending && canSendAgain ? ['again'] : [];
  const view = (
    phrase: TransferPhrase,
    tone: TransferView['tone'],
    actions: readonly TransferAction[],
  ): TransferView => ({ phrase, tone, actions, progress: undefined, secondsLeft: undefined });
  switch (transfer.state) {
    case 'offered':
      return sending
        ? view('offered-to', 'plain', ['cancel'])
        : view('offered-by', 'plain', ['save', 'decline']);
    case 'moving': {
      const moved = transfer.bytes < transfer.size ? (sending ? 'sending' : 'receiving') : 'finishing';
      return {
        ...view(moved, 'plain', ['cancel']),
        progress: transfer.size > 0 ? Math.min(1, transfer.bytes / transfer.size) : 0,
        secondsLeft: secondsLeft(transfer),
      };
    }
    case 'completed':
      if (sending) return view('sent', 'done', []);
      return view(transfer.savedBy === 'picker' ? 'saved' : 'downloaded', 'done', []);
    case 'rejected':
      return sending ? view('declined-by-them', 'plain', again) : view('declined-by-you', 'plain', []);
    case 'cancelled':
      return view('cancelled', 'plain', again);
    case 'failed':
      return view('failed', 'problem', again);
  }
}

function secondsLeft({ size, bytes, bytesPerSecond }: Transfer): number | undefined {
  if (!(bytesPerSecond > 0) || bytes >= size) return undefined;
  const seconds = (size - bytes) / bytesPerSecond;
  return seconds > longestEstimate ? undefined : seconds;
}

/** Nothing will happen to it any more. */
export function isOver({ state }: Transfer): boolean {
  return state !== 'offered' && state !== 'moving';
}
