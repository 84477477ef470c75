// takes PeerServer and ExpressPeerServer, whoever made them, gives the tests that an app which uses them relies on.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import express4 from 'express4';
import express5 from 'express5';
import { WebSocketServer } from 'ws';
import { dial, join, Peer } from '../support.ts';

interface Client {
  getId(): string;
  getToken(): string;
  getSocket(): unknown;
  getLastPing(): number;
  send<T>(data: T): void;
}

interface Message {
  readonly type: string;
  readonly src: string;
  readonly dst: string;
  readonly payload?: unknown;
}

interface Events {
  on(event: 'connection' | 'disconnect', listener: (client: Client) => void): unknown;
  on(event: 'message', listener: (client: Client, message: Message) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What both packages export. */
export interface PeerApi {
  PeerServer(options: object, callback: (server: Server | HttpsServer) => void): Events;
  ExpressPeerServer(server: Server, options: object): Events & RequestListener;
}

const description = {
  name: 'PeerJS Server',
  description: 'A server side element to broker connections between PeerJS clients.',
  website: 'https://peerjs.com/',
};

function located(server: Server | HttpsServer) {
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` };
}

function endAfter(test: TestContext, server: Server | HttpsServer): void {
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
}

/** Runs the whole contract. `name` is what the package is called. */
export function peerServerContract(name: string, { PeerServer, ExpressPeerServer }: PeerApi): void {
  async function serve(test: TestContext, options: object = {}) {
    const heard: string[] = [];
    let listening: (server: Server | HttpsServer) => void = () => {};
    const started = new Promise<Server | HttpsServer>((resolve) => (listening = resolve));
    const app = PeerServer({ port: 0, host: '127.0.0.1', ...options }, (server) => listening(server));
    app.on('connection', (client) => heard.push(`connection ${client.getId()}`));
    app.on('disconnect', (client) => heard.push(`disconnect ${client.getId()}`));
    const server = await started;
    endAfter(test, server);
    return { app, heard, address: located(server) };
  }

  const text = async (url: string) => (await fetch(url)).text();

  describe(`${name}: the HTTP routes`, () => {
    it('describe the server', async (test) => {
      const { address } = await serve(test);
      const response = await fetch(address.url);
      assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
      assert.match(response.headers.get('etag') ?? '', /^W\//);
      assert.deepEqual(await response.json(), description);
    });

    it('give ids as bare text/html, whatever the key, and to HEAD only its headers', async (test) => {
      const { address } = await serve(test, { key: 'secret' });
      for (const key of ['secret', 'other']) {
        const response = await fetch(`${address.url}/${key}/id?ts=1&version=1.5.5`);
        assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
        assert.match(await response.text(), /^[0-9a-f-]{36}$/);
      }
      const head = await fetch(`${address.url}/peerjs/ID/`, { method: 'HEAD' });
      assert.deepEqual([head.status, await head.text()], [200, '']);
    });

    it('make ids with the generator they were given, again while the id is in use', async (test) => {
      const ids = ['a', 'a', 'b'];
      const { address } = await serve(test, { generateClientId: () => ids.shift() ?? 'c' });
      await join(test, address, 'a');
      assert.equal(await text(`${address.url}/peerjs/id`), 'b');
    });

    it('list peers only where discovery is on', async (test) => {
      const closed = await serve(test);
      const denied = await fetch(`${closed.address.url}/peerjs/peers`);
      assert.deepEqual([denied.status, await denied.text()], [401, 'Unauthorized']);
      const { address } = await serve(test, { allow_discovery: true });
      await join(test, address, 'a');
      await join(test, address, 'b');
      assert.equal(await text(`${address.url}/any/peers`), '["a","b"]');
    });

    it('live below the path they were given', async (test) => {
      const { address } = await serve(test, { path: '/my/app' });
      assert.deepEqual(JSON.parse(await text(`${address.url}/my/app`)), description);
      assert.equal((await text(`${address.url}/my/app/peerjs/id`)).length, 36);
      assert.equal((await fetch(`${address.url}/peerjs/id`)).status, 404);
      await join(test, address, 'a', { path: '/my/app/' });
    });

    it('may be read by every origin, and answer preflights', async (test) => {
      const { address } = await serve(test);
      const headers = { origin: 'https://a.example' };
      for (const path of ['/', '/peerjs/id', '/peerjs/peers']) {
        const { headers: answer } = await fetch(`${address.url}${path}`, { headers });
        assert.equal(answer.get('access-control-allow-origin'), 'https://a.example');
        assert.match(answer.get('vary') ?? '', /Origin/);
      }
      const preflight = await fetch(`${address.url}/peerjs/id`, {
        method: 'OPTIONS',
        headers: { ...headers, 'access-control-request-headers': 'x-a' },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET,HEAD,PUT,PATCH,POST,DELETE');
      assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-a');
    });

    for (const [what, origin, asked, answer] of [
      ['a list', ['https://a.example', /\.b\.example$/], 'https://a.example', 'https://a.example'],
      [
        'a pattern in a list',
        ['https://a.example', /\.b\.example$/],
        'https://x.b.example',
        'https://x.b.example',
      ],
      ['a list without it', ['https://a.example'], 'https://c.example', null],
      ['one origin', 'https://a.example', 'https://c.example', 'https://a.example'],
      ['a star', '*', 'https://c.example', '*'],
      ['false', false, 'https://c.example', null],
      ['a pattern', /^https:\/\/a\./, 'https://a.example', 'https://a.example'],
      [
        'a function',
        (asking: string, answer: (error: null, is: boolean) => void) =>
          answer(null, asking === 'https://a.example'),
        'https://a.example',
        'https://a.example',
      ],
    ] as const)
      it(`may be read by the origins of corsOptions: ${what}`, async (test) => {
        const { address } = await serve(test, { corsOptions: { origin } });
        const response = await fetch(address.url, { headers: { origin: asked } });
        assert.equal(response.headers.get('access-control-allow-origin'), answer);
      });

    it('say in preflights what else corsOptions has', async (test) => {
      const corsOptions = {
        origin: true,
        credentials: true,
        methods: ['GET'],
        allowedHeaders: 'x-b',
        exposedHeaders: ['x-c'],
        maxAge: 60,
        optionsSuccessStatus: 200,
      };
      const { address } = await serve(test, { corsOptions });
      const { status, headers } = await fetch(address.url, {
        method: 'OPTIONS',
        headers: { 'origin': 'https://a.example', 'access-control-request-method': 'GET' },
      });
      assert.equal(status, 200);
      assert.equal(headers.get('access-control-allow-credentials'), 'true');
      assert.equal(headers.get('access-control-allow-methods'), 'GET');
      assert.equal(headers.get('access-control-allow-headers'), 'x-b');
      assert.equal(headers.get('access-control-expose-headers'), 'x-c');
      assert.equal(headers.get('access-control-max-age'), '60');
    });
  });

  describe(`${name}: a socket`, () => {
    it('is told OPEN, without a payload', async (test) => {
      const { address } = await serve(test);
      assert.equal(await dial(test, address, 'a').nextText(), '{"type":"OPEN"}');
    });

    it('without an id, a token or a key is told so and closed', async (test) => {
      const { address } = await serve(test);
      for (const query of ['', 'id=a&token=t', 'id=a&key=peerjs', 'token=t&key=peerjs']) {
        const peer = new Peer(`${address.url.replace('http', 'ws')}/peerjs?${query}`);
        test.after(() => peer.socket.terminate());
        assert.equal(
          await peer.nextText(),
          '{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}',
        );
        assert.equal(await peer.closed, 1005);
      }
    });

    it('with a wrong key is told so and closed', async (test) => {
      const { address } = await serve(test, { key: 'secret' });
      await join(test, address, 'a', { key: 'secret' });
      const peer = dial(test, address, 'b');
      assert.equal(await peer.nextText(), '{"type":"ERROR","payload":{"msg":"Invalid key provided"}}');
      assert.equal(await peer.closed, 1005);
    });

    it('cannot take an id in use, and can when it is free again', async (test) => {
      const { address } = await serve(test);
      const holder = await join(test, address, 'a');
      const other = dial(test, address, 'a', { token: 'other' });
      assert.equal(await other.nextText(), '{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}');
      assert.equal(await other.closed, 1005);
      await holder.leave();
      await join(test, address, 'a', { token: 'other' });
    });

    it('takes its id over with the same token, although the house is full, and gets what is sent to it', async (test) => {
      const { address } = await serve(test, { concurrent_limit: 1 });
      await join(test, address, 'a');
      const full = dial(test, address, 'b');
      assert.equal(
        await full.nextText(),
        '{"type":"ERROR","payload":{"msg":"Server has reached its concurrent user limit"}}',
      );
      assert.equal(await full.closed, 1005);
      const again = dial(test, address, 'a');
      await once(again.socket, 'open');
      again.send({ type: 'OFFER', dst: 'a', payload: 1 });
      while (!(await again.nextText()).includes('"OFFER"'));
    });

    it('relays type, src, dst and payload, and nothing else, in order, text or binary', async (test) => {
      const { address } = await serve(test);
      const a = await join(test, address, 'a');
      const b = await join(test, address, 'b');
      a.socket.send('{"type":"OFFER","src":"liar","dst":"b","payload":{"sdp":[1,null]},"extra":1}');
      a.socket.send(Buffer.from('{"type":"ANSWER","dst":"b"}'));
      a.socket.send('{"dst":"b","payload":null,"type":"CANDIDATE"}');
      a.send({ type: 'LEAVE', dst: 'b' });
      assert.equal(await b.nextText(), '{"type":"OFFER","src":"a","dst":"b","payload":{"sdp":[1,null]}}');
      assert.equal(await b.nextText(), '{"type":"ANSWER","src":"a","dst":"b"}');
      assert.equal(await b.nextText(), '{"type":"CANDIDATE","src":"a","dst":"b","payload":null}');
      assert.equal(await b.nextText(), '{"type":"LEAVE","src":"a","dst":"b"}');
    });

    it('may say what nobody knows, and talk to itself', async (test) => {
      const { address } = await serve(test);
      const a = await join(test, address, 'a');
      for (const type of ['offer', 'OPEN', 'ERROR', 'ID-TAKEN', 'WHATEVER', 'HEARTBEAT'])
        a.send({ type, dst: 'a' });
      a.send({ type: 'OFFER', payload: 'to nobody' });
      a.send({ type: 'OFFER', dst: 'a', payload: 'to myself' });
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a', payload: 'to myself' });
    });

    it('finds, when it comes, what was sent to it, in order, but no LEAVE', async (test) => {
      const { address } = await serve(test);
      const a = await join(test, address, 'a');
      a.send({ type: 'LEAVE', dst: 'b' });
      a.send({ type: 'OFFER', dst: 'b', payload: 1 });
      a.send({ type: 'CANDIDATE', dst: 'b', payload: 2 });
      await a.settled();
      const b = await join(test, address, 'b');
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: 1 });
      assert.deepEqual(await b.next(), { type: 'CANDIDATE', src: 'a', dst: 'b', payload: 2 });
    });

    it('is told once when nobody came for what it sent', async (test) => {
      const { address } = await serve(test, { expire_timeout: 100, cleanup_out_msgs: 20 });
      const a = await join(test, address, 'a');
      a.send({ type: 'OFFER', dst: 'nobody' });
      a.send({ type: 'CANDIDATE', dst: 'nobody' });
      assert.equal(await a.nextText(), '{"type":"EXPIRE","src":"nobody","dst":"a"}');
      a.send({ type: 'OFFER', dst: 'a', payload: 'after' });
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a', payload: 'after' });
    });
  });

  describe(`${name}: the events`, () => {
    it('tell who came, what they said and who went, once each', async (test) => {
      const { app, heard, address } = await serve(test);
      app.on('message', (client, message) =>
        heard.push(`message ${client.getId()} ${message.type} ${message.src} ${message.dst}`),
      );
      const gone = new Promise((resolve) => app.on('disconnect', resolve));
      const a = await join(test, address, 'a');
      a.socket.send('{"type":"OFFER","src":"liar","dst":"b"}');
      a.send({ type: 'HEARTBEAT' });
      a.send({ type: 'WHATEVER' });
      await a.settled();
      await a.leave();
      await gone;
      assert.deepEqual(heard, [
        'connection a',
        'message a OFFER a b',
        'message a HEARTBEAT a undefined',
        'message a WHATEVER a undefined',
        'disconnect a',
      ]);
    });

    it('give clients that can be asked and written to', async (test) => {
      const { app, address } = await serve(test);
      const came = new Promise<Client>((resolve) => app.on('connection', resolve));
      const a = await join(test, address, 'a', { token: 'mine' });
      const client = await came;
      assert.deepEqual([client.getId(), client.getToken()], ['a', 'mine']);
      assert.ok(client.getSocket());
      const before = client.getLastPing();
      assert.ok(Math.abs(Date.now() - before) < 60_000);
      client.send({ type: 'OFFER', src: 'the app', dst: 'a', payload: 'hello' });
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'the app', dst: 'a', payload: 'hello' });
      while (Date.now() === before);
      a.send({ type: 'HEARTBEAT' });
      await a.settled();
      assert.ok(client.getLastPing() > before);
    });

    it('tell of a client that came back, that it is the same', async (test) => {
      const { app, address } = await serve(test);
      const clients: Client[] = [];
      app.on('connection', (client) => clients.push(client));
      await join(test, address, 'a');
      const again = dial(test, address, 'a');
      await once(again.socket, 'open');
      await again.settled();
      assert.equal(clients.length, 2);
      assert.equal(clients[0], clients[1]);
    });

    it('tell of what is no JSON, and its sender is heard as before', async (test) => {
      const { app, address } = await serve(test);
      const failed = new Promise<Error>((resolve) => app.on('error', resolve));
      const a = await join(test, address, 'a');
      a.socket.send('{half');
      assert.ok((await failed) instanceof Error);
      a.send({ type: 'OFFER', dst: 'a' });
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a' });
    });

    it('tell that the port is taken', async (test) => {
      const { address } = await serve(test);
      const app = PeerServer({ port: address.port, host: '127.0.0.1' }, () => assert.fail('it listens'));
      const error = await new Promise<Error & { code?: string }>((resolve) => app.on('error', resolve));
      assert.equal(error.code, 'EADDRINUSE');
    });
  });

  describe(`${name}: options`, () => {
    it('may hold a WebSocket server of their own', async (test) => {
      const asked: { path: string; server: Server }[] = [];
      const { address } = await serve(test, {
        path: '/app',
        createWebSocketServer: (options: { path: string; server: Server }) => {
          asked.push(options);
          return new WebSocketServer(options);
        },
      });
      const a = await join(test, address, 'a', { path: '/app/' });
      a.send({ type: 'OFFER', dst: 'a' });
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a' });
      assert.deepEqual(
        asked.map(({ path }) => path),
        ['/app/peerjs'],
      );
    });
  });

  for (const [version, express] of [
    ['Express 4', express4],
    ['Express 5', express5],
  ] as const)
    describe(`${name}: in ${version}`, () => {
      async function mount(
        test: TestContext,
        build: (app: ReturnType<typeof express>, peers: Events & RequestListener) => void,
        options = {},
      ) {
        const app = express();
        const server = createServer(app);
        const peers = ExpressPeerServer(server, options);
        build(app, peers);
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        endAfter(test, server);
        return { address: located(server), peers };
      }

      it('lives where it was mounted, and leaves the rest alone', async (test) => {
        const { address } = await mount(test, (app, peers) => {
          app.get('/', (_: IncomingMessage, response) => void response.end('home'));
          app.use('/peerjs', peers);
          app.use('/peerjs/more', (_: IncomingMessage, response) => void response.end('more'));
        });
        assert.equal(await text(`${address.url}/`), 'home');
        assert.deepEqual(JSON.parse(await text(`${address.url}/peerjs`)), description);
        assert.equal((await text(`${address.url}/peerjs/peerjs/id`)).length, 36);
        assert.equal(await text(`${address.url}/peerjs/more`), 'more');
        assert.equal((await fetch(`${address.url}/peerjs/id`)).status, 404);
        const a = await join(test, address, 'a', { path: '/peerjs/' });
        a.send({ type: 'OFFER', dst: 'a' });
        assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a' });
      });

      it('adds its own path to that of the mount', async (test) => {
        const { address } = await mount(test, (app, peers) => app.use('/outer', peers), { path: '/inner' });
        assert.equal((await text(`${address.url}/outer/inner/peerjs/id`)).length, 36);
        await join(test, address, 'a', { path: '/outer/inner/' });
      });

      it('may be mounted at the root, before everything else', async (test) => {
        const { address } = await mount(test, (app, peers) => {
          app.use(peers);
          app.get('/healthz', (_: IncomingMessage, response) => void response.end('theirs'));
        });
        assert.equal((await text(`${address.url}/peerjs/id`)).length, 36);
        assert.equal(await text(`${address.url}/healthz`), 'theirs');
        await join(test, address, 'a');
      });

      it('may be mounted in an app inside an app', async (test) => {
        const { address } = await mount(test, (app, peers) => {
          const inner = express();
          app.use('/outer', inner);
          inner.use('/peers', peers);
        });
        assert.equal((await text(`${address.url}/outer/peers/peerjs/id`)).length, 36);
        await join(test, address, 'a', { path: '/outer/peers/' });
      });

      it('fires its events there, too', async (test) => {
        const { address, peers } = await mount(test, (app, mounted) => app.use('/p', mounted));
        const came = new Promise<Client>((resolve) => peers.on('connection', resolve));
        await join(test, address, 'a', { path: '/p/' });
        assert.equal((await came).getId(), 'a');
      });
    });
}
