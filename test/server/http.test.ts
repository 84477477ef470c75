import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import type { Address, ServerOptions } from '../../server/index.ts';
import { join, startServer } from './support.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks with the path exactly as written: `fetch` would tidy it up. */
async function ask(
  { port }: Address,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const asked = request({ port, host: '127.0.0.1', path, method, headers }).end();
  const [response] = await once(asked, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const description =
  '{"name":"PeerJS Server","description":"A server side element to broker connections between PeerJS clients.","website":"https://peerjs.com/"}';

describe('the PeerJS routes', () => {
  it('describe the server at the root', async (test) => {
    const { status, headers, body } = await ask(await startServer(test), '/');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(body, description);
    assert.match(headers.etag ?? '', /^W\//);
  });

  it('say 304 to who has the description', async (test) => {
    const address = await startServer(test);
    const { headers } = await ask(address, '/');
    const again = await ask(address, '/', { headers: { 'if-none-match': `"x", ${headers.etag}` } });
    assert.equal(again.status, 304);
    assert.equal(again.body, '');
  });

  it('give a fresh id, bare, as text/html, never cached', async (test) => {
    const address = await startServer(test);
    const one = await ask(address, '/peerjs/id?ts=1&version=1.5.5');
    assert.equal(one.status, 200);
    assert.equal(one.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(one.headers['cache-control'], 'no-store');
    assert.match(one.body, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.notEqual((await ask(address, '/peerjs/id')).body, one.body);
  });

  for (const path of ['/other-key/id', '/peerjs/ID', '/peerjs/id/'])
    it(`give an id at ${path}, too`, async (test) =>
      assert.equal((await ask(await startServer(test), path)).body.length, 36));

  it('ask the generator again while an id is in use, and help out one that has nothing else', async (test) => {
    const names = ['a', 'a', 'b'];
    const address = await startServer(test, { generateClientId: () => names.shift() ?? 'a' });
    await join(test, address, 'a');
    assert.equal((await ask(address, '/peerjs/id')).body, 'b');
    assert.equal((await ask(address, '/peerjs/id')).body.length, 36);
  });

  it('list nobody unless discovery is on', async (test) => {
    const { status, headers, body } = await ask(await startServer(test), '/peerjs/peers');
    assert.equal(status, 401);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    assert.equal(body, 'Unauthorized');
  });

  it('list who is here when discovery is on', async (test) => {
    const address = await startServer(test, { allowDiscovery: true });
    assert.equal((await ask(address, '/peerjs/peers')).body, '[]');
    await join(test, address, 'a');
    await (await join(test, address, 'b')).leave();
    const { headers, body } = await ask(address, '/peerjs/peers');
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(body, '["a"]');
  });

  it('live below the path, with or without a slash at its end, in any case', async (test) => {
    const address = await startServer(test, { path: 'my/app' });
    for (const path of ['/my/app', '/my/app/', '/MY/app/'])
      assert.equal((await ask(address, path)).body, description);
    assert.equal((await ask(address, '/my/app/peerjs/id')).body.length, 36);
    for (const path of ['/', '/peerjs/id', '/my/application'])
      assert.equal((await ask(address, path)).status, 404);
  });

  it('answer HEAD without a body', async (test) => {
    const { status, headers, body } = await ask(await startServer(test), '/peerjs/id', { method: 'HEAD' });
    assert.deepEqual([status, headers['content-length'], body], [200, '36', '']);
  });

  for (const path of [
    '/nothing',
    '/peerjs/id/more',
    '//id',
    '/peerjs//id',
    '/peerjs',
    '/peerjs/ids',
    '/%',
    '/%00',
    '*',
  ])
    it(`say 404 at ${path}`, async (test) =>
      assert.equal((await ask(await startServer(test), path)).status, 404));

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    it(`say 404 to ${method}`, async (test) =>
      assert.equal((await ask(await startServer(test), '/peerjs/id', { method })).status, 404));

  it('say 431 to a URL that never ends, and go on', async (test) => {
    const address = await startServer(test);
    assert.equal((await ask(address, `/peerjs/id?${'x'.repeat(20_000)}`)).status, 431);
    assert.equal((await ask(address, '/healthz')).body, 'ok');
  });

  it('tell a monitor that all is well', async (test) => {
    const { status, body } = await ask(await startServer(test, { path: '/below' }), '/healthz');
    assert.deepEqual([status, body], [200, 'ok']);
  });
});

describe('CORS', () => {
  const headers = { origin: 'https://app.example' };

  for (const path of ['/', '/peerjs/id', '/peerjs/peers', '/nothing'])
    it(`reflects the origin at ${path}`, async (test) => {
      const answer = await ask(await startServer(test), path, { headers });
      assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example');
      assert.match(answer.headers.vary ?? '', /\bOrigin\b/);
    });

  it('names no origin to who has none', async (test) => {
    const answer = await ask(await startServer(test), '/peerjs/id');
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    assert.equal(answer.headers.vary, 'Origin');
  });

  it('answers a preflight with the methods and headers that were asked for', async (test) => {
    const {
      status,
      headers: answered,
      body,
    } = await ask(await startServer(test), '/peerjs/id', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-headers': 'x-one, x-two' },
    });
    assert.deepEqual([status, body], [204, '']);
    assert.equal(answered['access-control-allow-methods'], 'GET,HEAD,PUT,PATCH,POST,DELETE');
    assert.equal(answered['access-control-allow-headers'], 'x-one, x-two');
    assert.equal(answered['access-control-allow-origin'], 'https://app.example');
  });

  it('keeps to the origins that were configured', async (test) => {
    const address = await startServer(test, { corsOrigins: ['https://app.example'] });
    const allowed = await ask(address, '/peerjs/id', { headers });
    assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.example');
    const other = await ask(address, '/peerjs/id', { headers: { origin: 'https://evil.example' } });
    assert.equal(other.headers['access-control-allow-origin'], undefined);
  });

  it('takes * among the origins for all', async (test) => {
    const answer = await ask(await startServer(test, { corsOrigins: ['*'] }), '/peerjs/id', { headers });
    assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example');
  });
});

const secret = 'nobody may read this';

/** A kit and a demo as they are built, with a secret beside them. */
async function withFiles(test: TestContext, options: ServerOptions = {}) {
  const root = await mkdtemp(joinPath(tmpdir(), 'reforms-'));
  test.after(() => rm(root, { recursive: true }));
  const kitDir = joinPath(root, 'kit');
  const demoDir = joinPath(root, 'demo');
  await mkdir(joinPath(kitDir, 'chunks'), { recursive: true });
  await mkdir(joinPath(demoDir, 'assets'), { recursive: true });
  const bundle = `export const kit = 'reforms';\n`.repeat(100);
  await Promise.all([
    writeFile(joinPath(root, 'secret.txt'), secret),
    writeFile(joinPath(kitDir, 'reforms.js'), bundle),
    writeFile(joinPath(kitDir, 'chunks', 'sodium-Bx3kQ9_a.js'), 'export {};'),
    writeFile(joinPath(kitDir, 'chunks', 'device-controls.js'), 'export {};'),
    writeFile(joinPath(kitDir, '.hidden'), secret),
    writeFile(joinPath(demoDir, 'index.html'), '<!doctype html><title>demo</title>'),
    writeFile(joinPath(demoDir, 'assets', 'a b.svg'), '<svg/>'),
    writeFile(joinPath(demoDir, 'assets', 'big.bin'), Buffer.alloc(9_000_000, 7)),
    symlink(joinPath(root, 'secret.txt'), joinPath(demoDir, 'link.txt')),
    symlink(root, joinPath(demoDir, 'up')),
  ]);
  return { kitDir, demoDir, bundle, address: await startServer(test, { kitDir, demoDir, ...options }) };
}

describe('the files', () => {
  it('of the kit may be loaded by any page', async (test) => {
    const { address, bundle } = await withFiles(test);
    const { status, headers, body } = await ask(address, '/reforms.js', {
      headers: { origin: 'https://x.example' },
    });
    assert.deepEqual([status, body], [200, bundle]);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-cache');
  });

  it('are kept for ever when their name carries their hash, and asked for again when not', async (test) => {
    const { address } = await withFiles(test);
    const cacheOf = async (path: string) => (await ask(address, path)).headers['cache-control'];
    assert.equal(await cacheOf('/chunks/sodium-Bx3kQ9_a.js'), 'public, max-age=31536000, immutable');
    assert.equal(await cacheOf('/chunks/device-controls.js'), 'no-cache');
  });

  it('answer 304 until they change', async (test) => {
    const { address, kitDir } = await withFiles(test);
    const etag = (await ask(address, '/reforms.js')).headers.etag ?? '';
    const again = () => ask(address, '/reforms.js', { headers: { 'if-none-match': etag } });
    assert.equal((await again()).status, 304);
    await writeFile(joinPath(kitDir, 'reforms.js'), 'changed');
    await utimes(joinPath(kitDir, 'reforms.js'), 1, 1);
    const changed = await again();
    assert.deepEqual([changed.status, changed.body], [200, 'changed']);
  });

  it('travel compressed to who can read that', async (test) => {
    const { address, bundle } = await withFiles(test);
    const zipped = await ask(address, '/reforms.js', { headers: { 'accept-encoding': 'gzip, br' } });
    assert.equal(zipped.headers['content-encoding'], 'gzip');
    assert.match(zipped.headers.vary ?? '', /Accept-Encoding/);
    assert.ok(Number(zipped.headers['content-length']) < bundle.length / 10);
    assert.equal(await (await fetch(`${address.url}/reforms.js`)).text(), bundle);
  });

  it('may be large, and names may hold spaces', async (test) => {
    const { address } = await withFiles(test);
    assert.equal((await ask(address, '/assets/big.bin')).body.length, 9_000_000);
    assert.equal(
      (await ask(address, '/assets/big.bin', { method: 'HEAD' })).headers['content-length'],
      '9000000',
    );
    assert.equal((await ask(address, '/assets/a%20b.svg')).headers['content-type'], 'image/svg+xml');
  });

  for (const path of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '//../secret.txt',
    '/./../secret.txt',
    '/%252e%252e/secret.txt',
    '/link.txt',
    '/up/secret.txt',
    '/.hidden',
    '/index.html%00.txt',
    '/index.html/',
    '/assets',
    '/assets/',
    '/reforms.js%2f..%2f..%2fsecret.txt',
  ])
    it(`give nothing at ${path}`, async (test) => {
      const { address } = await withFiles(test);
      const { status, body } = await ask(address, path);
      assert.equal(status, 404);
      assert.equal(body.includes(secret), false);
    });

  it('do not hide the PeerJS routes', async (test) => {
    const { address } = await withFiles(test);
    assert.equal((await ask(address, '/peerjs/id')).body.length, 36);
  });

  it('survive one who hangs up in the middle', async (test) => {
    const { address } = await withFiles(test);
    const asked = request({ port: address.port, host: '127.0.0.1', path: '/assets/big.bin' }).end();
    const [response] = await once(asked, 'response');
    await once(response, 'readable');
    response.destroy();
    assert.equal((await ask(address, '/healthz')).body, 'ok');
  });
});

describe('the start page', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it('is what a browser sees at /, and the description what everybody else sees', async (test) => {
    const { address } = await withFiles(test);
    const page = await ask(address, '/', { headers: browser });
    assert.equal(page.body, '<!doctype html><title>demo</title>');
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    for (const accept of ['*/*', 'application/json'])
      assert.equal((await ask(address, '/', { headers: { accept } })).body, description);
    assert.equal((await ask(address, '/')).body, description);
    for (const headers of [browser, {}])
      assert.match((await ask(address, '/', { headers })).headers.vary ?? '', /\bAccept\b/);
  });

  it('is always at /index.html, and at / when the PeerJS routes are elsewhere', async (test) => {
    const { address } = await withFiles(test, { path: '/signal' });
    for (const path of ['/', '/index.html'])
      assert.equal((await ask(address, path)).body, '<!doctype html><title>demo</title>');
    assert.equal((await ask(address, '/signal/', { headers: browser })).body, description);
  });

  it('is the description, even for a browser, where there is no demo', async (test) => {
    assert.equal((await ask(await startServer(test), '/', { headers: browser })).body, description);
  });
});
