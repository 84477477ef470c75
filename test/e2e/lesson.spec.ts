// The demo as a newcomer meets it: two windows, one link.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Person } from '../support/person.ts';
import { expect, test } from '../support/server.ts';

const hash = async (path: string): Promise<string> => {
  const sum = createHash('sha256');
  for await (const piece of createReadStream(path)) sum.update(piece as Buffer);
  return sum.digest('hex');
};

const freshRoom = (url: string): string => `${url}/#rf=1.${randomBytes(32).toString('base64url')}`;

test.describe('a lesson', () => {
  test('two people see and hear each other, write, compare emoji, leave and come back', async ({
    browser,
    server,
  }) => {
    const link = freshRoom(server.url);
    const ada = await Person.at(browser, link);
    await expect(ada.page, 'the secret leaves the address bar').not.toHaveURL(/rf=1/);
    await expect(ada.call.locator('video').first()).toBeVisible();
    await ada.join('Ada');
    await expect(ada.page.getByText('You’re the first one here')).toBeVisible();

    const ben = await Person.at(browser, link);
    await ben.join('Ben');
    await Promise.all([ada.sees(1), ben.sees(1)]);
    await Promise.all([ada.seesMovingVideo(1), ben.seesMovingVideo(1)]);
    await Promise.all([ada.hears(), ben.hears()]);
    await expect(ada.call.getByText('Ben', { exact: true })).toBeVisible();
    await expect(ben.call.getByText('Ada', { exact: true })).toBeVisible();

    await ada.write('What is seven times eight?');
    await expect(ben.messages.getByText('What is seven times eight?')).toBeVisible();
    await ben.write('56');
    await expect(ada.messages.getByText('56')).toBeVisible();
    await expect(ada.messages.getByText('Delivered')).toBeVisible();

    const [seen, shown] = await Promise.all([ada.emoji(), ben.emoji()]);
    expect(seen).toBe(shown);
    expect(seen.trim()).not.toBe('');
    await ada.page.keyboard.press('Escape');
    await ben.page.keyboard.press('Escape');

    await ada.remember('reforms-participant-left');
    const gone = Date.now();
    await ben.page.close();
    await ada.sees(0);
    const [left] = await ada.heard('reforms-participant-left');
    expect(left?.reason).toBe('left');
    expect((left?.at ?? Infinity) - gone, 'a closed tab is seen within a second').toBeLessThan(1_000);

    const again = await ben.context.newPage();
    await again.goto(link);
    await again.getByRole('button', { name: 'Join', exact: true }).first().click();
    await Promise.all([ada.sees(1), ada.seesMovingVideo(1)]);
    expect([...ada.complaints, ...ben.complaints]).toEqual([]);
    await Promise.all([ada.close(), ben.close()]);
  });

  test('two windows of one browser are two people', async ({ browser, server }) => {
    const link = freshRoom(server.url);
    const one = await Person.at(browser, link);
    const two = await one.context.newPage();
    await two.goto(link);
    await two.getByRole('button', { name: 'Join', exact: true }).first().click();
    await one.page.bringToFront();
    await one.join();
    await one.sees(1);
    await one.seesMovingVideo(1);
    await one.close();
  });

  test('a reload comes back into the same room, once', async ({ browser, server }) => {
    const link = freshRoom(server.url);
    const ada = await Person.at(browser, link);
    const ben = await Person.at(browser, link);
    await ada.join('Ada');
    await ben.join('Ben');
    await Promise.all([ada.sees(1), ben.sees(1)]);
    for (const person of [ben, ada, ben]) {
      await person.page.reload();
      await person.join();
      await Promise.all([ada.sees(1), ben.sees(1)]);
      await Promise.all([ada.seesMovingVideo(1), ben.seesMovingVideo(1)]);
    }
    await Promise.all([ada.close(), ben.close()]);
  });

  test('a file of 64 MiB arrives intact', async ({ browser, server }, info) => {
    test.slow();
    const link = freshRoom(server.url);
    const path = info.outputPath('homework.bin');
    await writeFile(path, randomBytes(64 << 20));
    const ada = await Person.at(browser, link);
    const ben = await Person.at(browser, link);
    await Promise.all([ada.join('Ada'), ben.join('Ben')]);
    await Promise.all([ada.sees(1), ben.sees(1)]);
    await ada.page.locator('reforms-file-drop input[type=file]').setInputFiles(path);
    const download = ben.page.waitForEvent('download');
    await ben.page.getByRole('button', { name: 'Save: homework.bin' }).click();
    const saved = info.outputPath('saved.bin');
    await (await download).saveAs(saved);
    expect(await hash(saved)).toBe(await hash(path));
    await expect(ada.page.getByText(/Sent to .?Ben/)).toBeVisible();
    await Promise.all([ada.close(), ben.close()]);
  });

  test('a third and a fourth person join, and everyone sees everyone', async ({ browser, server }) => {
    const link = freshRoom(server.url);
    const names = ['Ada', 'Ben', 'Cem', 'Dia'];
    const people = await Promise.all(names.map(() => Person.at(browser, link)));
    for (const [index, person] of people.entries()) await person.join(names[index]);
    await Promise.all(people.map((person) => person.sees(3)));
    const [first, ...others] = people;
    await first?.seesMovingVideo(3);
    // The first held the door; the others stay together without it, and whoever comes later finds them.
    await first?.close();
    await Promise.all(others.map((person) => person.sees(2)));
    const late = await Person.at(browser, link);
    await late.join('Eva');
    await late.sees(3);
    await Promise.all([...others, late].map((person) => person.close()));
  });
});
