// takes what people type and call themselves, gives what may be said about it before it is sent or shown.

import { cleanName, maxMessageBytes, newId, ReformsError, type ErrorCode } from '../core.ts';

/** What elements throw and name things with. */
export { newId, ReformsError };

export type Verdict =
  | { readonly kind: 'empty' }
  | { readonly kind: 'fits' }
  /** `left`: how many more characters of plain Latin text there is room for. */
  | { readonly kind: 'near'; readonly left: number }
  /** `over`: how many characters at the end do not fit. */
  | { readonly kind: 'too-big'; readonly over: number };

/** A letter, a digit, a sign: something that can be seen. Blanks, invisible characters and fillers alone are no message. */
const visible = /[^\s\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u;
/** The counter appears when a tenth of the room is left. */
const nearShare = 0.1;

const encoder = new TextEncoder();

/**
 * Holds a draft against the limit of the wire (16,384 bytes of UTF-8) and against `maxLength`, in UTF-16 code units as
 * `maxlength` counts in HTML.
 */
export function judgeDraft(text: string, maxLength = Number.POSITIVE_INFINITY): Verdict {
  if (!visible.test(text)) return { kind: 'empty' };
  const most = Number.isFinite(maxLength) && maxLength > 0 ? Math.floor(maxLength) : Number.POSITIVE_INFINITY;
  // Encodes what fits and stops there, however long the draft is.
  const { read, written } = encoder.encodeInto(text, new Uint8Array(maxMessageBytes));
  const fitting = Math.min(read, most);
  if (fitting < text.length) return { kind: 'too-big', over: text.length - fitting };
  const left = Math.min(maxMessageBytes - written, most - text.length);
  const near = left <= Math.min(maxMessageBytes, most) * nearShare;
  return near ? { kind: 'near', left } : { kind: 'fits' };
}

/** The code under which a draft is refused; undefined: it may go. */
export function refusalOf(verdict: Verdict): ErrorCode | undefined {
  if (verdict.kind === 'empty') return 'message-empty';
  return verdict.kind === 'too-big' ? 'message-too-big' : undefined;
}

/** A name as someone claims it, without what is invisible or turns text around; `fallback` where nothing is left. */
export function shownName(name: string, fallback: string): string {
  const clean = cleanName(name);
  return clean === '' ? fallback : clean;
}
