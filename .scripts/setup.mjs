// takes a clone of the repository, gives it what it lacks: its packages, its build; nothing that is there already.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const inRoot = (path) => join(root, path);
const readOr = (path, other) => (existsSync(path) ? readFileSync(path, 'utf8') : other);

/** Runs a program in the same console and gives its exit code; a signal counts as a failure. */
export const run = (command, args, { env, ...options } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      ...options,
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

/** Every file under the given files and folders, sorted, as paths from the root. */
export const filesUnder = (paths) => {
  const found = [];
  const visit = (path) => {
    if (!existsSync(inRoot(path))) return;
    if (!statSync(inRoot(path)).isDirectory()) found.push(path);
    else for (const name of readdirSync(inRoot(path)).sort()) visit(`${path}/${name}`);
  };
  for (const path of paths) visit(path);
  return found;
};

/** One hash over the names and contents of the files, and over anything else that must be the same. */
const hashOf = (paths, ...also) => {
  const hash = createHash('sha256');
  for (const word of also) hash.update(word).update('\0');
  for (const path of filesUnder(paths)) {
    const bytes = readFileSync(inRoot(path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const ageMs = (path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

/** Lets one process at a time install or build, so that two starts in one clone do not trip over each other. */
const alone = async (work) => {
  const lock = inRoot('.cache/setup.lock');
  mkdirSync(inRoot('.cache'), { recursive: true });
  for (let waited = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(readOr(lock, ''));
      if (holder ? !isAlive(holder) : ageMs(lock) > 5000) rmSync(lock, { force: true });
      else {
        if (!waited) say('Waiting for another start in this folder to finish installing or building …');
        waited = true;
        await pause(200);
      }
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
};

const say = (text) => process.stderr.write(`${text}\n`);

/** npm as the person started it, else the one on the path. */
const npm = (args) => {
  const env = { PUPPETEER_SKIP_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return run(process.execPath, [script, ...args], { env });
  return run('npm', args, { env, shell: process.platform === 'win32' });
};

/** Whether node_modules holds what the lock file names, going by the list that npm keeps in it. */
const holdsTheLocked = () => {
  const hidden = JSON.parse(readOr(inRoot('node_modules/.package-lock.json'), '{}')).packages ?? {};
  const locked = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || hidden[path]?.version === version,
  );
};

/** Installs the packages when the lock file is not the one that node_modules was installed from. */
export const ensureInstalled = async () => {
  const stamp = inRoot('node_modules/.reforms-stamp');
  const wanted = hashOf(['package-lock.json'], process.platform, process.arch);
  if (readOr(stamp, '') === wanted) return;
  await alone(async () => {
    if (readOr(stamp, '') === wanted) return;
    if (existsSync(stamp) || !holdsTheLocked()) {
      say('Installing packages …');
      rmSync(stamp, { force: true });
      const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund'];
      const code = await npm(['ci', ...flags]);
      if (code !== 0) throw new SetupError(`npm ci failed with exit code ${code}.`);
    }
    writeFileSync(stamp, wanted);
  });
};

/** What the kit, the demo and the server are made from. */
const inputs = [
  'src',
  'server',
  'demo',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  '.scripts',
];
/** The parts of the build that make them, see build.mjs. */
export const servedParts = ['kit', 'demo', 'server'];
const outputs = ['dist/kit/reforms.js', 'dist/demo/index.html', 'dist/server/cli.js'];
const stampOfBuild = 'dist/.stamp';

/** Forgets the last build; gives what says, once the new one is there, that it was made from today's sources. */
export const beginBuild = () => {
  const hash = hashOf(inputs);
  rmSync(inRoot(stampOfBuild), { force: true });
  return () => writeFileSync(inRoot(stampOfBuild), hash);
};

/** Builds what `npm start` serves when a source has changed since the last build. */
export const ensureBuilt = async () => {
  const isFresh = () =>
    readOr(inRoot(stampOfBuild), '') === hashOf(inputs) && outputs.every((path) => existsSync(inRoot(path)));
  if (isFresh()) return;
  await alone(async () => {
    if (isFresh()) return;
    say('Building …');
    const code = await run(process.execPath, [inRoot('.scripts/build.mjs'), ...servedParts]);
    if (code !== 0) throw new SetupError('The build failed; nothing was started.');
  });
};

/** Something that the person at the console has to put right; its message is all they need to read. */
export class SetupError extends Error {}
