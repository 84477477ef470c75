import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { createSignalingServer, ServerError } from '../../server/index.ts';
import { join, Peer, startServer } from './support.ts';

const codeOf = (code: string) => (error: unknown) => error instanceof ServerError && error.code === code;
const local = { port: 0, host: '127.0.0.1' };

describe('a server', () => {
  it('says where it listens, and nothing before and after', async () => {
    const server = createSignalingServer(local);
    const address = await server.ready;
    assert.equal(address.url, `http://127.0.0.1:${address.port}`);
    assert.deepEqual(server.address, address);
    await server.close();
    assert.equal(server.address, undefined);
  });

  it('says goodbye to its sockets with 1001 and frees its port', async (test) => {
    const server = createSignalingServer(local);
    const address = await server.ready;
    const peer = await join(test, address, 'a');
    await server.close();
    assert.equal(await peer.closed, 1001);
    const next = createSignalingServer({ ...local, port: address.port });
    test.after(() => next.close());
    assert.equal((await next.ready).port, address.port);
  });

  it('ends although a socket does not answer, a request hangs, and a stranger says nothing', async (test) => {
    const server = createSignalingServer({ ...local, limits: { closeTimeoutMs: 50 } });
    const address = await server.ready;
    const deaf = await join(test, address, 'a');
    deaf.socket.pause();
    const half = connect(address.port, '127.0.0.1');
    const silent = connect(address.port, '127.0.0.1');
    for (const socket of [half, silent]) socket.on('error', () => {});
    half.write('GET /peerjs/id HTTP/1.1\r\n');
    await Promise.all([once(half, 'connect'), once(silent, 'connect')]);
    await server.close();
  });

  it('ends once, however often it is told to', async () => {
    const server = createSignalingServer(local);
    assert.equal(server.close(), server.close());
    await server.close();
  });

  it('may be closed before it is ready', async () => {
    const server = createSignalingServer(local);
    await server.close();
    assert.equal(server.address, undefined);
  });

  it('refuses a port that was asked for and is taken', async (test) => {
    const { port } = await startServer(test);
    const second = createSignalingServer({ port, host: '127.0.0.1' });
    await assert.rejects(second.ready, codeOf('port-taken'));
    await second.close();
  });

  it('takes the next free port when none was asked for', async (test) => {
    // Nothing else is known about this machine: two of our own cannot both have the same.
    const one = createSignalingServer({ host: '127.0.0.1' });
    const two = createSignalingServer({ host: '127.0.0.1' });
    test.after(() => Promise.all([one.close(), two.close()]));
    const [first, second] = await Promise.all([one.ready, two.ready]);
    assert.ok(first.port >= 9000 && second.port >= 9000);
    assert.notEqual(first.port, second.port);
  });

  it('refuses a host that is not here', async () => {
    const server = createSignalingServer({ port: 0, host: '203.0.113.1' });
    await assert.rejects(server.ready, codeOf('host-unavailable'));
  });
});

describe('options', () => {
  it('that nobody knows are refused with the nearest name', () => {
    const typo: object = { aliveTimeoutMS: 1 };
    assert.throws(() => createSignalingServer(typo), {
      code: 'unknown-option',
      message: 'unknown option aliveTimeoutMS, did you mean aliveTimeoutMs?',
    });
  });

  for (const options of [
    { port: -1 },
    { port: 65_536 },
    { port: 1.5 },
    { port: Number.NaN },
    { expireTimeoutMs: 0 },
    { aliveTimeoutMs: 3e9 },
    { concurrentLimit: -1 },
    { key: '' },
    { host: '' },
    { limits: { maxFrameBytes: 0 } },
    { server: createServer(), port: 9000 },
  ])
    it(`such as ${Object.entries(options)
      .map(([name, value]) => `${name} ${typeof value === 'object' ? 'of its own' : value}`)
      .join(' and ')} are refused`, () =>
      assert.throws(() => createSignalingServer(options), codeOf('bad-option')));

  it('of TLS that make no sense are refused', () =>
    assert.throws(() => createSignalingServer({ tls: { key: 'x', cert: 'y' } }), codeOf('tls-files')));
});

describe("somebody else's server", () => {
  it('keeps its own routes and its own WebSockets, and outlives ours', async (test) => {
    const server = createServer((request, response) => {
      if (request.url === '/theirs') response.end('theirs');
    });
    const theirs = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (request.url === '/their-socket')
        theirs.handleUpgrade(request, socket, head, (open) => open.send('hello'));
    });
    test.after(() => {
      theirs.close();
      server.close();
      server.closeAllConnections();
    });
    const ours = createSignalingServer({ server });
    server.listen(0, '127.0.0.1');
    const address = await ours.ready;
    assert.equal(address.port, (server.address() as AddressInfo).port);
    await join(test, address, 'a');
    const other = new Peer(`${address.url.replace('http', 'ws')}/their-socket`);
    test.after(() => other.socket.terminate());
    assert.equal(await other.nextText(), 'hello');
    assert.equal(await (await fetch(`${address.url}/theirs`)).text(), 'theirs');
    assert.equal((await (await fetch(`${address.url}/peerjs/id`)).text()).length, 36);
    await ours.close();
    assert.equal(other.socket.readyState, WebSocket.OPEN);
    assert.equal(await (await fetch(`${address.url}/theirs`)).text(), 'theirs');
  });

  it('may never listen, and ours ends all the same', async () => {
    const ours = createSignalingServer({ server: createServer() });
    const failed = assert.rejects(ours.ready, codeOf('closed'));
    await ours.close();
    await failed;
  });
});

describe('an upgrade that nobody wants', () => {
  for (const path of ['/', '/peerjs/', '/other', '/PEERJS', '/peerjs/peerjs'])
    it(`(${path}) is told 400 and let go`, async (test) => {
      const address = await startServer(test);
      const socket = new WebSocket(`${address.url.replace('http', 'ws')}${path}?id=a&token=t&key=peerjs`);
      socket.on('error', () => {});
      const [, response] = await once(socket, 'unexpected-response');
      assert.equal(response.statusCode, 400);
      response.resume();
      await once(response, 'close');
    });
});
