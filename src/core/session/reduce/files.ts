// takes the Snapshot and a fact about a file, gives the next Snapshot's files.

import type { FilesSlice, Snapshot, Transfer } from '../snapshot.ts';
import { patch, patchEach, type Reducers } from './reducer.ts';

type FileFact =
  | 'file-offered'
  | 'file-started'
  | 'file-progressed'
  | 'file-completed'
  | 'file-rejected'
  | 'file-cancelled'
  | 'file-failed';

/** Transfers kept for a session; of those that have ended, the oldest go first. */
export const maxTransfers = 1_000;

export const fileReducers: Reducers<FileFact> = {
  // An id is believed once: what has ended is not rewritten by another offer.
  'file-offered': (now, { transfer }) =>
    now.files.transfers.some(({ id }) => id === transfer.id)
      ? now
      : { ...now, files: { transfers: [...withRoom(now.files.transfers), transfer] } },
  'file-started': (now, { id }) => change(now, id, () => ({ state: 'moving' })),
  'file-progressed': (now, { id, bytes, bytesPerSecond }) =>
    change(now, id, ({ size }) => ({ bytes: Math.min(bytes, size), bytesPerSecond })),
  'file-completed': (now, { id, savedBy }) =>
    change(now, id, ({ size }) => ({ state: 'completed', bytes: size, bytesPerSecond: 0, savedBy })),
  'file-rejected': (now, { id }) => change(now, id, () => ({ state: 'rejected', bytesPerSecond: 0 })),
  'file-cancelled': (now, { id }) => change(now, id, () => ({ state: 'cancelled', bytesPerSecond: 0 })),
  'file-failed': (now, { id, code }) => change(now, id, () => ({ state: 'failed', bytesPerSecond: 0, code })),
};

/** We are out of the room, and so is every file that was under way. */
export function abandoned(files: FilesSlice): FilesSlice {
  return patch(files, {
    transfers: patchEach(files.transfers, (transfer) =>
      isUnderWay(transfer) ? { ...transfer, state: 'cancelled', bytesPerSecond: 0 } : transfer,
    ),
  });
}

const isUnderWay = ({ state }: Transfer): boolean => state === 'offered' || state === 'moving';

function withRoom(transfers: readonly Transfer[]): readonly Transfer[] {
  if (transfers.length < maxTransfers) return transfers;
  const oldest = transfers.find((transfer) => !isUnderWay(transfer));
  return transfers.filter((transfer) => transfer !== oldest);
}

/** What has ended stays ended: a late progress report does not revive it. */
function change(now: Snapshot, id: string, values: (transfer: Transfer) => Partial<Transfer>): Snapshot {
  const transfers = patchEach(now.files.transfers, (transfer) =>
    transfer.id === id && isUnderWay(transfer) ? patch(transfer, values(transfer)) : transfer,
  );
  return patch(now, { files: patch(now.files, { transfers }) });
}
