// takes a File, gives the words for it that go into the offer and into the container.

import type { FileDescription } from './port.ts';

// The grammar of RFC 6838 §4.2 without parameters; a manifest keeps nothing else.
const mimeType = /^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,63}$/i;

/** A MIME type as it may travel (at most 127 characters, no parameters), or `''`. */
export const cleanType = (type: string): string => (mimeType.test(type) ? type : '');

/** One description for both places, so that they agree. `cleanName` is `sanitizeFileName` of `core/crypto`. */
export function describeFile(
  file: File,
  cleanName: (name: string) => string,
): FileDescription & { readonly mtime: number } {
  const { name, type, size, lastModified } = file;
  return {
    name: cleanName(name),
    type: cleanType(type),
    size,
    mtime: Number.isSafeInteger(lastModified) ? Math.max(lastModified, 0) : 0,
  };
}
