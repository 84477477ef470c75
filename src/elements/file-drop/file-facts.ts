// takes a Fact, gives the event that tells the page of a file, if one does.

import type { ErrorCode, Fact, Snapshot, Transfer } from '../../core.ts';
import {
  ReformsFileCompletedEvent,
  ReformsFileFailedEvent,
  ReformsFileProgressedEvent,
} from '../events/file-events.ts';

/** `snapshot` is the one that the fact is already in. Offers are a question and asked elsewhere. */
export function fileEvent(fact: Fact, snapshot: Snapshot): Event | undefined {
  const about = (id: string, make: (transfer: Transfer) => Event): Event | undefined => {
    const transfer = snapshot.files.transfers.find((candidate) => candidate.id === id);
    return transfer === undefined ? undefined : make(transfer);
  };
  const failed = (id: string, code: ErrorCode): Event | undefined =>
    about(id, (transfer) => new ReformsFileFailedEvent(transfer, code));
  switch (fact.kind) {
    case 'file-progressed':
      return about(fact.id, (transfer) => new ReformsFileProgressedEvent(transfer));
    case 'file-completed':
      return about(fact.id, (transfer) => new ReformsFileCompletedEvent(transfer));
    case 'file-rejected':
      return failed(fact.id, 'file-rejected');
    case 'file-cancelled':
      return failed(fact.id, 'file-cancelled');
    case 'file-failed':
      return failed(fact.id, fact.code);
    default:
      return undefined;
  }
}
