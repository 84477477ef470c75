// takes a secret, gives a real coturn on loopback that checks it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Coturn {
  readonly port: number;
  /** What it has said until it was ready. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

/** Starts it and waits until it serves; `dir` is for what it writes, `more` are further flags. */
export async function startCoturn(
  dir: string,
  secret: string,
  more: readonly string[] = [],
): Promise<Coturn> {
  const port = await freePort();
  const flags = [
    ...(more.includes('-c') ? [] : ['-n']),
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=reforms',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--allow-loopback-peers',
    '--log-file=stdout',
    `--pidfile=${join(dir, 'turn.pid')}`,
    `--userdb=${join(dir, 'turn.db')}`,
    ...more,
  ];
  const child: ChildProcess = spawn('turnserver', flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('coturn says nothing');
  const said: string[] = [];
  createInterface(stderr).on('line', (line) => said.push(line));
  for await (const line of createInterface(stdout)) {
    said.push(line);
    if (line.includes('Total General servers')) break;
  }
  stdout.resume();
  return {
    port,
    said,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
