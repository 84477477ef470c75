import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { get } from 'node:https';
import { join as joinPath } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Address } from '../../server/index.ts';
import { dial, folder, join } from './support.ts';

const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** The next line on stdout; undefined after the last. */
  line(): Promise<string | undefined>;
  /** All of stderr, once it is closed. */
  readonly errors: Promise<string>;
  readonly exit: Promise<readonly [number | null, string | null]>;
}

function run(test: TestContext, args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { ...process.env, PORT: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  test.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    line: async () => (await lines.next()).value,
    errors: text(child.stderr),
    exit: once(child, 'exit').then(([code, signal]) => [code, signal]),
  };
}

/** A command that serves, and where. */
async function serving(test: TestContext, args: readonly string[] = []): Promise<Run & { address: Address }> {
  const started = run(test, ['--port', '0', '--host', '127.0.0.1', ...args]);
  const first = (await started.line()) ?? (await started.errors);
  const url = /^Reforms is listening on (https?:\/\/127\.0\.0\.1:(\d+))$/.exec(first);
  assert.ok(url?.[1], first);
  return { ...started, address: { host: '127.0.0.1', port: Number(url[2]), url: url[1] } };
}

/** What an open server says of itself. */
const openNotice = 'Anybody may connect: neither --auth_secret nor --auth_jwks is set';

describe('reforms serve', () => {
  it('prints a room link that is fresh at every start when it has a demo to serve', async (test) => {
    const demo = await folder(test);
    await writeFile(joinPath(demo, 'index.html'), 'demo');
    const secrets = new Set<string>();
    for (let n = 0; n < 2; n++) {
      const { address, line } = await serving(test, ['--static', demo]);
      const link = (await line()) ?? '';
      assert.ok(link.startsWith(`Open a room:  ${address.url}/#rf=1.`), link);
      const secret = link.split('#rf=1.')[1] ?? '';
      assert.match(secret, /^[A-Za-z0-9_-]{43}$/);
      secrets.add(secret);
      assert.equal(await line(), openNotice);
    }
    assert.equal(secrets.size, 2);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`ends on ${signal}, exit code 0, with sockets open`, async (test) => {
      const { address, child, exit, line } = await serving(test);
      const peer = await join(test, address, 'a');
      child.kill(signal);
      assert.equal(await peer.closed, 1001);
      assert.deepEqual(await exit, [0, null]);
      assert.deepEqual([await line(), await line()], [openNotice, 'Reforms has stopped']);
    });

  it('tells nobody who was there, what they said, or what they did wrong', async (test) => {
    const { address, child, line, errors, exit } = await serving(test, [
      '--expire_timeout',
      '50',
      '--allow_discovery',
    ]);
    const a = await join(test, address, 'canary-a', { token: 'canary-token' });
    const b = await join(test, address, 'canary-b');
    a.send({ type: 'OFFER', dst: 'canary-b', payload: 'canary-payload' });
    await b.next();
    a.send({ type: 'OFFER', dst: 'canary-missing', payload: 'canary-payload' });
    assert.deepEqual(await a.next(), { type: 'EXPIRE', src: 'canary-missing', dst: 'canary-a' });
    for (const frame of [
      '{canary',
      'null',
      '{"type":"OFFER","dst":{"toString":"canary"}}',
      Buffer.from([0xff]),
    ])
      a.socket.send(frame);
    await a.settled();
    await dial(test, address, 'canary-a', { token: 'canary-other' }).closed;
    await dial(test, address, 'canary-c', { key: 'canary-key' }).closed;
    b.send({ type: 'LEAVE' });
    await b.closed;
    a.socket.send('x'.repeat(3_000_000));
    await a.closed;
    for (const path of ['/canary', '/canary-key/id', '/canary/peers', '/canary%'])
      await (await fetch(`${address.url}${path}?canary`)).arrayBuffer();
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
    assert.deepEqual(
      [await line(), await line(), await line()],
      [openNotice, 'Reforms has stopped', undefined],
    );
    assert.equal(await errors, '');
  });

  it('tells with --verbose what happens, and still nobody who it was', async (test) => {
    const { address, child, line, exit } = await serving(test, ['--verbose']);
    await (await join(test, address, 'canary')).leave();
    assert.equal(await line(), openNotice);
    const [opened = '', closed = ''] = [await line(), await line()];
    assert.match(opened, /^open [0-9a-f]{8}$/);
    assert.equal(closed, opened.replace('open', 'close'));
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
  });

  it('says that a port is taken, with a code, exit code 1', async (test) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    test.after(() => holder.close());
    const address = holder.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    for (const [args, env] of [
      [['--port', String(port)], {}],
      [[], { PORT: String(port) }],
    ] as const) {
      const { exit, errors } = run(test, ['--host', '127.0.0.1', ...args], env);
      assert.equal(await errors, `reforms: port ${port} is taken (port-taken)\n`);
      assert.deepEqual(await exit, [1, null]);
    }
  });

  for (const [args, message] of [
    [['--prot', '1'], 'unknown flag --prot, did you mean --port? (unknown-option)'],
    [['--port', '70000'], 'port must be a whole number from 0 to 65535 (bad-option)'],
    [['--sslkey', '/x'], '--sslkey and --sslcert go together (bad-option)'],
    [['--sslkey', '/x', '--sslcert', '/y'], 'the files of --sslkey and --sslcert cannot be read (tls-files)'],
  ] as const)
    it(`refuses ${args.join(' ')}, exit code 1`, async (test) => {
      const { exit, errors, line } = run(test, args);
      assert.equal(await errors, `reforms: ${message}\n`);
      assert.deepEqual(await exit, [1, null]);
      assert.equal(await line(), undefined);
    });

  it('prints help and its version and is done', async (test) => {
    const help = run(test, ['--help']);
    assert.equal(await help.line(), 'Usage: reforms [serve] [flags]');
    assert.deepEqual(await help.exit, [0, null]);
    const version = run(test, ['--version']);
    assert.match((await version.line()) ?? '', /^\d+\.\d+\.\d+/);
    assert.deepEqual(await version.exit, [0, null]);
  });

  it('speaks TLS with the key and the certificate it was given', async (test) => {
    const dir = await folder(test);
    const [key, cert] = [joinPath(dir, 'key.pem'), joinPath(dir, 'cert.pem')];
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...asked, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const { address } = await serving(test, ['--sslkey', key, '--sslcert', cert]);
    assert.ok(address.url.startsWith('https://'));
    const [response] = await once(get(`${address.url}/healthz`, { rejectUnauthorized: false }), 'response');
    assert.equal(await text(response), 'ok');
    await join(test, address, 'a', { client: { rejectUnauthorized: false } });
  });
});
