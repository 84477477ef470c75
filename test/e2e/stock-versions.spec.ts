// Every kind of PeerJS 1.x client, unchanged, in two browser contexts: the same steps on our server and on PeerServer.

import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ExpressPeerServer as reference } from 'peer';
import express5 from 'express5';
import { createSignalingServer } from '../../server/index.ts';

/** The oldest 1.x, one from the middle, the newest. */
const versions = { '1.0.0': 'peerjs-1.0', '1.3.2': 'peerjs-1.3', '1.5.5': 'peerjs' } as const;

interface Running {
  readonly port: number;
  close(): Promise<void>;
}

const servers: Readonly<Record<string, () => Promise<Running>>> = {
  async reforms() {
    const server = createSignalingServer({
      port: 0,
      host: '127.0.0.1',
      expireTimeoutMs: 500,
      allowDiscovery: true,
    });
    const { port } = await server.ready;
    return { port, close: () => server.close() };
  },
  async peer() {
    const app = express5();
    const server = createServer(app);
    app.use('/', reference(server, { expire_timeout: 500, cleanup_out_msgs: 100, allow_discovery: true }));
    await listening(server);
    return { port: portOf(server), close: () => ended(server) };
  },
};

const listening = (server: Server) => once(server.listen(0, '127.0.0.1'), 'listening');
const portOf = (server: Server) => (server.address() as AddressInfo).port;
async function ended(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

let dir: string;
let pages: Running & { readonly url: string };

test.beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reforms-'));
  for (const name of Object.values(versions)) {
    await copyFile(
      new URL(`../../node_modules/${name}/dist/peerjs.min.js`, import.meta.url),
      join(dir, `${name}.js`),
    );
    const script = `<!doctype html><meta charset="utf-8"><script src="/${name}.js"></script>`;
    await writeFile(join(dir, `${name}.html`), script);
  }
  const server = createSignalingServer({ port: 0, host: '127.0.0.1', demoDir: dir });
  const { port, url } = await server.ready;
  pages = { port, url, close: () => server.close() };
});
test.afterAll(async () => {
  await pages.close();
  await rm(dir, { recursive: true });
});

let contexts: BrowserContext[] = [];
test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

/** A page with a client of that version; with `id` it asks for it, without it takes what the server gives. */
async function open(page: () => Promise<Page>, name: string, port: number, id?: string): Promise<Page> {
  const tab = await page();
  contexts.push(tab.context());
  await tab.goto(`${pages.url}/${name}.html`);
  await tab.evaluate(
    async ({ id, port }) => {
      window.heard = [];
      // With a camera in use the browser puts addresses, not mDNS names, into its candidates.
      const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      const options = { host: '127.0.0.1', port, path: '/', secure: false, config: { iceServers: [] } };
      window.me = id === undefined ? new window.Peer(options) : new window.Peer(id, options);
      window.me.on('error', (error) => window.heard.push(error.type));
      window.me.on('connection', (link) =>
        link.on('data', (data) => {
          window.heard.push(typeof data === 'string' && data.length > 100 ? data.length : data);
          link.send(data);
        }),
      );
      window.me.on('call', (call) => {
        window.call = call;
        call.answer(camera);
      });
      await new Promise((resolve) => window.me.on('open', resolve));
    },
    { id, port },
  );
  return tab;
}

const heard = (tab: Page) => tab.evaluate(() => window.heard);

const framesDecoded = (tab: Page) =>
  tab.evaluate(async () => {
    let frames = 0;
    for (const stat of (await window.call?.peerConnection.getStats())?.values() ?? [])
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += Number(stat.framesDecoded ?? 0);
    return frames;
  });

/** The outcome of a client with these options: `open`, or its first error. */
const attempt = (tab: Page, id: string, options: object) =>
  tab.evaluate(
    ({ id, options }) =>
      new Promise((resolve) => {
        const peer = new window.Peer(id, { host: '127.0.0.1', path: '/', secure: false, ...options });
        peer.on('error', (error) => resolve(error.type));
        peer.on('open', () => resolve('open'));
      }),
    { id, options },
  );

for (const [kind, start] of Object.entries(servers))
  for (const [version, name] of Object.entries(versions))
    test(`PeerJS ${version} on ${kind}: ids, data, a call, every error, discovery, reconnect, destroy`, async ({
      browser,
    }) => {
      const server = await start();
      const page = async () => (await browser.newContext()).newPage();
      try {
        const { port } = server;
        const caller = await open(page, name, port);
        // The other side is a client of today, as it would be in a world of many versions.
        const callee = await open(page, versions['1.5.5'], port, 'callee');
        expect(await caller.evaluate(() => window.me.id)).toMatch(/^[0-9a-f-]{36}$/);

        await caller.evaluate(async () => {
          const link = window.me.connect('callee');
          link.on('data', (data) =>
            window.heard.push(typeof data === 'string' && data.length > 100 ? data.length : data),
          );
          await new Promise<void>((resolve) => link.on('open', resolve));
          link.send('good morning');
          link.send('x'.repeat(40_000));
        });
        const said = ['good morning', 40_000];
        await expect.poll(() => heard(callee)).toEqual(said);
        await expect.poll(() => heard(caller)).toEqual(said);

        await caller.evaluate(async () => {
          const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
          window.call = window.me.call('callee', camera);
        });
        for (const tab of [caller, callee]) await expect.poll(() => framesDecoded(tab)).toBeGreaterThan(5);

        await caller.evaluate(() => {
          window.heard = [];
          window.me.connect('nobody');
        });
        await expect.poll(() => heard(caller)).toEqual(['peer-unavailable']);
        expect(await attempt(caller, 'callee', { port })).toBe('unavailable-id');
        expect(await attempt(caller, 'b', { port, key: 'wrong' })).toBe('server-error');
        expect(await attempt(caller, 'not valid!', { port })).toBe('invalid-id');

        const listed = await caller.evaluate(
          () => new Promise<unknown[]>((resolve) => window.me.listAllPeers(resolve)),
        );
        expect(listed).toContain('callee');

        const id = await caller.evaluate(() => window.me.id);
        await caller.evaluate(() => window.me.disconnect());
        // The oldest client forgets the socket it closed only when the server has let go of it, and tries once at a time.
        const peers = async () => (await fetch(`http://127.0.0.1:${port}/peerjs/peers`)).json();
        await expect.poll(peers).not.toContain(id);
        const reopen = () =>
          caller.evaluate(() => {
            if (window.me.disconnected) window.me.reconnect();
            return window.me.open;
          });
        await expect.poll(reopen).toBe(true);
        await callee.evaluate((id) => {
          window.heard = [];
          const link = window.me.connect(String(id));
          link.on('open', () => link.send('welcome back'));
        }, id);
        await expect.poll(() => heard(caller)).toContain('welcome back');

        await callee.evaluate(() => window.me.destroy());
        await open(page, name, port, 'callee');
      } finally {
        await Promise.all(contexts.map((context) => context.close()));
        contexts = [];
        await server.close();
      }
    });
