import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { startHeartbeat } from '../../server/heartbeat.ts';
import type { Client } from '../../server/realm.ts';
import { dial, frameOf, join, rawSocket, startServer } from './support.ts';

/** One client under a heart that beats once a second: pinged after 10 s, gone after 20 s. */
function beating(test: TestContext) {
  test.mock.timers.enable({ apis: ['setInterval'] });
  const lifetime = new AbortController();
  test.after(() => lifetime.abort());
  const log: string[] = [];
  // Nobody asks for it, and nobody answers there.
  const socket = new WebSocket('ws://127.0.0.1:1');
  socket.on('error', () => {});
  socket.terminate();
  const client = {
    socket,
    id: 'a',
    token: 't',
    secret: 't',
    grant: undefined,
    place: 'a',
    claim: undefined,
    isPaused: false,
    silentBeats: 0,
    send: () => true,
    ping: () => log.push('ping'),
    close: () => log.push('close'),
    openedAtMs: 0,
    unfinishedBytes: 0,
    unfinishedBeats: 0,
    cutOff: (why: string) => {
      log.push(`cut off: ${why}`);
      clients.clear();
    },
  };
  const clients = new Set<Client>([client]);
  startHeartbeat({
    clients: () => clients,
    pingIntervalMs: 10_000,
    silenceMs: 20_000,
    onGone: ({ id }) => log.push(`gone ${id}`),
    signal: lifetime.signal,
  });
  const pass = (seconds: number) => {
    for (let n = 0; n < seconds; n++) test.mock.timers.tick(1_000);
  };
  return { client, log, pass, lifetime };
}

describe('the heartbeat', () => {
  it('pings who is silent, and ends who stays silent', (test) => {
    const { log, pass } = beating(test);
    pass(9);
    assert.deepEqual(log, []);
    pass(10);
    assert.deepEqual(log, ['ping']);
    pass(1);
    assert.deepEqual(log, ['ping', 'gone a', 'cut off: silent']);
    pass(60);
    assert.deepEqual(log, ['ping', 'gone a', 'cut off: silent']);
  });

  it('never pings who speaks', (test) => {
    const { client, log, pass } = beating(test);
    for (let n = 0; n < 20; n++) {
      pass(9);
      client.silentBeats = 0;
    }
    assert.deepEqual(log, []);
  });

  it('does not hold against anybody that we stopped reading', (test) => {
    const { client, log, pass } = beating(test);
    client.isPaused = true;
    pass(100);
    assert.deepEqual(log, []);
  });

  it('stops with the server', (test) => {
    const { log, pass, lifetime } = beating(test);
    lifetime.abort();
    pass(100);
    assert.deepEqual(log, []);
  });
});

describe('a socket', () => {
  it('lives on while it answers pings, although it never sends HEARTBEAT', async (test) => {
    const address = await startServer(test, { aliveTimeoutMs: 200 });
    const a = await join(test, address, 'a');
    for (let n = 0; n < 6; n++) await once(a.socket, 'ping');
    a.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a' });
  });

  it('lives on while it sends anything at all, although it never answers a ping', async (test) => {
    const address = await startServer(test, { aliveTimeoutMs: 400 });
    const a = await join(test, address, 'a', { client: { autoPong: false } });
    const begunAt = performance.now();
    // The echo of each message is the beat to which the next one is sent.
    while (performance.now() - begunAt < 1_200) {
      a.send({ type: 'OFFER', dst: 'a' });
      await a.next();
    }
    assert.equal(a.socket.readyState, a.socket.OPEN);
  });

  it('that shows no life is gone, its id is free, and what is sent to it expires', async (test) => {
    const address = await startServer(test, { aliveTimeoutMs: 200, expireTimeoutMs: 100 });
    const a = await join(test, address, 'a', { client: { autoPong: false } });
    assert.equal(await a.closed, 1006);
    const b = await join(test, address, 'b');
    b.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await b.next(), { type: 'EXPIRE', src: 'a', dst: 'b' });
    await join(test, address, 'a', { token: 'other' });
  });

  it('that hangs half-open keeps nobody with its token waiting', async (test) => {
    const address = await startServer(test);
    const half = await join(test, address, 'a');
    half.socket.pause();
    const whole = await join(test, address, 'a');
    const other = dial(test, address, 'a', { token: 'other' });
    assert.deepEqual(await other.next(), { type: 'ID-TAKEN', payload: { msg: 'ID is taken' } });
    const b = await join(test, address, 'b');
    b.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await whole.next(), { type: 'OFFER', src: 'b', dst: 'a' });
  });

  it('that does not answer our goodbye is cut off', async (test) => {
    const address = await startServer(test, { limits: { closeTimeoutMs: 50 } });
    const socket = await rawSocket(test, address, 'raw');
    socket.resume().write(frameOf(0x81, Buffer.from('{"type":"LEAVE"}')));
    await once(socket, 'end');
  });
});
