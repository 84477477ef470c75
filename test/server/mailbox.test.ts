import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { defaultLimits, type Limits } from '../../server/index.ts';
import { type Expired, Mailbox, type Waiting } from '../../server/mailbox.ts';
import { dial, join, startServer } from './support.ts';

/** A mailbox of 1 s on a clock of our own, that tells whom it told. */
function mailboxOf(test: TestContext, limits: Partial<Limits> = {}) {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  let nowMs = 0;
  const expired: string[] = [];
  const lifetime = new AbortController();
  test.after(() => lifetime.abort());
  const mailbox = new Mailbox({
    expireTimeoutMs: 1_000,
    limits: { ...defaultLimits, ...limits },
    onExpire: ({ src, dst }: Expired) => expired.push(`${nowMs}: ${src} to ${dst}`),
    signal: lifetime.signal,
    now: () => nowMs,
  });
  const pass = (ms: number) => {
    for (let step = 0; step < ms; step += 10) {
      nowMs += 10;
      test.mock.timers.tick(10);
    }
  };
  const put = (src: string, dst: string, type: Waiting['type'] = 'OFFER', frame = `${src} ${type}`) =>
    mailbox.put({ src, dst, srcSecret: 't', type, frame });
  return { mailbox, expired, pass, put, lifetime };
}

describe('Mailbox', () => {
  it('gives what waits in the order it came, once', (test) => {
    const { mailbox, put } = mailboxOf(test);
    put('a', 'x', 'OFFER');
    put('b', 'y');
    put('b', 'x', 'OFFER');
    put('a', 'x', 'CANDIDATE');
    assert.deepEqual(mailbox.take('x'), ['a OFFER', 'b OFFER', 'a CANDIDATE']);
    assert.deepEqual(mailbox.take('x'), []);
    assert.equal(mailbox.size, 1);
  });

  it('lets each message wait equally long, whatever else waits for the same id', (test) => {
    const { mailbox, expired, pass, put } = mailboxOf(test);
    put('a', 'x');
    pass(800);
    put('b', 'x');
    pass(250);
    assert.deepEqual(expired, ['1050: a to x']);
    assert.equal(mailbox.size, 1);
    pass(800);
    assert.deepEqual(expired, ['1050: a to x', '1850: b to x']);
    assert.equal(mailbox.size, 0);
  });

  it('says EXPIRE once for an offer and the candidates that trailed it', (test) => {
    const { mailbox, expired, pass, put } = mailboxOf(test);
    put('a', 'x', 'OFFER');
    for (let n = 0; n < 5; n++) {
      pass(100);
      put('a', 'x', 'CANDIDATE');
    }
    pass(2_000);
    assert.deepEqual(expired, ['1050: a to x']);
    assert.equal(mailbox.size, 0);
  });

  it('says EXPIRE once for two offers of one moment, and twice for two attempts', (test) => {
    const { expired, pass, put } = mailboxOf(test);
    put('a', 'x');
    put('a', 'x');
    pass(500);
    put('a', 'x');
    pass(2_000);
    assert.deepEqual(expired, ['1050: a to x', '1550: a to x']);
  });

  it('tells senders and addressees apart whose names run together', (test) => {
    const { expired, pass, put } = mailboxOf(test);
    put('a_b', 'c');
    put('a', 'b_c');
    pass(2_000);
    assert.deepEqual(expired.toSorted(), ['1050: a to b_c', '1050: a_b to c']);
  });

  it('tells nobody of a message that was fetched', (test) => {
    const { mailbox, expired, pass, put } = mailboxOf(test);
    put('a', 'x');
    pass(900);
    mailbox.take('x');
    pass(2_000);
    assert.deepEqual(expired, []);
  });

  it('goes on after it was empty', (test) => {
    const { expired, pass, put } = mailboxOf(test);
    put('a', 'x');
    pass(5_000);
    put('a', 'x');
    pass(5_000);
    assert.deepEqual(expired, ['1050: a to x', '6050: a to x']);
  });

  it('keeps names like __proto__ apart from its own', (test) => {
    const { mailbox, put } = mailboxOf(test);
    put('constructor', '__proto__', 'OFFER', 'frame');
    assert.deepEqual(mailbox.take('toString'), []);
    assert.deepEqual(mailbox.take('__proto__'), ['frame']);
  });

  it('answers an offer at once when there is no more room for an id', (test) => {
    const { mailbox, expired, put } = mailboxOf(test, { maxWaitingPerId: 2 });
    for (let n = 0; n < 3; n++) put('a', 'x');
    put('a', 'x', 'CANDIDATE');
    put('a', 'y');
    assert.deepEqual(expired, ['0: a to x']);
    assert.equal(mailbox.size, 3);
  });

  it('answers an offer at once when its sender has too many waiting', (test) => {
    const { mailbox, expired, put } = mailboxOf(test, { maxWaitingPerSender: 2 });
    for (const dst of ['x', 'y', 'z']) put('a', dst);
    put('b', 'z');
    assert.deepEqual(expired, ['0: a to z']);
    mailbox.take('x');
    put('a', 'z');
    assert.deepEqual(expired, ['0: a to z']);
  });

  it('holds no more bytes than it may, and has room again after an expiry', (test) => {
    const { expired, pass, put } = mailboxOf(test, { maxWaitingBytes: 10 });
    put('a', 'x', 'OFFER', '12345678');
    put('b', 'y', 'OFFER', '123');
    assert.deepEqual(expired, ['0: b to y']);
    pass(1_100);
    put('b', 'y', 'OFFER', '1234567890');
    assert.deepEqual(expired, ['0: b to y', '1050: a to x']);
  });

  it('holds no more bytes for one id than it may, counted as they travel', (test) => {
    const { mailbox, expired, put } = mailboxOf(test, { maxWaitingBytesPerId: 10 });
    put('a', 'x', 'OFFER', 'ü'.repeat(4));
    put('b', 'x', 'OFFER', 'üü');
    put('b', 'y', 'OFFER', 'üü');
    assert.deepEqual(expired, ['0: b to x']);
    mailbox.take('x');
    put('b', 'x', 'OFFER', 'üü');
    assert.deepEqual(mailbox.take('x'), ['üü']);
  });

  it('tells nobody after its end', (test) => {
    const { expired, pass, put, lifetime } = mailboxOf(test);
    put('a', 'x');
    lifetime.abort();
    put('a', 'y');
    pass(5_000);
    assert.deepEqual(expired, []);
  });
});

