import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join as joinPath } from 'node:path';
import { describe, it } from 'node:test';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { ExpressPeerServer, PeerServer } from '../../../server/index.ts';
import { folder, join } from '../support.ts';
import { peerServerContract } from './contract.ts';

peerServerContract('reforms/server', { PeerServer, ExpressPeerServer });

async function started(options = {}) {
  let listening: (server: Server) => void = () => {};
  const ready = new Promise<Server>((resolve) => (listening = resolve));
  const app = PeerServer({ port: 0, host: '127.0.0.1', ...options }, (server) => listening(server));
  const server = await ready;
  const { port } = server.address() as AddressInfo;
  return { app, server, address: { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` } };
}

describe('PeerServer of reforms/server', () => {
  it('ends its sockets and lets the process end when it is closed', async (test) => {
    const { app, server, address } = await started();
    const peer = await join(test, address, 'a');
    const closed = once(server, 'close');
    server.close();
    await app.close();
    assert.equal(await peer.closed, 1001);
    await closed;
  });

  it('survives listeners that throw, and tells of it', async (test) => {
    const { app, server, address } = await started();
    test.after(() => void app.close().then(() => server.close()));
    const failed = new Promise<Error>((resolve) => app.on('error', resolve));
    app.on('message', () => {
      throw new Error('mine');
    });
    const peer = await join(test, address, 'a');
    peer.send({ type: 'OFFER', dst: 'a' });
    assert.equal((await failed).message, 'mine');
    assert.deepEqual(await peer.next(), { type: 'OFFER', src: 'a', dst: 'a' });
  });

  it('survives bad frames without any listener', async (test) => {
    const { app, server, address } = await started();
    test.after(() => void app.close().then(() => server.close()));
    const peer = await join(test, address, 'a');
    for (const frame of ['{', 'null', '{"type":"OFFER","dst":{"toString":1}}']) peer.socket.send(frame);
    peer.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await peer.next(), { type: 'OFFER', src: 'a', dst: 'a' });
  });

  it('takes a port from the environment, which is a text, and bounds that make no sense', async (test) => {
    const { app, server, address } = await started({
      port: '0',
      alive_timeout: 1e12,
      expire_timeout: '100',
      concurrent_limit: Infinity,
      nonsense: true,
    });
    test.after(() => void app.close().then(() => server.close()));
    const peer = await join(test, address, 'a');
    peer.send({ type: 'OFFER', dst: 'b' });
    assert.deepEqual(await peer.next(), { type: 'EXPIRE', src: 'b', dst: 'a' });
  });

  it('speaks TLS with what it gets as ssl', async (test) => {
    const dir = await folder(test);
    const [key, cert] = [joinPath(dir, 'key.pem'), joinPath(dir, 'cert.pem')];
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...asked, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const { app, server, address } = await started({
      ssl: { key: readFileSync(key), cert: readFileSync(cert) },
    });
    test.after(() => void app.close().then(() => server.close()));
    const url = address.url.replace('http', 'https');
    const [response] = await once(get(`${url}/peerjs/id`, { rejectUnauthorized: false }), 'response');
    assert.equal(response.statusCode, 200);
    response.resume();
    await join(test, { ...address, url }, 'a', { client: { rejectUnauthorized: false } });
  });

  it('lets other WebSocket servers live beside it when it is middleware', async (test) => {
    const server = createServer();
    const app = ExpressPeerServer(server);
    server.on('upgrade', (request, socket) => {
      if (request.url === '/theirs') socket.end('HTTP/1.1 418 Teapot\r\n\r\n');
    });
    app.mountpath = '/peers';
    app.parent = { path: () => '' };
    app.emit('mount', app.parent);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    test.after(() => void app.close().then(() => server.close()));
    const { port } = server.address() as AddressInfo;
    const address = { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` };
    await join(test, address, 'a', { path: '/peers/' });
    const theirs = new WebSocket(`${address.url.replace('http', 'ws')}/theirs`);
    theirs.on('error', () => {});
    const [, response] = await once(theirs, 'unexpected-response');
    assert.equal(response.statusCode, 418);
    response.resume();
  });

  it('cannot be mounted without a server', () => {
    const nothing: unknown = undefined;
    const app = Reflect.apply(ExpressPeerServer, undefined, [nothing]);
    assert.throws(() => app.emit('mount'), /Server is not passed to constructor/);
  });
});
