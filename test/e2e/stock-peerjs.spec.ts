// A stock PeerJS client, unchanged, in two browser contexts against our server: what peerjs.md §1 promises, as a user sees it.

import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { DataConnection, MediaConnection, Peer } from 'peerjs';
import { type Address, createSignalingServer, type SignalingServer } from '../../server/index.ts';

declare global {
  interface Window {
    Peer: typeof Peer;
    me: Peer;
    link: DataConnection;
    call: MediaConnection;
    heard: unknown[];
  }
}

const page = '<!doctype html><meta charset="utf-8"><script src="/peerjs.min.js"></script>';

let demoDir: string;
let server: SignalingServer;
let address: Address;
let contexts: BrowserContext[];

test.beforeAll(async () => {
  demoDir = await mkdtemp(join(tmpdir(), 'reforms-'));
  await writeFile(join(demoDir, 'index.html'), page);
  await copyFile(
    new URL('../../node_modules/peerjs/dist/peerjs.min.js', import.meta.url),
    join(demoDir, 'peerjs.min.js'),
  );
});
test.afterAll(() => rm(demoDir, { recursive: true }));

test.beforeEach(async () => {
  server = createSignalingServer({
    port: 0,
    host: '127.0.0.1',
    demoDir,
    expireTimeoutMs: 500,
    allowDiscovery: true,
  });
  address = await server.ready;
  contexts = [];
});
test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await server.close();
});

/** A page of its own context, whose client is open under `id` or, without one, under an id of the server's. */
async function open(newContext: () => Promise<BrowserContext>, id?: string): Promise<Page> {
  const context = await newContext();
  contexts.push(context);
  const tab = await context.newPage();
  await tab.goto(address.url);
  await tab.evaluate(
    async ({ id, port }) => {
      window.heard = [];
      // With a camera in use the browser puts addresses, not mDNS names, into its candidates.
      const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      const options = { host: '127.0.0.1', port, path: '/', secure: false, config: { iceServers: [] } };
      window.me = id === undefined ? new window.Peer(options) : new window.Peer(id, options);
      window.me.on('error', (error) => window.heard.push(error.type));
      window.me.on('connection', (link) => {
        window.link = link;
        link.on('data', (data) => {
          window.heard.push(data);
          link.send(`echo of ${String(data)}`);
        });
      });
      window.me.on('call', (call) => {
        window.call = call;
        call.answer(camera);
      });
      await new Promise((resolve) => window.me.once('open', resolve));
    },
    { id, port: address.port },
  );
  return tab;
}

const heard = (tab: Page) => tab.evaluate(() => window.heard);

/** Frames of the other side's camera that this side has decoded. */
const framesDecoded = (tab: Page) =>
  tab.evaluate(async () => {
    let frames = 0;
    for (const stat of (await window.call?.peerConnection.getStats())?.values() ?? [])
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += Number(stat.framesDecoded ?? 0);
    return frames;
  });

test('text goes both ways over a data connection', async ({ browser }) => {
  const caller = await open(() => browser.newContext());
  const callee = await open(() => browser.newContext(), 'callee');
  await caller.evaluate(async () => {
    window.link = window.me.connect('callee', { reliable: true });
    window.link.on('data', (data) => window.heard.push(data));
    await new Promise<void>((resolve) => window.link.once('open', resolve));
    await window.link.send('good morning, ü 漢 🎈');
  });
  await expect.poll(() => heard(callee)).toEqual(['good morning, ü 漢 🎈']);
  await expect.poll(() => heard(caller)).toEqual(['echo of good morning, ü 漢 🎈']);
});

test('a call shows moving video on both sides', async ({ browser }) => {
  const caller = await open(() => browser.newContext());
  const callee = await open(() => browser.newContext(), 'callee');
  await caller.evaluate(async () => {
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    window.call = window.me.call('callee', camera);
  });
  for (const tab of [caller, callee]) {
    await expect.poll(() => framesDecoded(tab)).toBeGreaterThan(0);
    const before = await framesDecoded(tab);
    await expect.poll(() => framesDecoded(tab)).toBeGreaterThan(before + 10);
  }
});

