// takes a label and pieces, gives the bytes that a key, a signature or a seal is bound to.

import type { Bytes } from '../brand.ts';
import { concat, utf8 } from './bytes.ts';

/** `L(label, …)` = ASCII "reforms/1 " ‖ label ‖ 0x00 ‖ pieces (`trust.md` §2). */
export const L = (label: string, ...pieces: readonly Uint8Array[]): Bytes =>
  concat(utf8(`reforms/1 ${label}\0`), ...pieces);
