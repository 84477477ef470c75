import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import type { Address } from '../../server/index.ts';
import { maxSignalBytes } from '../../src/protocol/signaling.ts';
import { frameOf, join, type Peer, rawSocket, startServer } from './support.ts';

/** Frames that make no sense, each as a socket would really send it. */
const nonsense: readonly (readonly [string, string | Buffer])[] = [
  ['half a JSON', '{"type":"OFFER","dst":'],
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '1'],
  ['a text', '"OFFER"'],
  ['a list', '[{"type":"OFFER","dst":"b"}]'],
  ['a dst that is an object', '{"type":"OFFER","dst":{"toString":1}}'],
  ['a dst that is a list', '{"type":"OFFER","dst":["b"]}'],
  ['a dst that is too long', JSON.stringify({ type: 'OFFER', dst: 'x'.repeat(257) })],
  ['a type that is null', '{"type":null,"dst":"b"}'],
  ['a type that is an object', '{"type":{"toString":1},"dst":"b"}'],
  ['a type named __proto__', '{"type":"__proto__","dst":"b"}'],
  ['a polluting key', '{"__proto__":{"type":"OFFER","dst":"b"}}'],
  ['a million brackets', '['.repeat(1_000_000)],
  ['nested objects', '{"payload":'.repeat(50_000)],
  ['binary noise', Buffer.from([0xff, 0x00, 0xfe, 0x80])],
  ['NUL characters', '\0\0\0'],
];

async function pair(test: TestContext, options = {}): Promise<{ address: Address; a: Peer; b: Peer }> {
  const address = await startServer(test, options);
  return { address, a: await join(test, address, 'a'), b: await join(test, address, 'b') };
}

describe('a frame that makes no sense', () => {
  for (const [what, frame] of nonsense)
    it(`(${what}) is dropped, and its sender is heard as before`, async (test) => {
      const { a, b } = await pair(test);
      a.socket.send(frame);
      a.send({ type: 'OFFER', dst: 'b', payload: 'after' });
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: 'after' });
      assert.deepEqual(a.unread, []);
    });

  it('closes the socket of one who sends nothing else, with 1008', async (test) => {
    const { address, a, b } = await pair(test, { limits: { maxBadFrames: 5 } });
    for (let n = 0; n < 6; n++) a.socket.send('{');
    assert.equal(await a.closed, 1008);
    b.send({ type: 'OFFER', dst: 'b', payload: 'alive' });
    assert.deepEqual(await b.next(), { type: 'OFFER', src: 'b', dst: 'b', payload: 'alive' });
    await join(test, address, 'a', { token: 'other' });
  });

  it('is forgiven once a good one follows', async (test) => {
    const { a, b } = await pair(test, { limits: { maxBadFrames: 5 } });
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 5; n++) a.socket.send('{');
      a.send({ type: 'OFFER', dst: 'b', payload: round });
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: round });
    }
  });
});

describe('a frame that breaks the rules', () => {
  for (const [what, frame] of [
    ['that is too large', 'x'.repeat(maxSignalBytes + 1)],
    ['that is far too large', 'x'.repeat(20 * maxSignalBytes)],
  ] as const)
    it(`(${what}) closes its socket and nobody else's`, async (test) => {
      const { address, a, b } = await pair(test);
      a.socket.send(frame);
      // 1009, or 1006 where the connection was cut while the client was still sending.
      assert.ok([1009, 1006].includes(await a.closed));
      b.send({ type: 'OFFER', dst: 'b' });
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'b', dst: 'b' });
      await join(test, address, 'a', { token: 'other' });
    });

  for (const [what, bytes] of [
    ['that claims to be a terabyte', frameOf(0x81, Buffer.from('{'), 2 ** 40)],
    ['that is text but no UTF-8', frameOf(0x81, Buffer.from([0xff, 0xfe]))],
    ['without a mask', Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['with a reserved bit', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ['with an unknown opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['that continues nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
    ['that is a ping of 126 bytes', Buffer.from([0x89, 0xfe, 0, 126, 0, 0, 0, 0])],
    ['that is no WebSocket at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ] as const)
    it(`(${what}) ends its socket and nobody else's`, async (test) => {
      const { address, b } = await pair(test);
      const socket = await rawSocket(test, address, 'raw');
      socket.resume().write(bytes);
      await once(socket, 'end');
      b.send({ type: 'OFFER', dst: 'b' });
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'b', dst: 'b' });
      await join(test, address, 'raw', { token: 'other' });
    });
});

describe('one who does too much', () => {
  it('is slowed down and not cut off, and others are not kept waiting', async (test) => {
    const { a, b } = await pair(test, { limits: { framesPerSecond: 100, frameBurst: 10 } });
    for (let n = 0; n < 60; n++) a.send({ type: 'OFFER', dst: 'a', payload: n });
    const begunAt = performance.now();
    b.send({ type: 'OFFER', dst: 'b' });
    await b.next();
    for (let n = 0; n < 60; n++)
      assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a', payload: n });
    a.send({ type: 'OFFER', dst: 'a', payload: 'last' });
    assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a', payload: 'last' });
    assert.ok(performance.now() - begunAt >= 300, 'fifty frames above the burst cost half a second');
  });

  it('may be closed and replaced while it is slowed down', async (test) => {
    const { address, a } = await pair(test, { limits: { framesPerSecond: 1, frameBurst: 1 } });
    for (let n = 0; n < 100; n++) a.send({ type: 'HEARTBEAT' });
    await join(test, address, 'a');
    assert.equal(await a.closed, 1005);
  });

  it('is cut off when it does not read, and what comes then waits for its return', async (test) => {
    const limits = { maxUnreadBytes: 1_000_000, frameBurst: 1e9 };
    const { address, a, b } = await pair(test, { limits, allowDiscovery: true });
    const isHere = async () => (await (await fetch(`${address.url}/peerjs/peers`)).text()).includes('"b"');
    b.socket.pause();
    while (await isHere()) {
      a.send({ type: 'OFFER', dst: 'b', payload: 'x'.repeat(500_000) });
      await a.settled();
    }
    a.send({ type: 'OFFER', dst: 'b', payload: 'last' });
    await a.settled();
    const again = await join(test, address, 'b', { token: 'other' });
    for (let isLast = false; !isLast;) isLast = (await again.nextText()).includes('"payload":"last"');
  });

  it('cannot make the server hoard pongs', async (test) => {
    const { address, b } = await pair(test, {
      limits: { maxUnreadBytes: 100_000, framesPerSecond: 1e9, frameBurst: 1e9 },
    });
    const socket = await rawSocket(test, address, 'raw');
    socket.pause();
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const pings = Buffer.concat(
      Array(2_000).fill(Buffer.concat([Buffer.from([0x89, 0xfd]), Buffer.alloc(4 + 125)])),
    );
    socket.on('error', () => {});
    const flood = () => {
      while (!socket.destroyed && socket.write(pings));
    };
    socket.on('drain', flood);
    flood();
    await ended;
    b.send({ type: 'OFFER', dst: 'b' });
    assert.deepEqual(await b.next(), { type: 'OFFER', src: 'b', dst: 'b' });
  });
});