describe('a message for somebody who is not here', () => {
  it('waits for them, in order, after OPEN', async (test) => {
    const address = await startServer(test);
    const a = await join(test, address, 'a');
    for (const type of ['OFFER', 'CANDIDATE', 'ANSWER']) a.send({ type, dst: 'b', payload: type });
    await a.settled();
    const b = await join(test, address, 'b');
    for (const type of ['OFFER', 'CANDIDATE', 'ANSWER'])
      assert.deepEqual(await b.next(), { type, src: 'a', dst: 'b', payload: type });
  });

  it('waits even when its sender has left', async (test) => {
    const address = await startServer(test);
    const a = await join(test, address, 'a');
    a.send({ type: 'OFFER', dst: 'b' });
    await a.leave();
    const b = await join(test, address, 'b');
    assert.deepEqual(await b.next(), { type: 'OFFER', src: 'a', dst: 'b' });
  });

  it('comes back as EXPIRE in the name of the missing one, not before its time', async (test) => {
    const address = await startServer(test, { expireTimeoutMs: 200 });
    const a = await join(test, address, 'a');
    const sentAt = performance.now();
    a.send({ type: 'OFFER', dst: 'b', payload: { sdp: 'x' } });
    assert.equal(await a.nextText(), '{"type":"EXPIRE","src":"b","dst":"a"}');
    assert.ok(performance.now() - sentAt >= 199);
  });

  it('never comes back to somebody else who took the id of its sender', async (test) => {
    const address = await startServer(test, { expireTimeoutMs: 200 });
    const [a, witness] = [await join(test, address, 'a'), await join(test, address, 'witness')];
    a.send({ type: 'OFFER', dst: 'b' });
    await a.leave();
    const next = await join(test, address, 'a', { token: 'other' });
    witness.send({ type: 'OFFER', dst: 'b' }); // expires after the first
    assert.deepEqual(await witness.next(), { type: 'EXPIRE', src: 'b', dst: 'witness' });
    await next.settled();
    assert.deepEqual(next.unread, []);
  });

  it('with a dst that is no text stops nobody else from hearing EXPIRE', async (test) => {
    const address = await startServer(test, { expireTimeoutMs: 50 });
    const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
    for (const dst of [{ toString: 1 }, ['x'], 5, true, { __proto__: null }]) a.send({ type: 'OFFER', dst });
    await a.settled();
    for (let round = 0; round < 2; round++) {
      b.send({ type: 'OFFER', dst: 'nobody' });
      assert.deepEqual(await b.next(), { type: 'EXPIRE', src: 'nobody', dst: 'b' });
    }
    assert.deepEqual(a.unread, []);
  });

  it('waits while its addressee is closing, and reaches the next holder of the id', async (test) => {
    const address = await startServer(test);
    const [a, b] = [await join(test, address, 'a'), await join(test, address, 'b')];
    b.socket.terminate();
    await b.closed;
    a.send({ type: 'OFFER', dst: 'b' });
    await a.settled();
    const again = dial(test, address, 'b');
    assert.deepEqual(await again.next(), { type: 'OPEN' });
    assert.deepEqual(await again.next(), { type: 'OFFER', src: 'a', dst: 'b' });
  });
});
