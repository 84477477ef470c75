// takes nothing, gives a real Redis on loopback that can be killed and started again.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { have } from './debian.ts';

/** For tests that need it: nothing, or why they cannot be run. */
export const withRedis = have('redis-server', 'redis-server')
  ? {}
  : {
      skip: 'There is no redis-server on this machine and none could be installed: the cluster was not tested.',
    };

export interface RunningRedis {
  readonly url: string;
  /** Ends it as a crash would; it keeps nothing. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

export async function startRedis(test: TestContext): Promise<RunningRedis> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const started = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    for await (const line of createInterface(started.stdout))
      if (line.includes('Ready to accept connections')) break;
    started.stdout.resume();
  }
  async function kill(): Promise<void> {
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  }
  await start();
  test.after(kill);
  return { url: `redis://127.0.0.1:${port}`, kill, start };
}
