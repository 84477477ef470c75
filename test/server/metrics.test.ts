import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Address } from '../../server/index.ts';
import { dial, join, startServer } from './support.ts';

const scrape = async ({ url }: Address) => {
  const response = await fetch(`${url}/metrics`);
  return { type: response.headers.get('content-type'), text: await response.text() };
};

/** The value of one line. */
async function value(address: Address, name: string): Promise<number> {
  const { text } = await scrape(address);
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? 0);
}

/** Everything that can happen, done by people called canary. */
async function busy(test: TestContext, onEvent?: (line: string) => void): Promise<Address> {
  const address = await startServer(test, {
    expireTimeoutMs: 20,
    limits: { maxBadFrames: 3 },
    ...(onEvent ? { onEvent } : {}),
  });
  const a = await join(test, address, 'canary-a', { token: 'canary-token' });
  const b = await join(test, address, 'canary-b');
  a.send({ type: 'OFFER', dst: 'canary-b', payload: 'canary-payload' });
  await b.next();
  a.send({ type: 'OFFER', dst: 'canary-c', payload: 'canary-payload' });
  await a.next();
  a.send({ type: 'LEAVE', dst: 'canary-d' });
  await dial(test, address, 'canary-a', { token: 'canary-other' }).closed;
  await join(test, address, 'canary-a', { token: 'canary-token' });
  await a.closed;
  for (let n = 0; n < 4; n++) b.socket.send('{canary');
  await b.closed;
  // The server hears of the end a moment after the client.
  while ((await value(address, 'reforms_sockets')) !== 1);
  return address;
}

describe('/metrics', () => {
  it('counts what happened', async (test) => {
    const address = await busy(test);
    for (const [name, expected] of [
      ['reforms_sockets', 1],
      ['reforms_sockets_opened_total', 3],
      ['reforms_sockets_taken_over_total', 1],
      ['reforms_turned_away_total{reason="id-taken"}', 1],
      ['reforms_cut_off_total{why="bad-frames"}', 1],
      ['reforms_messages_total{outcome="sent"}', 1],
      ['reforms_messages_total{outcome="queued"}', 1],
      ['reforms_messages_total{outcome="dropped"}', 1],
      ['reforms_message_types_total{type="OFFER"}', 2],
      ['reforms_message_bytes_bucket{le="256"}', 3],
      ['reforms_message_bytes_bucket{le="+Inf"}', 3],
      ['reforms_message_bytes_count', 3],
      ['reforms_unreadable_total{reason="not-json"}', 4],
      ['reforms_expired_total', 1],
      ['reforms_socket_seconds_count', 2],
      ['reforms_waiting_messages', 0],
    ] as const)
      assert.equal(await value(address, name), expected, name);
    assert.ok((await value(address, 'reforms_http_requests_total{status="200"}')) > 10);
    assert.ok((await value(address, 'process_resident_memory_bytes')) > 10_000_000);
  });

  it('is text that Prometheus reads: each family named and typed once, each line a number', async (test) => {
    const { type, text } = await scrape(await busy(test));
    assert.equal(type, 'text/plain; version=0.0.4; charset=utf-8');
    assert.ok(text.endsWith('\n'));
    const families = new Set<string>();
    for (const line of text.trimEnd().split('\n')) {
      const named = /^# (?:HELP|TYPE) (\w+) /.exec(line)?.[1];
      if (named !== undefined) families.add(named);
      else {
        assert.match(line, /^\w+(\{(\w+)="[\w+.-]+"\})? [\d.e-]+$/);
        const name = /^\w+/.exec(line)?.[0].replace(/_(bucket|sum|count)$/, '') ?? '';
        assert.ok(families.has(name) || families.has(/^\w+/.exec(line)?.[0] ?? ''), line);
      }
    }
    assert.equal(text.match(/^# TYPE /gm)?.length, families.size);
  });

  it('names nobody', async (test) => {
    const { text } = await scrape(await busy(test));
    assert.doesNotMatch(text, /canary|127\.0\.0\.1/);
  });
});

describe('the lines of --verbose', () => {
  it('say what happens to whom, and nobody can tell who that is', async (test) => {
    const lines: string[] = [];
    await busy(test, (line) => lines.push(line));
    const text = lines.join('\n');
    assert.doesNotMatch(text, /canary/);
    const [a, b] = lines.slice(0, 2).map((line) => /^open ([0-9a-f]{8})$/.exec(line)?.[1]);
    assert.ok(a && b && a !== b);
    assert.match(text, new RegExp(`^OFFER ${a} to ${b}: sent, \\d+ characters$`, 'm'));
    assert.match(text, new RegExp(`^expired ${a} to [0-9a-f]{8}$`, 'm'));
    assert.match(text, /^turned away: id-taken$/m);
    assert.match(text, new RegExp(`^open ${a}, in place of its old socket$`, 'm'));
    assert.match(text, new RegExp(`^unreadable from ${b}: not-json$`, 'm'));
    assert.match(text, new RegExp(`^cut off ${b}: bad-frames$`, 'm'));
    assert.match(text, new RegExp(`^close ${b}$`, 'm'));
  });

  it('call the same people by other names after every start', async (test) => {
    const runs: string[][] = [];
    for (let n = 0; n < 2; n++) {
      const lines: string[] = [];
      await join(test, await startServer(test, { onEvent: (line) => lines.push(line) }), 'a');
      runs.push(lines);
    }
    assert.notDeepEqual(runs[0], runs[1]);
  });
});
