import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Address } from '../../server/index.ts';
import { dial, join, Peer, startServer } from './support.ts';

function ask(test: TestContext, { url }: Address, query: string): Peer {
  const peer = new Peer(`${url.replace('http', 'ws')}/peerjs?${query}`);
  test.after(() => peer.socket.terminate());
  return peer;
}

describe('a socket at the door', () => {
  it('is told OPEN, without a payload, first of all', async (test) => {
    const peer = dial(test, await startServer(test), 'a');
    assert.equal(await peer.nextText(), '{"type":"OPEN"}');
  });

  for (const query of ['', 'id=a&token=t', 'id=a&key=peerjs', 'token=t&key=peerjs', 'id=&token=t&key=peerjs'])
    it(`is turned away with a word for "${query}"`, async (test) => {
      const peer = ask(test, await startServer(test), query);
      assert.equal(
        await peer.nextText(),
        '{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}',
      );
      assert.equal(await peer.closed, 1005);
    });

  it('is turned away with a wrong key', async (test) => {
    const peer = dial(test, await startServer(test), 'a', { key: 'other' });
    assert.equal(await peer.nextText(), '{"type":"ERROR","payload":{"msg":"Invalid key provided"}}');
    assert.equal(await peer.closed, 1005);
  });

  it('gets in with the key that was configured, on the literal path peerjs', async (test) => {
    await join(test, await startServer(test, { key: 'secret' }), 'a', { key: 'secret' });
  });

  it('finds the routes below a path that was configured, however it was written', async (test) => {
    for (const path of ['my/app', '/my/app', '/my/app/'])
      await join(test, await startServer(test, { path }), 'a', { path: '/my/app/' });
  });

  it('cannot take an id that is in use', async (test) => {
    const address = await startServer(test);
    const first = await join(test, address, 'a');
    const second = dial(test, address, 'a', { token: 'other' });
    assert.equal(await second.nextText(), '{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}');
    assert.equal(await second.closed, 1005);
    first.send({ type: 'OFFER', dst: 'a', payload: 1 });
    assert.deepEqual(await first.next(), { type: 'OFFER', src: 'a', dst: 'a', payload: 1 });
  });

  it('takes its id back with the same token, is told OPEN, and the old socket is closed', async (test) => {
    const address = await startServer(test);
    const old = await join(test, address, 'a');
    const fresh = await join(test, address, 'a');
    assert.equal(await old.closed, 1005);
    const other = await join(test, address, 'b');
    other.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await fresh.next(), { type: 'OFFER', src: 'b', dst: 'a' });
  });

  it('is heard no more once its id was taken over', async (test) => {
    const address = await startServer(test);
    const other = await join(test, address, 'b');
    const old = await join(test, address, 'a');
    old.socket.pause(); // as a half-open socket that never sees the close
    await join(test, address, 'a');
    old.send({ type: 'OFFER', dst: 'b', payload: 'from the past' });
    old.socket.resume();
    await old.closed;
    await other.settled();
    assert.deepEqual(other.unread, []);
  });

  it('finds no room above the limit, unless it takes over its own id', async (test) => {
    const address = await startServer(test, { concurrentLimit: 1 });
    await join(test, address, 'a');
    const second = dial(test, address, 'b');
    assert.equal(
      await second.nextText(),
      '{"type":"ERROR","payload":{"msg":"Server has reached its concurrent user limit"}}',
    );
    assert.equal(await second.closed, 1005);
    await join(test, address, 'a');
  });

  it('leaves its id free when it goes', async (test) => {
    const address = await startServer(test);
    await (await join(test, address, 'a')).leave();
    await join(test, address, 'a', { token: 'other' });
  });

  for (const id of ['__proto__', 'constructor', '<script>', 'ü 漢 🎈', 'x'.repeat(256), '%2e%2e', 'a+b&c=d'])
    it(`may be called ${id.slice(0, 16)}`, async (test) => {
      const address = await startServer(test);
      const peer = await join(test, address, id);
      peer.send({ type: 'OFFER', dst: id, payload: 'me' });
      assert.deepEqual(await peer.next(), { type: 'OFFER', src: id, dst: id, payload: 'me' });
    });

  for (const [what, id, token] of [
    ['an id of 257 characters', 'x'.repeat(257), 't'],
    ['a token of 257 characters', 'a', 'x'.repeat(257)],
    ['a newline in its id', 'a\nb', 't'],
    ['a NUL in its token', 'a', '\0'],
  ] as const)
    it(`is turned away with ${what}`, async (test) => {
      const peer = dial(test, await startServer(test), id, { token });
      assert.equal(
        await peer.nextText(),
        '{"type":"ERROR","payload":{"msg":"Invalid id or token provided"}}',
      );
      assert.equal(await peer.closed, 1005);
    });

  it('takes the last of a parameter that is there twice, and ignores those it does not know', async (test) => {
    const peer = ask(test, await startServer(test), 'id=a&id=b&x=1&token=t&key=peerjs');
    assert.deepEqual(await peer.next(), { type: 'OPEN' });
    peer.send({ type: 'OFFER', dst: 'b' });
    assert.deepEqual(await peer.next(), { type: 'OFFER', src: 'b', dst: 'b' });
  });

  it('survives percent signs that escape nothing', async (test) => {
    const peer = ask(test, await startServer(test), 'id=%zz%&token=t&key=peerjs');
    assert.deepEqual(await peer.next(), { type: 'OPEN' });
  });
});
