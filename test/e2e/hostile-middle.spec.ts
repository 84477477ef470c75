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
    for (const { page } of [ada, ben])
      await expect(page.getByRole('button', { name: /^Encrypted, not verified/ })).toBeVisible();
    const [seen, shown] = await Promise.all([ada.emoji(), ben.emoji()]);
    expect(seen.trim()).not.toBe('');
    expect(shown.trim()).not.toBe('');
    expect(seen).not.toBe(shown);
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
    await expect.poll(() => hostile.was(ada, 'failed')).toBe(true);
    await Promise.all([ada.sees(0), ben.sees(0)]);
    for (const person of [ada, ben]) expect(await hostile.was(person, 'connected')).toBe(false);
    await mallory.close();
  });
});
