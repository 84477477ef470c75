// takes unit and contract tests, gives them a page in Chromium and one in Firefox.
//   npx wtr --config test/config/wtr.config.mjs --files test/unit/elements/chat.test.ts
//   BROWSERS=chromium npx wtr --config test/config/wtr.config.mjs --files 'test/unit/core/**/*.test.ts'
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { signaling } from '../support/wtr-signaling.mjs';
import { commonJs } from './common-js.mjs';
import { countReporter } from './wtr-report.mjs';
import { chromiumFlags, findChromium, findFirefox, firefoxPreferences } from '../../.scripts/browsers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wanted = (process.env.BROWSERS ?? 'chromium,firefox').split(',').map((name) => name.trim());
const chromium = wanted.includes('chromium') ? await findChromium() : undefined;
const firefox = wanted.includes('firefox') ? await findFirefox() : undefined;

const browsers = [];
if (chromium)
  browsers.push(
    chromeLauncher({ launchOptions: { executablePath: chromium, args: chromiumFlags }, concurrency: 1 }),
  );
if (firefox)
  browsers.push(
    puppeteerLauncher({
      launchOptions: {
        browser: 'firefox',
        executablePath: firefox,
        extraPrefsFirefox: firefoxPreferences,
      },
      concurrency: 1,
    }),
  );

export default {
  rootDir: root,
  files: ['test/unit/**/*.test.ts', '!test/unit/house/**', 'test/contract/**/*.test.ts'],
  nodeResolve: { browser: true, exportConditions: ['browser', 'default'] },
  plugins: [
    commonJs(),
    signaling(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    }),
  ],
  browsers,
  testFramework: { config: { ui: 'bdd', timeout: 20000 } },
  browserStartTimeout: 60000,
  testsStartTimeout: 60000,
  testsFinishTimeout: 120000,
  coverageConfig: {
    include: ['src/**/*.ts'],
    reportDir: fileURLToPath(new URL('../results/coverage-browser', import.meta.url)),
    reporters: ['lcovonly'],
  },
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY }),
    ...(process.env.REFORMS_REPORT ? [countReporter(process.env.REFORMS_REPORT)] : []),
  ],
};
