// takes a path, gives the file of that name from the kit's or the pages' folder, as a Reply.

import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Reply } from './reply.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const isText = /^(text|application\/(json|wasm|manifest)|image\/svg)/;
/** Files beyond this are streamed, not held. */
const maxHeldBytes = 8_388_608;
const compress = promisify(gzip);

interface Held {
  readonly version: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer | undefined;
}

/** Serves folders, the first that has the file wins. Files are held in memory, as bytes and gzipped, until they change. */
export class StaticFiles {
  readonly #dirs: readonly string[];
  readonly #held = new Map<string, Held>();

  constructor(dirs: readonly string[]) {
    this.#dirs = dirs;
  }

  /** The file at a URL path that still has its percent-escapes, or undefined. `/` is the index page. */
  async find(path: string, acceptEncoding: string): Promise<Reply | undefined> {
    const name = fileName(path);
    if (name === undefined) return undefined;
    for (const dir of this.#dirs) {
      const file = await inside(dir, name);
      if (file) return this.#reply(file, name, acceptEncoding);
    }
    return undefined;
  }

  async #reply(file: File, name: string, acceptEncoding: string): Promise<Reply | undefined> {
    const type = types[extname(name).toLowerCase()] ?? 'application/octet-stream';
    const headers = {
      'Content-Type': type,
      'Cache-Control': isHashed(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      // The bundle is made to be loaded by other people's pages.
      'Access-Control-Allow-Origin': '*',
      'Vary': 'Accept-Encoding',
    };
    if (file.bytes > maxHeldBytes) {
      const tag = `W/"${file.version}"`;
      return {
        status: 200,
        headers: { ...headers, ETag: tag },
        body: { file: file.path, bytes: file.bytes },
      };
    }
    const held = await this.#hold(file, isText.test(type)).catch(() => undefined);
    if (!held) return undefined;
    const tagged = { ...headers, ETag: held.tag };
    if (!held.zipped || !/\bgzip\b/.test(acceptEncoding))
      return { status: 200, headers: tagged, body: held.plain };
    return { status: 200, headers: { ...tagged, 'Content-Encoding': 'gzip' }, body: held.zipped };
  }

  async #hold(file: File, isCompressible: boolean): Promise<Held> {
    const known = this.#held.get(file.path);
    if (known?.version === file.version) return known;
    const plain = await readFile(file.path);
    const held: Held = {
      version: file.version,
      tag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      zipped: isCompressible && plain.length > 1_024 ? await compress(plain, { level: 9 }) : undefined,
    };
    this.#held.set(file.path, held);
    return held;
  }
}

interface File {
  readonly path: string;
  readonly bytes: number;
  /** Changes whenever the file does. */
  readonly version: string;
}

/** A relative name without escapes, empty, dotted or otherwise clever segments; undefined for anything else. */
function fileName(path: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(path).slice(1);
  } catch {
    return undefined;
  }
  if (name === '') return 'index.html';
  const isPlain = name.split('/').every((part) => /^[^.\\:\p{Cc}][^\\:\p{Cc}]*$/u.test(part));
  return path.startsWith('/') && isPlain ? name : undefined;
}

/** The regular file of that name whose real path lies in the folder: a link may not lead out of it. */
async function inside(dir: string, name: string): Promise<File | undefined> {
  try {
    const root = await realpath(dir);
    const path = await realpath(join(root, name));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const info = await stat(path);
    const version = `${info.ino}-${info.size}-${info.mtimeMs}`;
    return info.isFile() ? { path, bytes: info.size, version } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a name carries its content's hash, as bundlers write it: `name-Bx3kQ9_a.js`. Words of eight letters do not count. */
function isHashed(name: string): boolean {
  const hash = /^(?:chunks|assets)\/.*[-.]([\w-]{8})\.\w+$/.exec(name)?.[1] ?? '';
  return /\d/.test(hash) || /[A-Z].*[A-Z]/.test(hash);
}
