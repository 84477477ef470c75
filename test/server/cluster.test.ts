import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Address, createSignalingServer, type ServerOptions } from '../../server/index.ts';
import { dial, join, type Peer } from './support.ts';
import { type RunningRedis, startRedis, withRedis } from './redis.ts';

const leaseMs = 600;

/** An instance, and what ends it before the Redis it lives on. */
async function instance(test: TestContext, redis: RunningRedis, options: ServerOptions = {}) {
  const errors: Error[] = [];
  const server = createSignalingServer({
    port: 0,
    host: '127.0.0.1',
    redis: redis.url,
    expireTimeoutMs: 300,
    limits: { leaseMs, closeTimeoutMs: 100 },
    onError: (error) => errors.push(error),
    ...options,
  });
  test.after(() => server.close());
  return { address: await server.ready, server, errors };
}

async function two(test: TestContext, options: ServerOptions = {}) {
  const redis = await startRedis(test);
  return { redis, left: await instance(test, redis, options), right: await instance(test, redis, options) };
}

/** Another instance hears of a newcomer a moment later: until then what is sent to it waits, and it arrives all the same. */
async function exchange(from: Peer, to: Peer, src: string, dst: string): Promise<void> {
  from.send({ type: 'OFFER', dst, payload: 'hello' });
  assert.deepEqual(await to.next(), { type: 'OFFER', src, dst, payload: 'hello' });
}

/** Asks again until the id is given, and says how long that took. */
async function untilGiven(test: TestContext, address: Address, id: string): Promise<number> {
  const begunAt = performance.now();
  for (;;) {
    const peer = dial(test, address, id, { token: 'another' });
    const first = await peer.nextText().catch(() => '');
    if (first.includes('OPEN')) return performance.now() - begunAt;
    await peer.closed;
  }
}

