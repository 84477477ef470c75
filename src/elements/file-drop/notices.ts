// takes what became of a gesture, gives what is said about it.

import type { ErrorCode } from '../../core/errors.ts';
import type { Words } from '../../locales/index.ts';
import type { LeftOut } from './intake.ts';

export type Notice =
  | { readonly kind: 'left-out'; readonly leftOut: LeftOut }
  /** Files were taken, and not sent. */
  | { readonly kind: 'not-sent'; readonly code: ErrorCode };

export function noticeWords(notice: Notice, words: Words): string {
  if (notice.kind === 'left-out') {
    const { reason, count, name } = notice.leftOut;
    return words.filesLeftOut[reason](count, name);
  }
  if (notice.code === 'peer-gone') return words.filesNobody;
  if (notice.code === 'policy') return words.filesHeld;
  return notice.code === 'no-server' ? words.filesNoUpload : words.errors[notice.code];
}
