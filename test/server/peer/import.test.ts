// Two apps as PeerServer's users write them. Their import line is changed, and nothing else.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { join } from '../support.ts';

const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));

const alone = `
import { PeerServer } from 'peer';

let count = 0;
const peerServer = PeerServer(
  { port: 0, host: '127.0.0.1', path: '/myapp', allow_discovery: true, generateClientId: () => 'peer-' + ++count },
  (server) => console.log((server.address() as { port: number }).port),
);
peerServer.on('connection', (client) => console.log('+' + client.getId()));
peerServer.on('disconnect', (client) => console.log('-' + client.getId()));
`;

const insideExpress = `
import express from 'express5';
import http from 'node:http';
import { ExpressPeerServer } from 'peer';

const app = express();
app.get('/', (request, response) => void response.end('home'));
const server = http.createServer(app);
const peerServer = ExpressPeerServer(server, { path: '/', proxied: true, allow_discovery: true });
app.use('/myapp', peerServer);
peerServer.on('connection', (client) => console.log('+' + client.getId()));
peerServer.on('disconnect', (client) => console.log('-' + client.getId()));
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
`;

async function run(test: TestContext, source: string) {
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(joinPath(cache, 'app-'));
  test.after(() => rm(dir, { recursive: true }));
  await writeFile(joinPath(dir, 'app.mts'), source);
  const child = spawn(process.execPath, ['--import', 'tsx', joinPath(dir, 'app.mts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  test.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => String((await lines.next()).value);
}

/** What a person would try, and what the app has printed meanwhile. */
async function use(test: TestContext, source: string): Promise<readonly string[]> {
  const line = await run(test, source);
  const port = Number(await line());
  const address = { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` };
  const a = await join(test, address, 'a', { path: '/myapp/' });
  const b = await join(test, address, 'b', { path: '/myapp/' });
  a.send({ type: 'OFFER', dst: 'b', payload: { sdp: 1 } });
  const offer = await b.nextText();
  const peers = await (await fetch(`${address.url}/myapp/peerjs/peers`)).text();
  const id = await (await fetch(`${address.url}/myapp/peerjs/id`)).text();
  await a.leave();
  return [offer, peers, id.replace(/^[0-9a-f-]{36}$/, 'an id'), await line(), await line(), await line()];
}

describe('an app that used PeerServer', () => {
  for (const [what, source, id] of [
    ['alone', alone, 'peer-1'],
    ['inside Express', insideExpress, 'an id'],
  ] as const)
    it(`works (${what}) with another import and not another letter changed`, async (test) => {
      const expected = [
        '{"type":"OFFER","src":"a","dst":"b","payload":{"sdp":1}}',
        '["a","b"]',
        id,
        '+a',
        '+b',
        '-a',
      ];
      assert.deepEqual(await use(test, source), expected);
      assert.deepEqual(await use(test, source.replace("from 'peer'", "from 'reforms/server'")), expected);
    });
});
