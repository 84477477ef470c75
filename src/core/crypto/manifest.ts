// takes the files someone sends, gives the manifest bytes that travel inside the container, and back.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { fromUtf8, utf8 } from './bytes.ts';
import { sanitizeFileName } from './file-name.ts';

/** One file of a container. */
export interface ManifestFile {
  /** A safe name to show and to save under. */
  readonly name: string;
  /** A MIME type, or empty. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Last changed, milliseconds since 1970; 0 where unknown. */
  readonly mtime: number;
}

/** What a container holds, in this order. */
export interface Manifest {
  readonly v: 1;
  readonly files: readonly ManifestFile[];
}

/** Longest manifest accepted, in bytes. */
export const MAX_MANIFEST_BYTES = 256 * 1024;
/** Most files in one container. */
export const MAX_MANIFEST_FILES = 1000;

const MIME = /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/i;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Bytes of all files together. */
export const totalSize = ({ files }: Manifest): number => files.reduce((sum, { size }) => sum + size, 0);

/** JSON of a manifest, its members in a fixed order: the same files give the same bytes. */
export const encodeManifest = ({ files }: Manifest): Bytes =>
  utf8(
    JSON.stringify({
      v: 1,
      files: files.map(({ name, type, size, mtime }) => ({ name, type, size, mtime })),
    }),
  );

/**
 * Reads manifest bytes. Names come out sanitised, doubtful types as '', doubtful times as 0. `version` for another
 * version, `bad-frame` for everything else that is no manifest.
 */
export function parseManifest(bytes: Uint8Array): Result<Manifest, 'version' | 'bad-frame'> {
  if (bytes.length > MAX_MANIFEST_BYTES) return no('bad-frame');
  const text = fromUtf8(bytes);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return no('bad-frame');
  }
  if (!isRecord(json)) return no('bad-frame');
  if (json['v'] !== 1) return no('version');
  const list = json['files'];
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_MANIFEST_FILES) return no('bad-frame');
  const files: ManifestFile[] = [];
  for (const entry of list) {
    const file = parseFile(entry);
    if (file === null) return no('bad-frame');
    files.push(file);
  }
  const manifest: Manifest = { v: 1, files };
  return Number.isSafeInteger(totalSize(manifest)) ? ok(manifest) : no('bad-frame');
}

function parseFile(entry: unknown): ManifestFile | null {
  if (!isRecord(entry)) return null;
  const { name, type, size, mtime } = entry;
  if (typeof name !== 'string' || !isCount(size)) return null;
  return {
    name: sanitizeFileName(name),
    type: typeof type === 'string' && MIME.test(type) ? type : '',
    size,
    mtime: isCount(mtime) && mtime <= 8.64e15 ? mtime : 0,
  };
}
