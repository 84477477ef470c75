// The same strict page, one person in Chromium and one in Firefox.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { findFirefox, firefoxPreferences } from '../../.scripts/browsers.mjs';
import { openStrictSite, strict, type StrictWindow } from '../support/hostile-strict.ts';
import { Person } from '../support/person.ts';

test('under a strict policy Chromium and Firefox call each other, and nothing is violated', async ({
  browser,
}, info) => {
  test.slow();
  const executablePath = await findFirefox();
  if (executablePath === undefined)
    throw new Error('the configuration leaves this file out where there is no Firefox');
  const downloads = info.outputPath('downloads');
  await mkdir(downloads, { recursive: true });
  const firefox = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      ...firefoxPreferences,
      // A folder of the reader's choice (2), and this is it.
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
    },
  });
  const site = await openStrictSite(strict);
  const bare = await openStrictSite(strict.map((rule) => rule.replace(" 'wasm-unsafe-eval'", '')));
  try {
    const link = `${site.url}/#rf=1.${randomBytes(32).toString('base64url')}`;
    const ada = await Person.at(browser, link);
    await ada.join('Ada');
    const fox = await firefox.newPage();
    await fox.goto(link);
    await fox.locator('>>> reforms-prejoin >>> input').fill('Fox');
    await fox.locator('>>> reforms-prejoin >>> button.primary').click();
    await ada.sees(1);
    await ada.seesMovingVideo(1);
    await ada.write('Is this readable?');
    await fox.waitForSelector('>>> ::-p-text(Is this readable?)');

    await ada.page
      .locator('reforms-file-drop input[type=file]')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('strictly yours') });
    const save = await fox.waitForSelector('>>> button[aria-label="Save: notes.txt"]');
    await save?.click();
    await expect
      .poll(() => readFile(join(downloads, 'notes.txt'), 'utf8').catch(() => ''))
      .toBe('strictly yours');

    const violated = await fox.evaluate(() => [...(window as unknown as StrictWindow).violations]);
    expect(violated).toEqual([]);
    await ada.close();

    await fox.goto(bare.url);
    const enter = await fox.waitForSelector('>>> reforms-prejoin >>> button.primary');
    await enter?.evaluate((button) => (button as HTMLElement).click());
    await expect
      .poll(() => fox.evaluate(() => [...(window as unknown as StrictWindow).codes]))
      .toEqual(['wasm-blocked true']);
    await fox.waitForSelector(">>> ::-p-text('wasm-unsafe-eval')");
  } finally {
    await firefox.close();
    await Promise.all([site.close(), bare.close()]);
  }
});