test('a peer that is not there is reported as unavailable, once', async ({ browser }) => {
  const caller = await open(() => browser.newContext());
  await caller.evaluate(() => window.me.connect('nobody') && undefined);
  await expect.poll(() => heard(caller)).toEqual(['peer-unavailable']);
  // The trail of candidates has its own expiry; a second dial that is answered proves it said nothing.
  await caller.evaluate(() => window.me.connect('nobody else') && undefined);
  await expect.poll(() => heard(caller)).toEqual(['peer-unavailable', 'peer-unavailable']);
});

test('an id that is in use is reported as unavailable, and stays with its holder', async ({ browser }) => {
  const holder = await open(() => browser.newContext(), 'taken');
  const other = await open(() => browser.newContext());
  const type = await other.evaluate(
    (port) =>
      new Promise((resolve) => {
        const peer = new window.Peer('taken', { host: '127.0.0.1', port, path: '/', secure: false });
        peer.on('error', (error) => resolve(error.type));
        peer.on('open', () => resolve('open'));
      }),
    address.port,
  );
  expect(type).toBe('unavailable-id');
  expect(await holder.evaluate(() => window.me.open)).toBe(true);
});

test('a wrong key is reported as a server error', async ({ browser }) => {
  const tab = await open(() => browser.newContext());
  const error = await tab.evaluate(
    (port) =>
      new Promise((resolve) => {
        const peer = new window.Peer('b', {
          host: '127.0.0.1',
          port,
          path: '/',
          secure: false,
          key: 'wrong',
        });
        peer.on('error', ({ type, message }) => resolve([type, message]));
      }),
    address.port,
  );
  expect(error).toEqual(['server-error', 'Invalid key provided']);
});

test('a client that reconnects is open again under its id, and everybody is listed once', async ({
  browser,
}) => {
  const tab = await open(() => browser.newContext(), 'a');
  await open(() => browser.newContext(), 'b');
  const listed = await tab.evaluate(async () => {
    const reopened = new Promise((resolve) => window.me.once('open', resolve));
    window.me.disconnect();
    window.me.reconnect();
    const id = await reopened;
    const ids = await new Promise<unknown[]>((resolve) => window.me.listAllPeers(resolve));
    return { id, ids: ids.map(String).sort() };
  });
  expect(listed).toEqual({ id: 'a', ids: ['a', 'b'] });
});

test('a client that is destroyed frees its id', async ({ browser }) => {
  const first = await open(() => browser.newContext(), 'a');
  await first.evaluate(() => window.me.destroy());
  await open(() => browser.newContext(), 'a');
});

test('a restart of the server in the middle of a call is not seen, and signaling is back within 5 s', async ({
  browser,
}) => {
  const caller = await open(() => browser.newContext(), 'caller');
  const callee = await open(() => browser.newContext(), 'callee');
  for (const tab of [caller, callee])
    await tab.evaluate(() => window.me.on('disconnected', () => window.me.reconnect()) && undefined);
  await caller.evaluate(async () => {
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    window.call = window.me.call('callee', camera);
  });
  for (const tab of [caller, callee]) await expect.poll(() => framesDecoded(tab)).toBeGreaterThan(0);

  const stoppedAt = performance.now();
  const stopped = server.close();
  server = createSignalingServer({ port: address.port, host: '127.0.0.1', demoDir, allowDiscovery: true });
  await server.ready;
  const registered = async () => (await (await fetch(`${address.url}/peerjs/peers`)).json()).sort();
  await expect.poll(registered, { timeout: 5_000, intervals: [50] }).toEqual(['callee', 'caller']);
  expect(performance.now() - stoppedAt).toBeLessThan(5_000);
  await stopped;

  for (const tab of [caller, callee]) {
    const before = await framesDecoded(tab);
    await expect.poll(() => framesDecoded(tab)).toBeGreaterThan(before + 10);
  }
  await caller.evaluate(() => {
    window.link = window.me.connect('callee');
    window.link.on('open', () => window.link.send('still here'));
  });
  await expect.poll(() => heard(callee)).toContain('still here');
});
