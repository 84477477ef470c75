// takes the machine, gives a Chromium and, where there can be one, a Firefox; installs them where it may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findFirefox } from '../browsers.mjs';
import { root } from '../setup.mjs';

const say = (text) => process.stdout.write(`${text}\n`);

const mayUseApt = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

const succeeds = (command, args) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

const apt = (name) => {
  say(`Installing ${name} …`);
  return (
    succeeds('apt-get', ['update', '-q']) &&
    succeeds('apt-get', ['install', '-q', '-y', '--no-install-recommends', name])
  );
};

const chromium = async () => {
  const found = await findChromium();
  if (found) return found;
  if (mayUseApt() && apt('chromium')) {
    const installed = await findChromium();
    if (installed) return installed;
  }
  say('Installing the Chromium of Playwright …');
  succeeds(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  return findChromium();
};

const firefox = async () => {
  const found = await findFirefox();
  if (found || !mayUseApt()) return found;
  apt('firefox-esr');
  return findFirefox();
};

/** The browsers to test with. Without a Chromium the stages that need one fail; a Firefox may be missing. */
export const prepareBrowsers = async () => {
  const browsers = { chromium: await chromium(), firefox: await firefox() };
  for (const [name, path] of Object.entries(browsers)) say(`${name}: ${path ?? 'none'}`);
  return browsers;
};
