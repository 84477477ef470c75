// The kit on a page that forbids all it can.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openStrictSite, strict, type StrictWindow } from '../support/hostile-strict.ts';
import { Person } from '../support/person.ts';
import { expect, test } from '@playwright/test';

const violationsOf = ({ page }: Person) =>
  page.evaluate(() => [...(window as unknown as StrictWindow).violations]);

test('under a strict policy people call, write, send files and compare emoji, and nothing is violated', async ({
  browser,
}, info) => {
  const site = await openStrictSite(strict);
  const link = `${site.url}/#rf=1.${randomBytes(32).toString('base64url')}`;
  const ada = await Person.at(browser, link);
  const ben = await Person.at(browser, link);
  await expect(ada.call.locator('video').first()).toBeVisible();
  await ada.join('Ada');
  await ben.join('Ben');
  await Promise.all([ada.sees(1), ben.sees(1)]);
  await Promise.all([ada.seesMovingVideo(1), ben.seesMovingVideo(1)]);
  await ada.write('Is https://example.org/ blocked? 😀');
  await expect(ben.messages.getByText('Is https://example.org/ blocked? 😀')).toBeVisible();

  await ada.page
    .locator('reforms-file-drop input[type=file]')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('strictly yours') });
  const download = ben.page.waitForEvent('download');
  await ben.page.getByRole('button', { name: 'Save: notes.txt' }).click();
  const saved = info.outputPath('notes.txt');
  await (await download).saveAs(saved);
  expect(await readFile(saved, 'utf8')).toBe('strictly yours');

  expect(await ada.emoji()).toBe(await ben.emoji());
  for (const person of [ada, ben]) {
    expect(await violationsOf(person)).toEqual([]);
    expect(person.complaints).toEqual([]);
  }
  await Promise.all([ada.close(), ben.close()]);
  await site.close();
});

test('without wasm-unsafe-eval nobody gets in, and the words say what the page has to allow', async ({
  browser,
}) => {
  const site = await openStrictSite(strict.map((rule) => rule.replace(" 'wasm-unsafe-eval'", '')));
  const ada = await Person.at(browser, site.url);
  await ada.join('Ada');
  await expect(ada.call.getByText(/script-src/).first()).toBeVisible();
  await expect(ada.call.getByText(/'wasm-unsafe-eval'/).first()).toBeVisible();
  expect(await ada.page.evaluate(() => (window as unknown as StrictWindow).codes)).toEqual([
    'wasm-blocked true',
  ]);
  await ada.close();
  await site.close();
});
