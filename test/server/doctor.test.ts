import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join as joinPath } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { examine } from '../../server/doctor.ts';
import { lineOf } from '../../server/finding.ts';
import { iceAnswer } from '../../server/ice.ts';
import { createSignalingServer, type ServerOptions } from '../../server/index.ts';
import { probe } from '../../server/stun.ts';
import { mintToken } from '../../server/token.ts';
import { startCoturn } from './coturn.ts';
import { have } from './debian.ts';
import { folder, startServer } from './support.ts';

const without = have('turnserver', 'coturn')
  ? {}
  : { skip: 'There is no coturn on this machine and none could be installed: TURN was not tested.' };

async function lines(address: string, options = {}): Promise<string> {
  const all: string[] = [];
  for await (const finding of examine(address, { timeoutMs: 2_000, ...options })) all.push(lineOf(finding));
  return all.join('\n');
}

async function turn(test: TestContext, secret = 'north', more: string[] = []) {
  const coturn = await startCoturn(await folder(test), secret, more);
  test.after(() => coturn.close());
  return `turn:127.0.0.1:${coturn.port}`;
}

/** A server that answers the root as somebody wants. */
async function pretender(test: TestContext, headers: Record<string, string>, body = '') {
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('reforms doctor', () => {
  it('finds a server that is well', without, async (test) => {
    const url = await turn(test);
    const dir = await folder(test);
    await writeFile(joinPath(dir, 'reforms.js'), '//');
    const ice = {
      stunUrls: [url.replace('turn', 'stun')],
      turnUrls: [url, `${url}?transport=tcp`],
      turnSecret: 'north',
    };
    const report = await lines((await startServer(test, { ice, kitDir: dir })).url);
    assert.doesNotMatch(report, /BAD/);
    for (const sentence of [
      /^ok {2}HTTP answers as a PeerJS server$/m,
      /^ok {2}CORS lets pages of https:\/\/page\.example in$/m,
      /^ok {2}the clocks agree/m,
      /^ok {2}it gives out ids$/m,
      /^ok {2}a message over the WebSocket takes \d+ ms/m,
      /^ok {2}stun:127\.0\.0\.1:\d+ sees us as 127\.0\.0\.1:\d+$/m,
      /^ok {2}turn:127\.0\.0\.1:\d+ relays from 127\.0\.0\.1:\d+$/m,
      /^ok {2}turn:127\.0\.0\.1:\d+\?transport=tcp relays from 127\.0\.0\.1:\d+$/m,
      /^ok {2}it serves the bundle/m,
    ])
      assert.match(report, sentence);
  });

  it('knows a TURN secret that does not fit, and a TURN server that is not there', without, async (test) => {
    const url = await turn(test);
    const ice = { turnUrls: [url, 'turn:127.0.0.1:1?transport=tcp'], turnSecret: 'south' };
    const report = await lines((await startServer(test, { ice })).url);
    assert.match(
      report,
      /BAD turn:127\.0\.0\.1:\d+ says 401 .*\n +the turn_secret must be coturn’s static-auth-secret/,
    );
    assert.match(
      report,
      /BAD turn:127\.0\.0\.1:1\?transport=tcp cannot be reached \(ECONNREFUSED\)\n +is coturn running/,
    );
  });

  it('misses TURN where there is none', async (test) =>
    assert.match(
      await lines((await startServer(test)).url),
      /BAD no TURN server\n.*--turn_url and --turn_secret/,
    ));

  it('knows a page that is kept out, and says which flag lets it in', async (test) => {
    const { url } = await startServer(test, { origins: ['https://school.example'] });
    const report = await lines(url, { origin: 'https://other.example' });
    assert.match(
      report,
      /BAD CORS keeps pages of https:\/\/other\.example out\n +add --cors https:\/\/other\.example/,
    );
    assert.match(report, /BAD the WebSocket is refused with 403\n +the origin is not on the list/);
    assert.doesNotMatch(await lines(url, { origin: 'https://school.example' }), /CORS keeps|refused/);
  });

  it('knows a server that wants a token, and uses the one it is given', async (test) => {
    const secret = 'a secret of at least thirty-two characters';
    const { url } = await startServer(test, { auth: { secrets: [secret] } });
    assert.match(await lines(url), /BAD the WebSocket is refused with 401\n +give the doctor a token/);
    const none = { keyFile: undefined, id: undefined, room: undefined, role: undefined, audience: undefined };
    const token = await mintToken({ ...none, secret, expiresInS: 60 });
    assert.match(await lines(url, { token }), /^ok {2}a message over the WebSocket/m);
  });

  it('knows when nobody answers, when somebody else does, and when a clock is wrong', async (test) => {
    assert.match(await lines('http://127.0.0.1:1/'), /BAD HTTP does not answer: .*\n +is the server running/);
    assert.match(
      await lines('call.example.org'),
      /BAD call\.example\.org is no address\n +write it as https/,
    );
    const report = await lines(
      await pretender(test, { date: 'Mon, 01 Jan 2001 00:00:00 GMT' }, 'hello, world'),
    );
    assert.match(report, /BAD HTTP answers, but not as a PeerJS server\n +is the path right/);
    assert.match(report, /BAD the clocks differ by \d+ s\n.*NTP/);
    assert.match(report, /BAD it gives out no ids/);
    assert.match(report, /BAD no WebSocket|BAD the WebSocket is refused/);
    assert.match(report, /BAD other sites may not load \/reforms\.js/);
    assert.match(report, / - {2}no \/v1\/ice/);
  });

  it('knows a certificate that browsers do not trust', async (test) => {
    const dir = await folder(test);
    const [key, cert] = [joinPath(dir, 'key.pem'), joinPath(dir, 'cert.pem')];
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...asked, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const options: ServerOptions = { port: 0, host: '127.0.0.1', tlsFiles: { key, cert } };
    const server = createSignalingServer(options);
    test.after(() => server.close());
    const { url } = await server.ready;
    assert.equal(
      await lines(url),
      'BAD TLS fails: DEPTH_ZERO_SELF_SIGNED_CERT\n      browsers do not trust it: get one from Let’s Encrypt, by Caddy or certbot',
    );
    assert.match(
      await lines((await startServer(test)).url.replace('http', 'https')),
      /^BAD TLS fails: .*\n.*speak TLS/,
    );
  });
});

describe('a look at STUN and TURN', () => {
  it('sees credentials that have expired', without, async (test) => {
    const url = await turn(test);
    const [server] = iceAnswer(
      { turnUrls: [url], turnSecret: 'north', turnTtlS: 60 },
      Date.now() - 120_000,
    ).iceServers;
    const { username = '', credential = '' } = server ?? {};
    assert.match(JSON.stringify(await probe(url, { username, credential })), /says 401/);
  });

  it('gives up on one that says nothing, nonsense, or half of it', async (test) => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    const babbling = createSocket('udp4').bind(0, '127.0.0.1');
    await Promise.all([once(silent, 'listening'), once(babbling, 'listening')]);
    babbling.on('message', (bytes, { port, address }) =>
      // Our own request given back: the right transaction, but no answer.
      babbling.send(bytes, port, address),
    );
    const half = createTcpServer((socket) => socket.on('error', () => {}).end('half'));
    half.listen(0, '127.0.0.1');
    await once(half, 'listening');
    test.after(() => {
      silent.close();
      babbling.close();
      half.close();
    });
    const at = (port: number) => `127.0.0.1:${port}`;
    assert.deepEqual(await probe(`stun:${at(silent.address().port)}`, undefined, 100), {
      ok: false,
      reason: 'does not answer',
    });
    assert.deepEqual(await probe(`stun:${at(babbling.address().port)}`, undefined, 1_000), {
      ok: false,
      reason: 'gives an answer that makes no sense',
    });
    const { port } = half.address() as AddressInfo;
    assert.deepEqual(await probe(`turn:${at(port)}?transport=tcp`, undefined, 1_000), {
      ok: false,
      reason: 'does not answer',
    });
    assert.deepEqual(await probe('http://x', undefined), { ok: false, reason: 'is no STUN or TURN address' });
  });
});
