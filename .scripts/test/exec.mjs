// takes a command, gives its exit code, with its output live on the console and an end when it takes too long.
import { spawn } from 'node:child_process';
import { root } from '../setup.mjs';

const running = new Set();
const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
const posix = process.platform !== 'win32';

const end = (child) => {
  try {
    if (posix) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  } catch {
    // It has ended by itself.
  }
};

/** Ends whatever is still running, with everything that it started. */
export const endRunning = () => {
  for (const child of running) end(child);
};

/** Runs a Node script of the repository or of a package. After `minutes` it is ended, and that is a failure. */
export const execNode = (args, { env = {}, minutes = 5 } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: posix,
      env: { ...process.env, ...colours, ...env },
    });
    running.add(child);
    const clock = setTimeout(() => {
      process.stdout.write(`This took more than ${minutes} minutes and was ended.\n`);
      end(child);
    }, minutes * 60_000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(clock);
      running.delete(child);
      end(child);
      resolve(code ?? 1);
    });
  });
