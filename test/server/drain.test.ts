import assert from 'node:assert/strict';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { get } from 'node:http';
import { join as joinPath } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createSignalingServer } from '../../server/index.ts';
import { dial, folder, join, startServer } from './support.ts';

const local = { port: 0, host: '127.0.0.1' };

/** A file so large that a reader who does not read holds its answer up. */
async function largeFile(test: TestContext): Promise<string> {
  const dir = await folder(test);
  const file = await open(joinPath(dir, 'large.bin'), 'w');
  await file.truncate(30_000_000);
  await file.close();
  return dir;
}

describe('a server that stops', () => {
  it('leaves its port to the next one while it still says goodbye', async (test) => {
    const old = createSignalingServer({ ...local, limits: { closeTimeoutMs: 60_000 } });
    const address = await old.ready;
    const deaf = await join(test, address, 'deaf');
    const heard = await join(test, address, 'a');
    deaf.socket.pause();
    const ended = old.close();
    assert.equal(await heard.closed, 1001);
    const next = await startServer(test, { port: address.port });
    await join(test, next, 'a');
    deaf.socket.resume();
    await ended;
  });

  it('lets an answer that is under way go out', async (test) => {
    const server = createSignalingServer({ ...local, demoDir: await largeFile(test) });
    const { url } = await server.ready;
    const [response] = await once(get(`${url}/large.bin`), 'response');
    const ended = server.close();
    let bytes = 0;
    for await (const chunk of response) bytes += chunk.length;
    assert.equal(bytes, 30_000_000);
    await ended;
  });

  it('does not wait for ever for one who does not read', async (test) => {
    const server = createSignalingServer({
      ...local,
      demoDir: await largeFile(test),
      limits: { closeTimeoutMs: 100 },
    });
    const { url } = await server.ready;
    const request = get(`${url}/large.bin`);
    const [response] = await once(request, 'response');
    request.on('error', () => {});
    response.on('error', () => {}).pause();
    await server.close();
  });

  it('takes nobody in any more', async (test) => {
    const server = createSignalingServer({ ...local, limits: { closeTimeoutMs: 100 } });
    const address = await server.ready;
    const deaf = await join(test, address, 'deaf');
    deaf.socket.pause();
    const ended = server.close();
    assert.equal(await dial(test, address, 'late').closed, 1006);
    await ended;
  });
});
