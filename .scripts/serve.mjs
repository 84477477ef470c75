// takes flags, gives the built server, running in this very process: its signals and its exit code are ours.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, ensureBuilt, ensureInstalled, root } from './setup.mjs';

const prepare = async () => {
  try {
    await ensureInstalled();
    await ensureBuilt();
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return false;
  }
};

/** npm repeats to us the Ctrl-C that the console has sent us already; only one that comes later means "now". */
const hearOncePerSecond = (signal, exitCode) => {
  let first;
  process.on(signal, () => {
    if (first !== undefined && performance.now() - first > 1000) process.exit(exitCode);
    first ??= performance.now();
  });
};

/** Installs and builds what has changed, then becomes the server. */
export const start = async (flags) => {
  if (!(await prepare())) {
    process.exitCode = 1;
    return;
  }
  hearOncePerSecond('SIGINT', 130);
  hearOncePerSecond('SIGTERM', 143);
  const cli = join(root, 'dist/server/cli.js');
  // What somebody tries at their desk is for their desk; a host says `--host`.
  const host = flags.some((flag) => /^(--host|-H)(=|$)/.test(flag)) ? [] : ['--host', '127.0.0.1'];
  process.argv.splice(1, process.argv.length, cli, 'serve', ...host, ...flags);
  await import(pathToFileURL(cli).href);
};
