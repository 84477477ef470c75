// takes the built server, gives it running on a free port, and a Playwright test that has one.
//   import { expect, test } from '../support/server.ts';
//   test('…', async ({ page, server }) => { await page.goto(server.url); });
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';

const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

/** A server in a process of its own. */
export interface RunningServer {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:41234`. */
  readonly url: string;
  /** All that it has written to stdout and stderr so far, line by line. */
  readonly log: readonly string[];
  /** Asks it to stop and waits until it has; gives its exit code, or the signal's name. */
  close(): Promise<number | string>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<number | string>;
}

/** Starts `reforms serve` on the given port, or on a free one, and waits until it says where it listens. */
export const startServer = async (flags: readonly string[] = [], port = 0): Promise<RunningServer> => {
  if (!existsSync(cli)) throw new Error('There is no built server; run `npm run build` first.');
  const child = spawn(process.execPath, [cli, 'serve', '--port', String(port), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A variable of the test runner that the server would refuse as a setting it does not know.
    env: { ...process.env, REFORMS_REPORT: '' },
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const log: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (line: string): void => {
      log.push(line);
      const found = /listening on (https?:\/\/[^\s/]+)/.exec(line)?.[1];
      if (found) resolve(found);
    };
    createInterface(child.stdout).on('line', hear);
    createInterface(child.stderr).on('line', hear);
    void ended.then((code) => reject(new Error(`The server ended (${code}):\n${log.join('\n')}`)));
    child.once('error', reject);
  });
  const end = (signal: NodeJS.Signals): Promise<number | string> => {
    child.kill(signal);
    return ended;
  };
  return { url, log, close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
};

/** Playwright's test with a server for each worker. */
export const test = base.extend<object, { server: RunningServer }>({
  server: [
    // Playwright reads the names of the fixtures that this one needs out of the pattern: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
