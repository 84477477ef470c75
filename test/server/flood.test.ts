import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { type ClientOptions, WebSocket } from 'ws';
import { Bucket } from '../../server/rate.ts';
import { defaultLimits, type Address } from '../../server/index.ts';
import { Senders } from '../../server/senders.ts';
import { dial, frameOf, join, Peer, rawSocket, startServer } from './support.ts';

/** The HTTP answer to a WebSocket request that is turned away. */
async function refusal(test: TestContext, { url }: Address, client: ClientOptions = {}, id = 'x') {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/peerjs?key=peerjs&id=${id}&token=other`, client);
  test.after(() => socket.terminate());
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  return { status: response.statusCode, retryAfter: response.headers['retry-after'] };
}

/** Resolves when a connection is over, cut or ended. */
const closed = (socket: Socket) =>
  new Promise((resolve) =>
    socket
      .on('error', () => {})
      .once('close', resolve)
      .resume(),
  );

const from = (forwardedFor: string): { client: ClientOptions } => ({
  client: { headers: { 'x-forwarded-for': forwardedFor } },
});

describe('one address', () => {
  it('may open so many sockets and no more, until one of them goes; others are not held to its account', async (test) => {
    const address = await startServer(test, { limits: { socketsPerAddress: 2 } });
    const a = await join(test, address, 'a');
    await join(test, address, 'b');
    assert.deepEqual(await refusal(test, address), { status: 429, retryAfter: '1' });
    await join(test, address, 'c', { client: { localAddress: '127.0.0.2' } });
    await a.leave();
    await join(test, address, 'd');
  });

  it('takes back its own id although it has as many sockets as it may', async (test) => {
    const address = await startServer(test, { limits: { socketsPerAddress: 1 } });
    const old = await join(test, address, 'a');
    await join(test, address, 'a');
    assert.equal(await old.closed, 1005);
    assert.equal((await refusal(test, address, {}, 'a')).status, 429);
  });

  it('may knock so often and no more', async (test) => {
    const address = await startServer(test, {
      limits: { connectsPerSecondPerAddress: 1, connectBurstPerAddress: 2 },
    });
    await join(test, address, 'a');
    await dial(test, address, 'a', { token: 'wrong' }).closed;
    assert.equal((await refusal(test, address)).status, 429);
    await join(test, address, 'b', { client: { localAddress: '127.0.0.2' } });
  });

  it('may ask so often over HTTP and no more', async (test) => {
    const { url } = await startServer(test, {
      limits: { requestsPerSecondPerAddress: 1, requestBurstPerAddress: 2 },
    });
    const statuses = [];
    for (let n = 0; n < 3; n++) {
      const response = await fetch(`${url}/peerjs/id`, { headers: { origin: 'https://a.example' } });
      statuses.push(response.status);
      assert.equal(response.headers.get('access-control-allow-origin'), 'https://a.example');
      await response.text();
    }
    assert.deepEqual(statuses, [200, 200, 429]);
  });

  it('is slowed down as a whole, however many sockets it floods from; others are not', async (test) => {
    const address = await startServer(test, {
      limits: { framesPerSecondPerAddress: 100, frameBurstPerAddress: 20 },
    });
    const flood = await Promise.all(['a', 'b', 'c', 'd'].map((id) => join(test, address, id)));
    const other = await join(test, address, 'other', { client: { localAddress: '127.0.0.2' } });
    const begunAt = performance.now();
    for (const peer of flood) for (let n = 0; n < 20; n++) peer.send({ type: 'OFFER', dst: 'a', payload: n });
    other.send({ type: 'OFFER', dst: 'other' });
    await other.next();
    const waited = performance.now() - begunAt;
    for (let n = 0; n < 80; n++) await flood[0]!.next();
    flood[1]!.send({ type: 'OFFER', dst: 'a', payload: 'last' });
    assert.deepEqual(await flood[0]!.next(), { type: 'OFFER', src: 'b', dst: 'a', payload: 'last' });
    assert.ok(
      performance.now() - begunAt >= 300,
      'sixty frames above the burst cost more than half a second',
    );
    assert.ok(waited < performance.now() - begunAt);
  });

  it('is the one a trusted proxy names, whatever the client claims', async (test) => {
    const address = await startServer(test, { proxied: true, limits: { socketsPerAddress: 1 } });
    await join(test, address, 'a', from('203.0.113.1'));
    const again = { headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.1' } };
    assert.equal((await refusal(test, address, again)).status, 429);
    await join(test, address, 'b', from('203.0.113.1, 203.0.113.2'));
  });

  it('has all of its /64', async (test) => {
    const address = await startServer(test, { proxied: true, limits: { socketsPerAddress: 1 } });
    await join(test, address, 'a', from('2001:db8:1:2::1'));
    const neighbour = { headers: { 'x-forwarded-for': '2001:db8:1:2:ffff::2' } };
    assert.equal((await refusal(test, address, neighbour)).status, 429);
    await join(test, address, 'b', from('2001:db8:1:3::1'));
  });

  it('cannot claim another one where no proxy is trusted', async (test) => {
    const address = await startServer(test, { limits: { socketsPerAddress: 1 } });
    await join(test, address, 'a', from('203.0.113.1'));
    const other = { headers: { 'x-forwarded-for': '203.0.113.2' } };
    assert.equal((await refusal(test, address, other)).status, 429);
  });

  it('may have so many TCP connections and no more', async (test) => {
    const { port } = await startServer(test, { limits: { connectionsPerAddress: 2 } });
    const open = [];
    for (let n = 0; n < 3; n++) {
      const socket = connect(port, '127.0.0.1');
      test.after(() => socket.destroy());
      await once(socket, 'connect');
      open.push(socket);
    }
    await closed(open[2]!);
    assert.ok(!open[0]!.closed && !open[1]!.closed);
  });

  it('does not count when it is this machine and nobody said otherwise', async (test) => {
    const address = await startServer(test);
    const many = Array.from({ length: defaultLimits.socketsPerAddress + 1 }, (_, n) =>
      join(test, address, `p${n}`),
    );
    await Promise.all(many);
  });
});

describe('what is remembered of addresses', () => {
  function senders(test: TestContext, limits = {}) {
    const lifetime = new AbortController();
    test.after(() => lifetime.abort());
    return new Senders({
      limits: { ...defaultLimits, ...limits },
      countsLoopback: true,
      signal: lifetime.signal,
    });
  }

  it('goes when they have nothing open and owe nothing', (test) => {
    const all = senders(test, { framesPerSecondPerAddress: 1 });
    all.of('203.0.113.1').sockets.enter();
    all.of('203.0.113.2').frames.pay(1);
    all.of('203.0.113.3');
    all.sweep();
    assert.equal(all.size, 2);
    all.of('203.0.113.1').sockets.leave();
    all.sweep();
    assert.equal(all.size, 1);
  });

  it('does not grow without end', (test) => {
    const all = senders(test);
    all.of('first').sockets.enter();
    for (let n = 0; n < 100_010; n++) all.of(`address ${n}`).requests.take();
    assert.equal(all.size, 100_000);
    assert.equal(all.of('first').sockets.isEmpty, false);
  });
});

describe('a bucket', () => {
  it('gives what it holds, fills again, and never above its brim', () => {
    let nowMs = 0;
    const bucket = new Bucket({ perSecond: 2, burst: 2, now: () => nowMs });
    assert.deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
    assert.equal(bucket.isFull, false);
    nowMs = 500;
    assert.deepEqual([bucket.take(), bucket.take()], [true, false]);
    nowMs = 60_000;
    assert.equal(bucket.isFull, true);
    assert.deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
  });

  it('lends, and says how long the debt lasts: five seconds at most', () => {
    let nowMs = 0;
    const bucket = new Bucket({ perSecond: 10, burst: 10, now: () => nowMs });
    assert.equal(bucket.pay(10), 0);
    assert.equal(bucket.pay(5), 500);
    assert.equal(bucket.pay(1e6), 5_000);
    nowMs = 5_000;
    assert.equal(bucket.pay(0), 0);
  });
});

describe('an origin', () => {
  const origins = ['https://school.example', 'http://localhost:8080'];
  const ask = (origin: string) => ({ headers: { origin } });

  it('that is on the list may open sockets, and so may who has none', async (test) => {
    const address = await startServer(test, { origins });
    await join(test, address, 'a', { client: ask('https://school.example') });
    await join(test, address, 'b', { client: ask('http://localhost:8080') });
    await join(test, address, 'c');
  });

  for (const origin of [
    'https://evil.example',
    'https://school.example.evil',
    'http://school.example',
    'null',
    '',
  ])
    it(`"${origin}" is told 403`, async (test) =>
      assert.equal((await refusal(test, await startServer(test, { origins }), ask(origin))).status, 403));

  it('that is on the list may call the HTTP routes, and no other', async (test) => {
    const { url } = await startServer(test, { origins });
    const allowed = async (origin: string) =>
      (await fetch(`${url}/peerjs/id`, { headers: { origin } })).headers.get('access-control-allow-origin');
    assert.equal(await allowed('https://school.example'), 'https://school.example');
    assert.equal(await allowed('https://evil.example'), null);
  });

  it('may be any when there is no list, or a star on it', async (test) => {
    for (const options of [{}, { origins: ['*'] }])
      await join(test, await startServer(test, options), 'a', { client: ask('https://any.example') });
  });

  for (const [origin, hint] of [
    ['https://a.example/', 'must be written as https://a.example'],
    ['HTTPS://A.example', 'must be written as https://a.example'],
    ['https://a.example:443', 'must be written as https://a.example'],
    ['a.example', 'is no origin, write it as https://example.org'],
  ] as const)
    it(`written as ${origin} is refused at start`, async (test) =>
      assert.rejects(startServer(test, { origins: [origin] }), {
        code: 'bad-option',
        message: `origin ${origin} ${hint}`,
      }));
});

describe('a frame that is never finished', () => {
  const begun = Buffer.concat([
    Buffer.from([0x01, 0x80 | 126, 0x40, 0x00]),
    Buffer.alloc(4),
    Buffer.alloc(0x4000),
  ]);
  const ping = Buffer.from([0x89, 0x80, 0, 0, 0, 0]);

  it('ends its socket, although pings between its fragments say that it lives', async (test) => {
    const address = await startServer(test, { limits: { frameTimeoutMs: 200, closeTimeoutMs: 50 } });
    const socket = await rawSocket(test, address, 'raw');
    socket.write(begun);
    // Each pong is the beat to which the next ping is sent.
    socket.on('data', () => socket.write(ping));
    socket.write(ping);
    await closed(socket);
    await join(test, address, 'raw', { token: 'other' });
  });

  it('ends its socket when it trickles in byte by byte', async (test) => {
    const address = await startServer(test, { limits: { frameTimeoutMs: 200, closeTimeoutMs: 50 } });
    const socket = await rawSocket(test, address, 'raw');
    const whole = frameOf(0x81, Buffer.alloc(100_000));
    let at = 0;
    const trickle = () => {
      if (!socket.destroyed) socket.write(whole.subarray(at, ++at), () => setImmediate(trickle));
    };
    trickle();
    await closed(socket);
  });

  it('is no fault of one who finishes it and begins another', async (test) => {
    const address = await startServer(test, { limits: { frameTimeoutMs: 150, closeTimeoutMs: 50 } });
    const socket = await rawSocket(test, address, 'raw');
    const text = Buffer.from('{"type":"OFFER","dst":"raw"}');
    const begin = Buffer.concat([Buffer.from([0x01, 0x80 | text.length]), Buffer.alloc(4), text.subarray(0)]);
    const end = Buffer.from([0x80, 0x80, 0, 0, 0, 0]);
    const begunAt = performance.now();
    socket.write(begin);
    while (performance.now() - begunAt < 500) {
      // The echo of the finished frame comes while the next one is half sent.
      socket.write(Buffer.concat([end, begin]));
      await once(socket, 'data');
    }
    assert.equal(socket.destroyed, false);
  });

  it('counts against all that are unfinished together: the largest go first', async (test) => {
    const address = await startServer(test, {
      limits: { maxUnfinishedBytes: 20_000, frameTimeoutMs: 2_000, closeTimeoutMs: 50 },
    });
    const small = await rawSocket(test, address, 'small');
    const large = await rawSocket(test, address, 'large');
    small.resume();
    small.write(begun.subarray(0, 5_000));
    large.write(begun);
    await closed(large);
    assert.equal(small.destroyed, false);
  });

  it('of a request head is answered 408 and let go', async (test) => {
    const { port } = await startServer(test, { limits: { headersTimeoutMs: 100 } });
    const socket = connect(port, '127.0.0.1');
    test.after(() => socket.destroy());
    socket.write('GET /peerjs/id HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 408 /);
    await closed(socket);
  });

  it('of a stranger who says nothing at all is let go', async (test) => {
    const { port } = await startServer(test, { limits: { headersTimeoutMs: 100 } });
    const socket = connect(port, '127.0.0.1');
    test.after(() => socket.destroy());
    await closed(socket);
  });
});

describe('a peer at the door of a full house', () => {
  it('is no reason to forget who is inside', async (test) => {
    const address = await startServer(test, { limits: { socketsPerAddress: 1 } });
    const inside = await join(test, address, 'a');
    for (let n = 0; n < 20; n++) assert.equal((await refusal(test, address)).status, 429);
    inside.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await inside.next(), { type: 'OFFER', src: 'a', dst: 'a' });
    assert.ok(inside instanceof Peer);
  });
});
