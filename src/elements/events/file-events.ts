// takes a transfer, gives the events that tell the page of it.

import type { ErrorCode } from '../../core/errors.ts';
import type { Transfer } from '../../core/session/snapshot.ts';
import { ReformsEvent } from './reforms-event.ts';

/**
 * Someone offers a file. Cancelable: after `preventDefault()` the element neither shows the offer nor accepts it by
 * `auto-accept`; the page answers with `accept(id)` or `reject(id)`.
 */
export class ReformsFileOfferEvent extends ReformsEvent {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('reforms-file-offer', { cancelable: true });
    this.transfer = transfer;
  }
}

/** More bytes of a file, sent or received, were verified by the receiver. At most ten times a second. */
export class ReformsFileProgressedEvent extends ReformsEvent {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('reforms-file-progressed');
    this.transfer = transfer;
  }
}

/** A file is whole and verified at the receiver. */
export class ReformsFileCompletedEvent extends ReformsEvent {
  readonly transfer: Transfer;

  constructor(transfer: Transfer) {
    super('reforms-file-completed');
    this.transfer = transfer;
  }
}

/** A transfer ended without the file; `code` says why: `file-rejected` and `file-cancelled` included. */
export class ReformsFileFailedEvent extends ReformsEvent {
  readonly transfer: Transfer;
  readonly code: ErrorCode;

  constructor(transfer: Transfer, code: ErrorCode) {
    super('reforms-file-failed');
    this.transfer = transfer;
    this.code = code;
  }
}

declare global {
  interface HTMLElementEventMap {
    'reforms-file-offer': ReformsFileOfferEvent;
    'reforms-file-progressed': ReformsFileProgressedEvent;
    'reforms-file-completed': ReformsFileCompletedEvent;
    'reforms-file-failed': ReformsFileFailedEvent;
  }
}
