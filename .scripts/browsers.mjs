// takes the machine, gives the paths of the browsers that the tests drive.
import { accessSync, constants } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { delimiter, join } from 'node:path';

const hasNetwork = Object.values(networkInterfaces())
  .flat()
  .some(({ internal }) => !internal);

/** Flags for every Chromium of the tests: it talks to loopback only, and its camera and microphone are fake. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  ...(hasNetwork ? [] : ['--allow-loopback-in-peer-connection']),
  '--autoplay-policy=no-user-gesture-required',
];

/** Preferences for every Firefox of the tests, for the same reasons. */
export const firefoxPreferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (names) => {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter))
      if (folder && isExecutable(join(folder, name))) return join(folder, name);
  return undefined;
};

/** Playwright's own copy of a browser, when someone has installed it; never a download. */
const playwrightsOwn = async (name) => {
  try {
    const playwright = await import('@playwright/test');
    const path = playwright[name].executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
};

/** The Chromium to drive: `CHROMIUM_PATH`, then the system's, then Playwright's own. */
export const findChromium = async () =>
  process.env.CHROMIUM_PATH ||
  onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) ||
  (await playwrightsOwn('chromium'));

/** The Firefox to drive: `FIREFOX_PATH`, then the system's. Playwright's own build speaks another protocol. */
export const findFirefox = async () => process.env.FIREFOX_PATH || onPath(['firefox-esr', 'firefox']);