describe('several instances on one Redis', withRedis, () => {
  it('are one server: messages go both ways, in order, with src stamped', async (test) => {
    const { left, right } = await two(test);
    const a = await join(test, left.address, 'a');
    const b = await join(test, right.address, 'b');
    for (let n = 0; n < 50; n++) a.send({ type: 'CANDIDATE', src: 'liar', dst: 'b', payload: n });
    for (let n = 0; n < 50; n++)
      assert.deepEqual(await b.next(), { type: 'CANDIDATE', src: 'a', dst: 'b', payload: n });
    await exchange(b, a, 'b', 'a');
    b.send({ type: 'LEAVE', dst: 'a' });
    assert.deepEqual(await a.next(), { type: 'LEAVE', src: 'b', dst: 'a' });
  });

  it('give an id once, and back to its token on any of them', async (test) => {
    const { left, right } = await two(test);
    const old = await join(test, left.address, 'a');
    const other = dial(test, right.address, 'a', { token: 'other' });
    assert.deepEqual(await other.next(), { type: 'ID-TAKEN', payload: { msg: 'ID is taken' } });
    assert.equal(await other.closed, 1005);
    const fresh = await join(test, right.address, 'a');
    assert.equal(await old.closed, 1005);
    await exchange(await join(test, left.address, 'b'), fresh, 'b', 'a');
  });

  it('free an id everywhere when its socket goes, or says LEAVE', async (test) => {
    const { left, right } = await two(test);
    await (await join(test, left.address, 'a')).leave();
    await untilGiven(test, right.address, 'a');
    const b = await join(test, left.address, 'b');
    b.send({ type: 'LEAVE' });
    await b.closed;
    await untilGiven(test, right.address, 'b');
  });

  it('keep what waits for somebody, whichever of them they come to, and tell who waited in vain', async (test) => {
    const { left, right } = await two(test, { expireTimeoutMs: 2_000 });
    const a = await join(test, left.address, 'a');
    for (let n = 0; n < 3; n++) a.send({ type: 'OFFER', dst: 'b', payload: n });
    await a.settled();
    const b = await join(test, right.address, 'b');
    for (let n = 0; n < 3; n++)
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: n });
    a.send({ type: 'OFFER', dst: 'nobody' });
    assert.deepEqual(await a.next(), { type: 'EXPIRE', src: 'nobody', dst: 'a' });
  });

  it('count and list everybody together', async (test) => {
    const { left, right } = await two(test, { allowDiscovery: true, concurrentLimit: 2 });
    await join(test, left.address, 'a');
    await join(test, right.address, 'b');
    const list = async ({ url }: Address) => (await (await fetch(`${url}/peerjs/peers`)).json()).sort();
    while ((await list(left.address)).length < 2);
    for (const { address } of [left, right]) {
      assert.deepEqual(await list(address), ['a', 'b']);
      const full = dial(test, address, 'c');
      assert.match(await full.nextText(), /concurrent user limit/);
    }
  });

  it('learn who was there before them', async (test) => {
    const redis = await startRedis(test);
    const first = await instance(test, redis);
    const a = await join(test, first.address, 'a');
    const second = await instance(test, redis);
    await exchange(await join(test, second.address, 'b'), a, 'b', 'a');
  });

  it('let go of the ids of one that stops, at once', async (test) => {
    const { left, right } = await two(test, { limits: { leaseMs: 60_000, closeTimeoutMs: 100 } });
    await join(test, left.address, 'a');
    await left.server.close();
    await join(test, right.address, 'a', { token: 'another' });
  });

  it('let go of the ids of one that was killed, within its lease, and tell who wrote to them', async (test) => {
    const redis = await startRedis(test);
    const right = await instance(test, redis);
    const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
    const flags = [
      '--port',
      '0',
      '--host',
      '127.0.0.1',
      '--redis',
      redis.url,
      '--limit',
      `leaseMs=${leaseMs}`,
    ];
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    test.after(() => child.kill('SIGKILL'));
    let url = '';
    for await (const line of createInterface(child.stdout)) {
      url = /(http:\S+)$/.exec(line)?.[1] ?? '';
      break;
    }
    const doomed = { host: '127.0.0.1', port: Number(new URL(url).port), url };
    const b = await join(test, right.address, 'b');
    await exchange(b, await join(test, doomed, 'a'), 'b', 'a');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    b.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await b.next(), { type: 'EXPIRE', src: 'a', dst: 'b' });
    // The lease, and a moment for whoever buries the dead.
    assert.ok((await untilGiven(test, right.address, 'a')) < 2 * leaseMs);
  });

  it('survive the end of Redis: those on one instance go on, and all of them are back with it', async (test) => {
    const { redis, left, right } = await two(test);
    const a = await join(test, left.address, 'a');
    const b = await join(test, right.address, 'b');
    await exchange(a, b, 'a', 'b');
    await redis.kill();
    const c = await join(test, left.address, 'c');
    await exchange(a, c, 'a', 'c');
    a.send({ type: 'OFFER', dst: 'b', payload: 'lost' });
    assert.deepEqual(await a.next(), { type: 'EXPIRE', src: 'b', dst: 'a' });
    await redis.start();
    // Until both are back, messages wait for an absent peer and expire.
    for (;;) {
      b.send({ type: 'OFFER', dst: 'c', payload: 'again' });
      const answer = await Promise.race([b.nextText(), c.nextText()]);
      if (answer.includes('"again"')) break;
      assert.ok(answer.includes('EXPIRE'), answer);
    }
    for (const { errors } of [left, right])
      assert.deepEqual(
        new Set(errors.map(({ message }) => message)),
        new Set(['Redis is away; others are not reached until it is back']),
      );
  });

  it('let the first keep an id that was given twice while Redis was away', async (test) => {
    const { redis, left, right } = await two(test);
    await redis.kill();
    const one = await join(test, left.address, 'a', { token: 'one' });
    const other = await join(test, right.address, 'a', { token: 'other' });
    await redis.start();
    assert.equal(await Promise.race([one.closed, other.closed]), 1005);
    const left1 = [one, other].filter(({ socket }) => socket.readyState === socket.OPEN);
    assert.equal(left1.length, 1);
  });

  it('do not start without it', async (test) => {
    const redis = await startRedis(test);
    await redis.kill();
    await assert.rejects(instance(test, redis), { code: 'cluster-unavailable' });
  });
});

describe('the address of Redis', () => {
  for (const redis of ['localhost:6379', 'http://localhost', 'redis://'])
    it(`is refused as ${redis}`, () =>
      assert.throws(() => createSignalingServer({ redis }), {
        code: 'bad-option',
        message: /redis must be/,
      }));
});
