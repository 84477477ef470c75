// takes a server and where it should listen, gives the address it got.

import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { ServerConfig } from './config.ts';
import { ServerError } from './errors.ts';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Where a browser on this machine reaches it, without a slash at the end. */
  readonly url: string;
}

/** Ports tried after the default one before any free port is taken. */
const nextPorts = 99;

/** @throws {ServerError} `port-taken`, `port-forbidden`, `host-unavailable`, `closed` */
export async function listen(
  server: HttpServer | HttpsServer,
  { port, host, isPortChosen, server: theirs, onError }: ServerConfig,
  signal: AbortSignal,
): Promise<Address> {
  if (theirs) {
    if (!theirs.listening) await started(theirs, signal);
    return located(theirs);
  }
  const ports = isPortChosen ? [port] : [...Array.from({ length: nextPorts + 1 }, (_, at) => port + at), 0];
  for (const [at, candidate] of ports.entries()) {
    try {
      server.listen({ port: candidate, ...(host === undefined ? {} : { host }) });
      await once(server, 'listening');
      server.on('error', onError);
      return located(server);
    } catch (error) {
      const failure = explain(error, candidate, host);
      if (failure.code !== 'port-taken' || at === ports.length - 1) throw failure;
    }
  }
  throw new ServerError('port-taken', 'no port is free');
}

export function addressOf(server: HttpServer | HttpsServer): Address | undefined {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return undefined;
  const { address: host, port } = bound;
  const isEverywhere = host === '::' || host === '0.0.0.0';
  const name = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return { host, port, url: `${server instanceof HttpsServer ? 'https' : 'http'}://${name}:${port}` };
}

function located(server: HttpServer | HttpsServer): Address {
  const address = addressOf(server);
  if (!address) throw new ServerError('host-unavailable', 'the server does not listen on a TCP port');
  return address;
}

/** Waits for a server that somebody else starts, or for our own end. */
async function started(server: HttpServer | HttpsServer, signal: AbortSignal): Promise<void> {
  try {
    await once(server, 'listening', { signal });
  } catch (error) {
    throw signal.aborted
      ? new ServerError('closed', 'closed before the server that was passed in listened')
      : explain(error, 0, undefined);
  }
}

function explain(error: unknown, port: number, host: string | undefined): ServerError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new ServerError('port-taken', `port ${port} is taken`);
    case 'EACCES':
      return new ServerError('port-forbidden', `port ${port} may not be used by this user`);
    default:
      return new ServerError(
        'host-unavailable',
        `cannot listen on ${host ?? 'this machine'}: ${String(code)}`,
      );
  }
}
