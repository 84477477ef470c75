// A stock PeerJS client that may use nothing but TURN, with the credentials of /v1/ice, through a real coturn.

import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Address, createSignalingServer, type SignalingServer } from '../../server/index.ts';
import { type Coturn, startCoturn } from '../server/coturn.ts';
import { have } from '../server/debian.ts';

const secret = 'north';
const hasCoturn = have('turnserver', 'coturn');

let dir: string;
let coturn: Coturn;
let server: SignalingServer;
let address: Address;

test.skip(!hasCoturn, 'There is no coturn on this machine and none could be installed: TURN was not tested.');

test.beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reforms-'));
  const page = '<!doctype html><meta charset="utf-8"><script src="/peerjs.min.js"></script>';
  await writeFile(join(dir, 'index.html'), page);
  await copyFile(
    new URL('../../node_modules/peerjs/dist/peerjs.min.js', import.meta.url),
    join(dir, 'peerjs.min.js'),
  );
  coturn = await startCoturn(dir, secret);
  const ice = { turnUrls: [`turn:127.0.0.1:${coturn.port}?transport=udp`], turnSecret: secret };
  server = createSignalingServer({ port: 0, host: '127.0.0.1', demoDir: dir, ice });
  address = await server.ready;
});
test.afterAll(async () => {
  await Promise.all([coturn.close(), server.close()]);
  await rm(dir, { recursive: true });
});

/** A page whose client takes the servers of /v1/ice, perhaps with another password, and no other way. */
async function open(page: Page, id: string, credential?: string): Promise<Page> {
  await page.goto(address.url);
  await page.evaluate(
    async ({ id, port, credential }) => {
      const { iceServers } = await (await fetch('/v1/ice')).json();
      if (credential !== undefined) iceServers[0].credential = credential;
      const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      window.heard = [];
      window.me = new window.Peer(id, {
        host: '127.0.0.1',
        port,
        path: '/',
        secure: false,
        config: { iceServers, iceTransportPolicy: 'relay' },
      });
      window.me.on('error', (error) => window.heard.push(error.type));
      window.me.on('call', (call) => {
        window.call = call;
        call.answer(camera);
      });
      await new Promise((resolve) => window.me.once('open', resolve));
    },
    { id, port: address.port, credential },
  );
  return page;
}

const callThem = (page: Page) =>
  page.evaluate(async () => {
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    window.call = window.me.call('callee', camera);
  });

/** Frames of the other side that were decoded, and the kinds of the two ends they came over. */
const inbound = (page: Page) =>
  page.evaluate(async () => {
    const stats = new Map((await window.call?.peerConnection.getStats())?.entries() ?? []);
    let frames = 0;
    let kinds: unknown[] = [];
    for (const stat of stats.values()) {
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += Number(stat.framesDecoded ?? 0);
      if (stat.type === 'candidate-pair' && stat.nominated)
        kinds = [stat.localCandidateId, stat.remoteCandidateId].map((id) => stats.get(id)?.candidateType);
    }
    return { frames, kinds };
  });

test('a call that may use nothing but TURN goes through coturn', async ({ browser }) => {
  const [one, two] = [await browser.newContext(), await browser.newContext()];
  const caller = await open(await one.newPage(), 'caller');
  const callee = await open(await two.newPage(), 'callee');
  await callThem(caller);
  for (const page of [caller, callee]) {
    await expect.poll(async () => (await inbound(page)).frames).toBeGreaterThan(10);
    expect((await inbound(page)).kinds).toEqual(['relay', 'relay']);
  }
  await Promise.all([one.close(), two.close()]);
});

test('coturn takes no other password', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await open(await context.newPage(), 'caller', 'wrong');
  const candidates = await page.evaluate(async () => {
    const connection = new RTCPeerConnection(window.me.options.config);
    connection.createDataChannel('x');
    const found: string[] = [];
    connection.onicecandidate = ({ candidate }) =>
      void (candidate?.candidate && found.push(candidate.candidate));
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    return found;
  });
  expect(candidates).toEqual([]);
  await context.close();
});
