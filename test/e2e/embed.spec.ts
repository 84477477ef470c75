// Two lines on somebody else's page.

import { Person } from '../support/person.ts';
import { expect, test } from '../support/server.ts';
import { embed, openSite } from '../support/site.ts';

test.describe('the script tag on a page of another origin', () => {
  test('calls through the server that the script came from', async ({ browser, server }) => {
    const site = await openSite({ '/': embed(server.url) });
    const ada = await Person.at(browser, `${site.url}/`);
    const ben = await Person.at(browser, `${site.url}/`);
    await ada.join('Ada');
    await ben.join('Ben');
    await Promise.all([ada.sees(1), ben.sees(1)]);
    await Promise.all([ada.seesMovingVideo(1), ben.seesMovingVideo(1)]);
    await expect(ada.page.getByRole('button', { name: /^Encrypted, not verified/ })).toBeVisible();
    await Promise.all([ada.close(), ben.close()]);
    await site.close();
  });

  test('elements that stand alone with the same room share one session', async ({ browser, server }) => {
    const body = `<reforms-call room="desk"></reforms-call><reforms-chat room="desk"></reforms-chat>`;
    const site = await openSite({ '/': embed(server.url, body) });
    const ada = await Person.at(browser, `${site.url}/`);
    const ben = await Person.at(browser, `${site.url}/`);
    await ada.join('Ada');
    await ben.join('Ben');
    await Promise.all([ada.sees(1), ben.sees(1)]);
    await ada.write('hello from the same session');
    await expect(ben.messages.getByText('hello from the same session')).toBeVisible();
    await Promise.all([ada.close(), ben.close()]);
    await site.close();
  });

  test('loads neither the cryptography nor PeerJS before Join', async ({ browser, server }) => {
    const site = await openSite({ '/': embed(server.url) });
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    const names: string[] = [];
    page.on('response', (response) => {
      if (!response.url().startsWith(server.url)) return;
      names.push(new URL(response.url()).pathname);
      sizes.push(response.body().then(({ length }) => length));
    });
    await page.goto(`${site.url}/`);
    await expect(page.getByRole('button', { name: 'Join', exact: true })).toBeVisible();
    const before = names.length;
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    // libsodium alone is twice as much.
    expect(bytes).toBeLessThan(200_000);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.getByText('You’re the first one here')).toBeVisible();
    expect(names.length).toBeGreaterThan(before);
    await context.close();
    await site.close();
  });
});
