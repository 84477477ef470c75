import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dial, join, startServer } from './support.ts';

describe('a message between two', () => {
  for (const type of ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE'])
    it(`of type ${type} arrives with its sender stamped and nothing else added`, async (test) => {
      const address = await startServer(test);
      const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
      a.send({ payload: { sdp: 'x' }, extra: 1, dst: 'b', src: 'liar', type });
      assert.equal(await b.nextText(), `{"type":"${type}","src":"a","dst":"b","payload":{"sdp":"x"}}`);
    });

  for (const payload of [null, 0, '', [], { __proto__: null, toString: 1 }, 'ü 漢 🎈'])
    it(`carries the payload ${JSON.stringify(payload)} as it is`, async (test) => {
      const address = await startServer(test);
      const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
      a.send({ type: 'OFFER', dst: 'b', payload });
      assert.equal(await b.nextText(), JSON.stringify({ type: 'OFFER', src: 'a', dst: 'b', payload }));
    });

  it('may be a binary frame, and arrives as text', async (test) => {
    const address = await startServer(test);
    const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
    const isBinary = new Promise((resolve) => b.socket.once('message', (_data, binary) => resolve(binary)));
    a.socket.send(Buffer.from('{"type":"OFFER","dst":"b"}'));
    assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b' });
    assert.equal(await isBinary, false);
  });

  it('keeps its place in the order', async (test) => {
    const address = await startServer(test);
    const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
    for (let n = 0; n < 300; n++) a.send({ type: 'CANDIDATE', dst: 'b', payload: n });
    for (let n = 0; n < 300; n++)
      assert.deepEqual(await b.next(), { type: 'CANDIDATE', src: 'a', dst: 'b', payload: n });
  });

  it('may be for oneself', async (test) => {
    const a = await join(test, await startServer(test), 'a');
    a.send({ type: 'OFFER', dst: 'a' });
    assert.deepEqual(await a.next(), { type: 'OFFER', src: 'a', dst: 'a' });
  });

  it('may be a large one', async (test) => {
    const address = await startServer(test);
    const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
    const payload = 'x'.repeat(1_000_000);
    a.send({ type: 'OFFER', dst: 'b', payload });
    assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload });
  });
});

describe('a message that is not for a client to send', () => {
  for (const message of [
    { type: 'HEARTBEAT', dst: 'b' },
    { type: 'OPEN', dst: 'b' },
    { type: 'ERROR', dst: 'b', payload: { msg: 'x' } },
    { type: 'ID-TAKEN', dst: 'b' },
    { type: 'offer', dst: 'b' },
    { type: 'SHOUT', dst: 'b' },
    { type: 'OFFER' },
    { type: 'OFFER', dst: '' },
    { type: 'OFFER', dst: null },
    { type: 'EXPIRE' },
  ])
    it(`such as ${JSON.stringify(message)} is ignored, and its sender stays`, async (test) => {
      const address = await startServer(test);
      const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
      a.send(message);
      a.send({ type: 'OFFER', dst: 'b', payload: 'after' });
      assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: 'after' });
      assert.deepEqual(a.unread, []);
    });
});

describe('LEAVE', () => {
  it('for somebody who is not here is dropped', async (test) => {
    const address = await startServer(test);
    const a = await join(test, address, 'a');
    a.send({ type: 'LEAVE', dst: 'b' });
    await a.settled();
    const b = await join(test, address, 'b');
    await b.settled();
    assert.deepEqual(b.unread, []);
  });

  it('for nobody frees the id and closes the socket', async (test) => {
    const address = await startServer(test);
    const a = await join(test, address, 'a');
    a.send({ type: 'LEAVE' });
    assert.equal(await a.closed, 1005);
    await join(test, address, 'a', { token: 'other' });
  });

  it('for nobody does not let the old socket speak under an id that a live one has taken, nor evict it', async (test) => {
    const address = await startServer(test);
    const listener = await join(test, address, 'listener');
    const old = await join(test, address, 'a');
    old.socket.pause(); // so that it does not answer the close, and lives on for a while
    old.send({ type: 'LEAVE' });
    let taker = dial(test, address, 'a', { token: 'other' });
    while ((await taker.nextText()) !== '{"type":"OPEN"}')
      taker = dial(test, address, 'a', { token: 'other' });
    old.send({ type: 'OFFER', dst: 'listener', payload: 'hijack' });
    old.socket.terminate();
    await old.closed;
    const third = dial(test, address, 'a', { token: 'third' });
    assert.deepEqual(await third.next(), { type: 'ID-TAKEN', payload: { msg: 'ID is taken' } });
    listener.send({ type: 'OFFER', dst: 'a', payload: 'to the living' });
    assert.deepEqual(await taker.next(), {
      type: 'OFFER',
      src: 'listener',
      dst: 'a',
      payload: 'to the living',
    });
    assert.deepEqual(listener.unread, []);
  });
});
