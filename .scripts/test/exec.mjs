// takes a command, gives its exit code, with its output live on the console and an end when it takes too long.
import { spawn } from 'node:child_process';
import { root } from '../setup.mjs';

const running = new Set();
const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
const posix = process.platform !== 'win32';

const send = (child, signal) => {
  try {
    if (posix) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended by itself.
  }
};

/** Asks first: a runner that is killed outright leaves its browsers behind. */
const end = (child) => {
  send(child, 'SIGTERM');
  return setTimeout(() => send(child, 'SIGKILL'), 10_000);
};

/** Asks whatever is still running, with everything that it started, to end. */
export const endRunning = () => {
  for (const child of running) send(child, 'SIGTERM');
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
    let clock = setTimeout(() => {
      process.stdout.write(`This took more than ${minutes} minutes and was ended.\n`);
      clock = end(child);
    }, minutes * 60_000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(clock);
      running.delete(child);
      send(child, 'SIGKILL'); // What it started and left behind.
      resolve(code ?? 1);
    });
  });
