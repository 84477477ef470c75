// takes flags and, of a person at a console, answers, gives the files of a deployment in a folder.

import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { ServerError } from './errors.ts';
import { deploymentFiles } from './init-files.ts';
import { type Flags, readWords } from './words.ts';

export const initFlags: Flags = new Map([
  ['domain', { kind: 'text', help: 'name of the machine on the internet, call.example.org (asked)' }],
  ['closed', { kind: 'switch', help: 'only bearers of a signed token may connect (asked)' }],
  ['dir', { kind: 'text', help: 'folder to write to (reforms)' }],
] as const);

/** What `reforms init` was told; the rest is asked. */
export interface InitRequest {
  readonly domain: string | undefined;
  readonly isClosed: boolean | undefined;
  readonly dir: string;
}

/** Undefined when help is wanted. @throws {ServerError} `unknown-option`, `bad-option` */
export function readInitRequest(words: readonly string[]): InitRequest | undefined {
  const given = readWords(words, initFlags);
  if (given.has('help') || given.has('version')) return undefined;
  const closed = given.get('closed')?.[0];
  return {
    domain: given.get('domain')?.[0],
    isClosed: closed === undefined ? undefined : closed === 'true',
    dir: given.get('dir')?.[0] ?? 'reforms',
  };
}

/** Asks a question; undefined when there is nobody to ask. */
export type Ask = ((question: string) => Promise<string>) | undefined;

/** The person at the console, if there is one. */
export function askAtConsole(): Ask {
  if (!process.stdin.isTTY) return undefined;
  return async (question) => {
    const person = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await person.question(question);
    person.close();
    return answer.trim();
  };
}

/** Writes the files and gives their names; one that is there already is never replaced. @throws {ServerError} `bad-option` */
export async function init(request: InitRequest, ask: Ask): Promise<readonly string[]> {
  const domain = request.domain ?? (await ask?.('Name of this machine on the internet (call.example.org): '));
  if (!domain || !/^(?=.{1,253}$)([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d-]{2,}$/i.test(domain))
    throw new ServerError('bad-option', '--domain must be a name such as call.example.org');
  const isClosed =
    request.isClosed ?? /^y/i.test((await ask?.('Only people with a signed token (y/N)? ')) ?? '');
  const dir = resolve(request.dir);
  await mkdir(dir, { recursive: true });
  const files = deploymentFiles({
    domain: domain.toLowerCase(),
    isClosed,
    dir,
    turnSecret: randomBytes(32).toString('base64url'),
    authSecret: randomBytes(48).toString('base64url'),
    packageDir: fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../..' : '..', import.meta.url)),
    node: process.execPath,
    cli: process.argv[1] ?? 'reforms',
    owner: `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`,
  });
  const written: string[] = [];
  for (const { name, text, isSecret } of files) {
    const path = join(dir, name);
    // `wx`: created by us or not at all.
    const file = await open(path, 'wx', isSecret ? 0o600 : 0o644).catch((error: unknown) => {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      throw new ServerError(
        'bad-option',
        isThere ? `${path} is there already; remove it or choose another --dir` : `${path} cannot be written`,
      );
    });
    await file.writeFile(text);
    await file.close();
    written.push(path);
  }
  return written;
}
