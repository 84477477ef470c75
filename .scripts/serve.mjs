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

/** Installs and builds what has changed, then becomes the server. */
export const start = async (flags) => {
  if (!(await prepare())) {
    process.exitCode = 1;
    return;
  }
  const cli = join(root, 'dist/server/cli.js');
  process.argv.splice(1, process.argv.length, cli, 'serve', ...flags);
  await import(pathToFileURL(cli).href);
};
