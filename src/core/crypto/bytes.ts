// takes numbers, text and pieces, gives bytes, and back. Big-endian throughout (`trust.md` §2).

import type { Bytes } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** No bytes. */
export const EMPTY: Bytes = new Uint8Array(0);

/** The pieces one after another, in a fresh buffer. */
export function concat(...pieces: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** UTF-8 of a text. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** The text of UTF-8 bytes; `bad-frame` where they are none. */
export function fromUtf8(bytes: Uint8Array): Result<string, 'bad-frame'> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return no('bad-frame');
  }
}

/** Two bytes, big-endian. */
export const u16 = (value: number): Bytes => new Uint8Array([value >>> 8, value]);

/** Four bytes, big-endian. */
export const u32 = (value: number): Bytes => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);

/** Eight bytes, big-endian, of a safe integer. */
export const u64 = (value: number): Bytes => concat(u32(Math.floor(value / 2 ** 32)), u32(value >>> 0));

/** The four bytes at `at`, big-endian. The caller has checked that they are there. */
export const readU32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

/** The eight bytes at `at`, big-endian, or null above 2^53 - 1, which no honest counter reaches. */
export function readU64(bytes: Uint8Array, at: number): number | null {
  const value = readU32(bytes, at) * 2 ** 32 + readU32(bytes, at + 4);
  return Number.isSafeInteger(value) ? value : null;
}

/** `lp(x)`: u16 length ‖ x. */
export function lp(piece: Uint8Array): Bytes {
  if (piece.length > 0xffff) throw new ReformsError('frame-too-large');
  return concat(u16(piece.length), piece);
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Bytes of base64url without padding. Strict: one text for one value (no padding, no blanks, unused bits zero), and
 * exactly `length` bytes where it is given.
 */
export function fromBase64Url(text: string, length?: number): Result<Bytes, 'bad-frame'> {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return no('bad-frame');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (length !== undefined && bytes.length !== length) return no('bad-frame');
  return toBase64Url(bytes) === text ? ok(bytes) : no('bad-frame');
}
