// Two calls, a chat and a file over a server that is looked into: what people said, and who they are, is nowhere in it.

import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { openTransparentServer } from '../support/hostile-host.ts';
import { openRecorder } from '../support/hostile-recorder.ts';
import { Person } from '../support/person.ts';
import { openSite } from '../support/site.ts';

/** A word that occurs nowhere by chance, and goes through every encoding unchanged. */
const canary = (what: string): string => `canary${what}${randomBytes(8).toString('hex')}`;

const page = (server: string, room: string): string => `<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>Lesson</title><script>
  // What stands in session descriptions and candidates, for the test to look for.
  window.said = new Set();
  const note = (text) => {
    for (const [, word] of (text ?? '').matchAll(/(?:a=ice-pwd:|a=fingerprint:sha-256 )(\\S+)/g)) said.add(word);
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) {
      super(...options);
      this.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.address) said.add(candidate.address);
      });
      this.addEventListener('signalingstatechange', () => {
        note(this.localDescription?.sdp);
        note(this.remoteDescription?.sdp);
      });
    }
  };
</script></head><body>
<script type="module" src="${server}/reforms.js"></script>
<reforms-room room="${room}"><reforms-call></reforms-call><reforms-chat></reforms-chat>
<reforms-file-drop></reforms-file-drop></reforms-room></body></html>`;

/** Every way in which 32 bytes might be written down. */
const spellings = (secret: Buffer): string[] => [
  secret.toString('base64url'),
  secret.toString('base64').replace(/=+$/, ''),
  encodeURIComponent(secret.toString('base64')),
  secret.toString('hex'),
  secret.toString('hex').toUpperCase(),
  secret.toString('latin1'),
  [...secret].join(','),
];

test('what is said in a room, and how it is sealed, leaves no trace in the server or on the way to it', async ({
  browser,
}, info) => {
  test.slow();
  const server = await openTransparentServer();
  const recorder = await openRecorder(server.url);
  const marks = {
    room: canary('room'),
    name: canary('name'),
    otherName: canary('other'),
    message: canary('message'),
    fileName: `${canary('file')}.txt`,
    fileText: canary('text'),
  };
  const secret = randomBytes(32);
  const site = await openSite({ '/': page(recorder.url, marks.room) });
  const link = `${site.url}/#rf=1.${secret.toString('base64url')}`;
  const ada = await Person.at(browser, link);
  const ben = await Person.at(browser, link);

  await ada.join(marks.name);
  await ben.join(marks.otherName);
  await Promise.all([ada.sees(1), ben.sees(1), ada.seesMovingVideo(1)]);
  await ada.write(marks.message);
  await expect(ben.messages.getByText(marks.message)).toBeVisible();
  await ada.page
    .locator('reforms-file-drop input[type=file]')
    .setInputFiles({ name: marks.fileName, mimeType: 'text/plain', buffer: Buffer.from(marks.fileText) });
  const download = ben.page.waitForEvent('download');
  await ben.page.getByRole('button', { name: `Save: ${marks.fileName}` }).click();
  await (await download).saveAs(info.outputPath('saved.txt'));
  await expect(ben.call.getByText(marks.name, { exact: true })).toBeVisible();

  // The second call, of the same two; the first one's parts are let go of by then.
  const first = await words(ben);
  await ben.page.reload();
  await ada.sees(0);
  await ben.join(marks.otherName);
  await Promise.all([ada.sees(1), ben.sees(1), ben.seesMovingVideo(1)]);

  const descriptions = [...first, ...(await words(ada)), ...(await words(ben))];
  // Passwords and fingerprints of two calls at least, and addresses.
  expect(descriptions.length).toBeGreaterThan(8);
  // The server's own end of each socket has this address: it is how the machine is reached.
  const canaries = [...Object.values(marks), ...descriptions.filter((word) => !isLoopback(word))];

  // While both are connected, so that whatever the server holds for them is held.
  const heap = await server.heap();
  const doors = heap.match(/rf1-[0-9a-f]{32}/g) ?? [];
  // What a live socket must hold is there, and shows that the search would find what else there was: the ids, by
  // which the server tells its sockets apart, and the address each of them comes from.
  expect(new Set(doors).size).toBe(1);
  expect(heap).toContain('127.0.0.1');
  for (const word of [...canaries, ...spellings(secret).map(asJson)])
    expect(heap.includes(word), `${word} in the server's memory`).toBe(false);

  const [door = ''] = doors;
  const held = await server.memoryHolds([door, ...canaries, ...spellings(secret)]);
  expect(held).toEqual(process.platform === 'linux' ? [door] : []);

  expect(await server.openForWriting()).toEqual([]);
  expect(await server.written()).toEqual([]);
  for (const word of [door, ...canaries]) expect(server.output()).not.toContain(word);

  const sent = recorder.sent();
  const answered = recorder.answered();
  expect(recorder.requests().length).toBeGreaterThan(4);
  expect(sent.match(/"type":"OFFER"/g)?.length ?? 0).toBeGreaterThan(1);
  for (const word of [...canaries, ...spellings(secret)]) {
    expect(sent.includes(word), `${word} on its way to the server`).toBe(false);
    expect(answered.includes(word), `${word} on its way from the server`).toBe(false);
  }
  expect(sent).not.toContain('rf=1');

  await Promise.all([ada.close(), ben.close()]);
  await Promise.all([site.close(), recorder.close()]);
  await server.close();
});

const words = (person: Person): Promise<string[]> =>
  person.page.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);

const isLoopback = (word: string): boolean => /^(127\.|::1$|\[::1\]$)/.test(word);

/** A string as it stands in a heap snapshot, which is JSON. */
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
