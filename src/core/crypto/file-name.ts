// takes a name a stranger chose, gives one that can be shown and saved.

import { utf8 } from './bytes.ts';

const MAX_BYTES = 255;
// C0, DEL, C1; marks and overrides of direction; invisible joiners; line separators; path separators and what Windows forbids.
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb/\\:*?"<>|]/gu;
// Unpaired surrogates have no UTF-8. They go before normalisation, which some engines replace them in.
const LONE = /[\ud800-\udfff]/gu;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const FALLBACK = 'file';

const bytesOf = (text: string): number => utf8(text).length;

// Whole characters only, so that no half of a surrogate pair is left.
function cut(text: string, maxBytes: number): string {
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += bytesOf(character);
    if (used > maxBytes) break;
    kept += character;
  }
  return kept;
}

function shorten(name: string): string {
  if (bytesOf(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && bytesOf(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const stem = extension === '' ? name : name.slice(0, dot);
  return cut(stem, MAX_BYTES - bytesOf(extension)).replace(/[. ]+$/, '') + extension;
}

/**
 * A file name that is only a name: path separators, control characters, direction marks and characters Windows
 * forbids are taken out, blanks at the ends and dots at the end are dropped, a name Windows reserves is prefixed with `_`, at most 255 bytes
 * of UTF-8 with the extension kept; `file` where nothing is left.
 */
export function sanitizeFileName(name: string): string {
  const plain = name.replace(LONE, '').normalize('NFC').replace(FORBIDDEN, '').replace(/\s+/gu, ' ');
  const trimmed = plain.replace(/^[ ]+/, '').replace(/[. ]+$/, '');
  if (trimmed === '' || /^\.+$/.test(trimmed)) return FALLBACK;
  return shorten(RESERVED.test(trimmed) ? `_${trimmed}` : trimmed);
}
