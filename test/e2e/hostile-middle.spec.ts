// Mallory in a room without a secret, with live DTLS on both legs: what only the emoji can show, and what no link needs to.

import { expect, test } from '../support/hostile-room.ts';

test.describe('in a room without a secret, Mallory in the middle', () => {
  test('passes on the call and reads along, and the emoji on the two screens differ', async ({ hostile }) => {
    const { ada, ben } = hostile;
    await hostile.begin({ secret: false });
    const mallory = await hostile.mallory();
    await mallory.sitBetween();
    await hostile.join();
    await Promise.all([ada.sees(1), ben.sees(1)]);
    await Promise.all([ada.seesMovingVideo(1), ben.seesMovingVideo(1)]);
    await ada.write('only for Ben');
    await expect(ben.messages.getByText('only for Ben')).toBeVisible();
    // The attack is real: this is what the emoji are for.
    expect(await mallory.read()).toEqual(['only for Ben']);
    await expect.poll(mallory.packetsFromCalled).toBeGreaterThan(0);
    for (const { page } of [ada, ben])
      await expect(page.getByRole('button', { name: /^Encrypted, not verified/ })).toBeVisible();
    const [seen, shown] = await Promise.all([ada.emoji(), ben.emoji()]);
    expect(seen.trim()).not.toBe('');
    expect(shown.trim()).not.toBe('');
    expect(seen).not.toBe(shown);
    await mallory.close();
  });

  test('is noticed by whoever has verified the other before, and gets nothing from them', async ({
    hostile,
  }) => {
    const { ada, ben } = hostile;
    await hostile.begin({ secret: false });
    await hostile.join();
    await ada.sees(1);
    await ada.emoji();
    await ada.page.getByRole('button', { name: 'They match', exact: true }).click();
    await ada.page.keyboard.press('Escape');
    await ben.page.reload();
    await ada.sees(0);

    const mallory = await hostile.mallory();
    await mallory.sitBetween();
    await ben.join('Ben');
    await expect(ada.call.getByText(/Ben.*’s key has changed/).first()).toBeVisible();
    await ada.write('for the Ben I know');
    await ben.write('from the Ben she knows');
    // What Ben writes goes through her hands; what Ada writes does not even reach them, nor does her picture.
    await expect.poll(mallory.read).toEqual(['from the Ben she knows']);
    expect(await mallory.packetsFromCalled()).toBe(0);
    await expect(ada.messages.getByText('from the Ben she knows')).toHaveCount(0);
    await mallory.close();
  });

  test('cannot pass off the certificate of one as hers to the other', async ({ hostile }) => {
    const { ada, ben } = hostile;
    await hostile.begin({ secret: false });
    const mallory = await hostile.mallory();
    await mallory.shareKeys(false);
    await hostile.join();
    // Their DTLS meets, with fingerprints that are right; CONFIRM shows that the handshakes were two.
    await expect
      .poll(async () => [...(await hostile.errors(ada)), ...(await hostile.errors(ben))])
      .toContain('confirm');
    expect((await hostile.was(ada, 'connected')) || (await hostile.was(ben, 'connected'))).toBe(true);
    await Promise.all([ada.sees(0), ben.sees(0)]);
    await mallory.close();
  });

  test('who names a fingerprint that is nobody’s gets no connection', async ({ hostile }) => {
    const { ada, ben } = hostile;
    await hostile.begin({ secret: false });
    const mallory = await hostile.mallory();
    await mallory.shareKeys(true);
    await hostile.join();
    await expect.poll(mallory.log).toContain('near authenticated');
    // Whoever is told of it first closes; the other may only see that.
    await expect
      .poll(async () => (await hostile.was(ada, 'failed')) || (await hostile.was(ben, 'failed')), {
        timeout: 30_000,
      })
      .toBe(true);
    await Promise.all([ada.sees(0), ben.sees(0)]);
    for (const person of [ada, ben]) expect(await hostile.was(person, 'connected')).toBe(false);
    await mallory.close();
  });
});
