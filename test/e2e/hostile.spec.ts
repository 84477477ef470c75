// Someone who is in the room, and says what no kit would say.

import { Person } from '../support/person.ts';
import { expect, test } from '../support/server.ts';
import { embed, openSite } from '../support/site.ts';

const body =
  '<reforms-room room="hostile"><reforms-call></reforms-call><reforms-chat></reforms-chat></reforms-room>';

/** What the hostile page makes the stock kit send in place of a message, by its text. */
const bad: Readonly<Record<string, string>> = {
  'bad JSON': '{"kind":"message",',
  'no object': '[1,2,3]',
  'null': 'null',
  'unknown kind': '{"kind":"__proto__"}',
  'wrong types': '{"kind":"message","id":{"toString":1},"text":7,"sentAt":"now"}',
  'missing fields': '{"kind":"file-offer","id":"aaaaaaaaaaaa"}',
  'a text beyond the limit': JSON.stringify({
    kind: 'message',
    id: 'b'.repeat(22),
    text: 'x'.repeat(16_385),
    sentAt: 1,
  }),
  'a description that is none': '{"kind":"candidate","candidate":{},"mid":1,"line":-1,"ufrag":[]}',
};

test('frames that make no sense are answered with an error event, and the session lives', async ({
  browser,
  server,
}) => {
  const site = await openSite({ '/': embed(server.url, body) });
  const ada = await Person.at(browser, `${site.url}/`);
  const mallory = await Person.at(browser, `${site.url}/`);
  await mallory.page.evaluate((frames) => {
    const { stringify } = JSON;
    JSON.stringify = (value: unknown, ...rest: never[]) => {
      const text =
        (value as { kind?: unknown; text?: unknown } | null)?.kind === 'message' &&
        (value as { text: string }).text;
      return (typeof text === 'string' && frames[text]) || stringify(value, ...rest);
    };
  }, bad);
  await ada.remember('reforms-error');
  await ada.join('Ada');
  await mallory.join('Mallory');
  await Promise.all([ada.sees(1), mallory.sees(1)]);

  for (const [index, name] of Object.keys(bad).entries()) {
    await mallory.write(name);
    await expect.poll(async () => (await ada.heard('reforms-error')).length, name).toBe(index + 1);
  }
  for (const { code, fatal } of await ada.heard('reforms-error'))
    expect({ code, fatal }).toEqual({ code: 'bad-frame', fatal: false });

  // Bytes that no key has sealed.
  await mallory.page.evaluate(() => {
    const { send } = RTCDataChannel.prototype;
    RTCDataChannel.prototype.send = function (this: RTCDataChannel) {
      RTCDataChannel.prototype.send = send;
      send.call(this, new Uint8Array(200_000));
    };
  });
  await mallory.write('garbage in place of this');
  await expect.poll(async () => (await ada.heard('reforms-error')).length).toBe(Object.keys(bad).length + 1);

  await mallory.write('and now an honest word');
  await expect(ada.messages.getByText('and now an honest word')).toBeVisible();
  await ada.write('still here');
  await expect(mallory.messages.getByText('still here')).toBeVisible();
  expect(ada.complaints).toEqual([]);
  await Promise.all([ada.close(), mallory.close()]);
  await site.close();
});
