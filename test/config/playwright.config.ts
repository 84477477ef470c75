// takes the tests of test/e2e, gives them the Chromium of this machine with a fake camera and microphone.
import { defineConfig } from '@playwright/test';
import type { PlaywrightTestConfig } from '@playwright/test';
import { chromiumFlags, findChromium, findFirefox } from '../../.scripts/browsers.mjs';

const chromium = await findChromium();
const firefox = await findFirefox();
const report = process.env['REFORMS_REPORT'];

const config: PlaywrightTestConfig = {
  testDir: '../e2e',
  outputDir: '../results/e2e',
  // Tests that need a Firefox beside the Chromium have it in their file's name.
  testIgnore: firefox ? [] : ['**/*.firefox.*'],
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  workers: Number(process.env['WORKERS'] ?? 1),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: { args: chromiumFlags, ...(chromium ? { executablePath: chromium } : {}) },
  },
};

export default defineConfig(config);
