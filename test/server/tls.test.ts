import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { connect } from 'node:tls';
import { createSignalingServer, type Address, type ServerError } from '../../server/index.ts';
import { folder, join } from './support.ts';

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** A key and a certificate for the name, in files. */
function mint(dir: string, name: string): Pair {
  const pair = { key: joinPath(dir, `${name}.key`), cert: joinPath(dir, `${name}.crt`) };
  const asked = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
  ];
  execFileSync('openssl', [...asked, '-subj', `/CN=${name}`, '-keyout', pair.key, '-out', pair.cert], {
    stdio: 'ignore',
  });
  return pair;
}

/** The name in the certificate that a new connection is shown. */
async function shown({ port }: Address): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN;
}

async function serving(test: TestContext) {
  const dir = await folder(test);
  const files = mint(dir, 'first');
  const errors: Error[] = [];
  const server = createSignalingServer({
    port: 0,
    host: '127.0.0.1',
    tlsFiles: files,
    onError: (error) => errors.push(error),
  });
  test.after(() => server.close());
  return { dir, files, errors, server, address: await server.ready };
}

describe('a server with TLS files', () => {
  it('takes over a new certificate by itself, and open sockets live on', async (test) => {
    const { dir, files, address } = await serving(test);
    assert.equal(await shown(address), 'first');
    const peer = await join(test, address, 'a', { client: { rejectUnauthorized: false } });
    const next = mint(dir, 'second');
    await rename(next.key, files.key);
    await rename(next.cert, files.cert);
    while ((await shown(address)) !== 'second');
    peer.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await peer.next(), { type: 'OFFER', src: 'a', dst: 'a' });
  });

  it('takes it over at once when told to', async (test) => {
    const { dir, files, address, server } = await serving(test);
    const next = mint(dir, 'second');
    await rename(next.key, files.key);
    await rename(next.cert, files.cert);
    server.reload();
    assert.equal(await shown(address), 'second');
  });

  it('keeps the old one, and says so, while the new files do not fit together', async (test) => {
    const { files, address, server, errors } = await serving(test);
    await writeFile(files.cert, 'no certificate');
    server.reload();
    assert.equal(await shown(address), 'first');
    const [error] = errors as ServerError[];
    assert.equal(error?.code, 'tls-files');
  });

  it('does not start with files that are missing, or of two different keys', async (test) => {
    const dir = await folder(test);
    const [one, two] = [mint(dir, 'one'), mint(dir, 'two')];
    for (const tlsFiles of [
      { key: joinPath(dir, 'missing'), cert: one.cert },
      { key: one.key, cert: two.cert },
    ])
      assert.throws(() => createSignalingServer({ tlsFiles }), { code: 'tls-files' });
  });
});

describe('the headers of every answer', () => {
  const hsts = async ({ url }: Address, headers: Record<string, string> = {}) =>
    (await fetch(`${url}/healthz`, { headers })).headers.get('strict-transport-security');

  it('forbid what data must not do, whatever its type', async (test) => {
    const server = createSignalingServer({ port: 0, host: '127.0.0.1' });
    test.after(() => server.close());
    const { url } = await server.ready;
    for (const path of ['/', '/peerjs/id', '/peerjs/peers', '/healthz', '/missing']) {
      const { headers } = await fetch(`${url}${path}`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(headers.get('x-powered-by'), null);
    }
  });

  it('hold browsers to TLS where there is TLS, ours or that of a trusted proxy, and only there', async (test) => {
    const started = async (options: object) => {
      const server = createSignalingServer({ port: 0, host: '127.0.0.1', ...options });
      test.after(() => server.close());
      return server.ready;
    };
    const secure = { 'x-forwarded-proto': 'https' };
    assert.equal(await hsts(await started({})), null);
    assert.equal(await hsts(await started({}), secure), null);
    const proxied = await started({ proxied: true });
    assert.equal(await hsts(proxied, secure), 'max-age=31536000');
    assert.equal(await hsts(proxied, { 'x-forwarded-proto': 'https, http' }), null);
    const { address } = await serving(test);
    const socket = connect({ port: address.port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.end('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    assert.match(answer, /strict-transport-security: max-age=31536000/i);
  });
});
