// One in Chromium, one in Firefox.

import { randomBytes } from 'node:crypto';
import puppeteer from 'puppeteer-core';
import { findFirefox, firefoxPreferences } from '../../.scripts/browsers.mjs';
import { Person } from '../support/person.ts';
import { expect, test } from '../support/server.ts';

test('Chromium and Firefox call each other, write, and show the same emoji', async ({ browser, server }) => {
  test.slow();
  const executablePath = await findFirefox();
  if (executablePath === undefined)
    throw new Error('the configuration leaves this file out where there is no Firefox');
  const firefox = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: firefoxPreferences,
  });
  try {
    const link = `${server.url}/#rf=1.${randomBytes(32).toString('base64url')}`;
    const ada = await Person.at(browser, link);
    await ada.join('Ada');
    const fox = await firefox.newPage();
    await fox.goto(link);
    await fox.locator('>>> reforms-prejoin >>> input').fill('Fox');
    await fox.locator('>>> reforms-prejoin >>> button.primary').click();

    await ada.sees(1);
    await ada.seesMovingVideo(1);
    const decoded = (): Promise<number> =>
      fox.evaluate(async () => {
        const room = document.querySelector('reforms-room') as unknown as {
          getConnectionStats(): Promise<Map<string, RTCStatsReport>>;
        };
        const reports = [...(await room.getConnectionStats()).values()];
        return reports
          .flatMap(
            (report) => [...report.values()] as { type: string; kind?: string; framesDecoded?: number }[],
          )
          .reduce(
            (sum, { type, kind, framesDecoded = 0 }) =>
              type === 'inbound-rtp' && kind === 'video' ? sum + framesDecoded : sum,
            0,
          );
      });
    const before = await decoded();
    await expect.poll(decoded).toBeGreaterThan(before + 5);

    await ada.write('Can you read this?');
    await fox.waitForSelector('>>> ::-p-text(Can you read this?)');
    await expect(ada.messages.getByText('Delivered')).toBeVisible();
    const emoji = await ada.emoji();
    await fox.evaluate(() =>
      (document.querySelector('reforms-room') as unknown as { verify(): void } | null)?.verify(),
    );
    const list = await fox.waitForSelector('>>> reforms-verify >>> li');
    const shown = await list?.evaluate((item) => (item.parentElement as HTMLElement).innerText);
    const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean);
    expect(words(shown)).toEqual(words(emoji));
    expect(words(shown).length).toBeGreaterThanOrEqual(14);
    await ada.close();
    await expect
      .poll(() =>
        fox.evaluate(
          () =>
            (
              document.querySelector('reforms-room') as unknown as { getParticipants(): unknown[] }
            ).getParticipants().length,
        ),
      )
      .toBe(0);
  } finally {
    await firefox.close();
  }
});
