// takes nothing, gives the built server in a process that can be looked into: what it said, wrote and holds in memory.

import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, readdir, readlink, rm, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

export interface TransparentServer {
  readonly url: string;
  /** All of stdout and stderr so far. */
  output(): string;
  /** Every file under the folders that it takes for its home, its place to work and its place for temporary files. */
  written(): Promise<readonly string[]>;
  /** Files that it holds open to write to, by their paths. */
  openForWriting(): Promise<readonly string[]>;
  /** All that lives in its memory, as a heap snapshot's text: each string in full. */
  heap(): Promise<string>;
  /** Which of these stand anywhere in the process's memory, freed parts and buffers included. Linux only: none elsewhere. */
  memoryHolds(words: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

const isLinux = process.platform === 'linux';
const pieceBytes = 16_777_216;
const overlapBytes = 4_096;
/** Longer than anything that a test marks, and than any message of the signaling socket. */
const stringLimit = 4_194_304;

export async function openTransparentServer(): Promise<TransparentServer> {
  const home = await mkdtemp(join(tmpdir(), 'reforms-home-'));
  const snapshots = await mkdtemp(join(tmpdir(), 'reforms-heap-'));
  const flags = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${snapshots}`];
  const child = spawn(
    process.execPath,
    [...flags, `--heap-snapshot-string-limit=${stringLimit}`, cli, 'serve', '--port', '0'],
    {
      cwd: home,
      env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, XDG_CACHE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      output += String(bytes);
      const found = /listening on (https?:\/\/[^\s/]+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`the server ended:\n${output}`)));
  });

  /** A snapshot is one line of JSON that ends with its strings; until then it is still being written. */
  async function snapshotAt(path: string): Promise<string | undefined> {
    const text = await readFile(path, 'utf8');
    return text.trimEnd().endsWith('}') ? text : undefined;
  }

  return {
    url,
    output: () => output,
    written: () => readdir(home, { recursive: true }),
    openForWriting: async () => {
      if (!isLinux) return [];
      const found: string[] = [];
      for (const fd of await readdir(`/proc/${child.pid}/fd`)) {
        const path = await readlink(`/proc/${child.pid}/fd/${fd}`).catch(() => '');
        const info = await readFile(`/proc/${child.pid}/fdinfo/${fd}`, 'utf8').catch(() => '');
        // The last octal digit of the flags: 1 write only, 2 both ways (open(2)).
        if (path.startsWith('/') && !path.startsWith('/dev/') && /^flags:\s*\d*[12]$/m.test(info))
          found.push(path);
      }
      return found;
    },
    heap: async () => {
      const done = new AbortController();
      const changes = watch(snapshots, { signal: done.signal });
      child.kill('SIGUSR2');
      for await (const { filename } of changes) {
        const text = filename === null ? undefined : await snapshotAt(join(snapshots, filename));
        if (text !== undefined) return text;
      }
      throw new Error('there was no snapshot');
    },
    memoryHolds: async (words) => {
      if (!isLinux) return [];
      const found = new Set<string>();
      const memory = await open(`/proc/${child.pid}/mem`);
      for (const line of (await readFile(`/proc/${child.pid}/maps`, 'utf8')).split('\n')) {
        const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
        const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
        // Pieces overlap by what a word that lies across their edge would need.
        for (let at = start; at < end; at += pieceBytes - overlapBytes) {
          const piece = Buffer.alloc(Math.min(pieceBytes, end - at));
          const { bytesRead } = await memory.read(piece, 0, piece.length, at).catch(() => ({ bytesRead: 0 }));
          if (bytesRead === 0) break;
          for (const word of words)
            if (piece.includes(word, 0, 'latin1') || piece.includes(word, 0, 'utf16le')) found.add(word);
        }
      }
      await memory.close();
      return [...found];
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      await Promise.all([home, snapshots].map((path) => rm(path, { recursive: true })));
    },
  };
}
