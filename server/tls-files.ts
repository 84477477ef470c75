// takes the names of two files, gives a TLS server their key and certificate, and every later version of them.

import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ServerError } from './errors.ts';

/** Where the key and the certificate chain lie, as PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

interface KeyAndCert {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** How often the files are looked at. Asking is slower than being told, but works for links, mounts and renames. */
const lookMs = 1_000;

/** @throws {ServerError} `tls-files` when they cannot be read, or do not belong together */
export function readTlsFiles({ key, cert }: TlsFiles): KeyAndCert {
  let read: KeyAndCert;
  try {
    read = { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    throw new ServerError('tls-files', 'the files of --sslkey and --sslcert cannot be read');
  }
  try {
    createSecureContext(read);
    return read;
  } catch {
    throw new ServerError('tls-files', 'the TLS key and certificate cannot be used');
  }
}

export interface FollowOptions {
  readonly onError: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** Takes over new files when they change; until they fit together, the old ones stay in use and whoever listens is told. */
export function followTlsFiles(
  server: Server,
  files: TlsFiles,
  { onError, signal }: FollowOptions,
): { reload(): void } {
  const reload = () => {
    try {
      server.setSecureContext(readTlsFiles(files));
    } catch (error) {
      onError(error instanceof Error ? error : new ServerError('tls-files', 'the TLS files cannot be used'));
    }
  };
  const look = { interval: lookMs, persistent: false };
  for (const file of [files.key, files.cert]) watchFile(file, look, reload);
  signal.addEventListener(
    'abort',
    () => {
      for (const file of [files.key, files.cert]) unwatchFile(file, reload);
    },
    { once: true },
  );
  return { reload };
}
