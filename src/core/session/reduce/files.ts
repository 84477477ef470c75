// takes the Snapshot and a fact about a file, gives the next Snapshot's files.

import type { Snapshot, Transfer } from '../snapshot.ts';
import type { Reducers } from './reducer.ts';

type FileFact =
  | 'file-offered'
  | 'file-started'
  | 'file-progressed'
  | 'file-completed'
  | 'file-rejected'
  | 'file-cancelled'
  | 'file-failed';

export const fileReducers: Reducers<FileFact> = {
  'file-offered': (now, { transfer }) => ({
    ...now,
    files: { transfers: [...now.files.transfers.filter(({ id }) => id !== transfer.id), transfer] },
  }),
  'file-started': (now, { id }) => change(now, id, () => ({ state: 'moving' })),
  'file-progressed': (now, { id, bytes, bytesPerSecond }) =>
    change(now, id, () => ({ bytes, bytesPerSecond })),
  'file-completed': (now, { id, savedBy }) =>
    change(now, id, ({ size }) => ({ state: 'completed', bytes: size, bytesPerSecond: 0, savedBy })),
  'file-rejected': (now, { id }) => change(now, id, () => ({ state: 'rejected', bytesPerSecond: 0 })),
  'file-cancelled': (now, { id }) => change(now, id, () => ({ state: 'cancelled', bytesPerSecond: 0 })),
  'file-failed': (now, { id, code }) => change(now, id, () => ({ state: 'failed', bytesPerSecond: 0, code })),
};

function change(now: Snapshot, id: string, values: (transfer: Transfer) => Partial<Transfer>): Snapshot {
  const transfer = now.files.transfers.find((candidate) => candidate.id === id);
  // What has ended stays ended: a late progress report does not revive it.
  if (transfer === undefined || !(transfer.state === 'offered' || transfer.state === 'moving')) return now;
  const next = { ...transfer, ...values(transfer) };
  return {
    ...now,
    files: { transfers: now.files.transfers.map((candidate) => (candidate === transfer ? next : candidate)) },
  };
}
