import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parseCommand } from '../../server/flags.ts';
import { init } from '../../server/init.ts';
import { createSignalingServer } from '../../server/index.ts';
import { startCoturn } from './coturn.ts';
import { have } from './debian.ts';
import { folder } from './support.ts';

const without = have('turnserver', 'coturn')
  ? {}
  : { skip: 'There is no coturn on this machine and none could be installed: its settings were not tested.' };

async function written(test: TestContext, { isClosed = false } = {}) {
  const dir = await folder(test);
  await init({ domain: 'Call.example.org', isClosed, dir }, undefined);
  const read = (name: string) => readFile(joinPath(dir, name), 'utf8');
  const env: Record<string, string> = {};
  for (const line of (await read('reforms.env')).split('\n')) {
    const [, name, value] = /^(REFORMS_\w+)=(.+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) env[name] = value;
  }
  return { dir, read, env };
}

describe('reforms init', () => {
  it('writes settings that the server starts with', async (test) => {
    const { dir, env } = await written(test);
    const command = parseCommand(['serve', '--config', joinPath(dir, 'reforms.conf'), '--port', '0'], env);
    assert.ok(command.kind === 'serve');
    assert.equal(command.options.proxied, true);
    assert.equal(command.options.auth, undefined);
    assert.deepEqual(command.options.ice?.turnUrls, [
      'turn:call.example.org:3478?transport=udp',
      'turn:call.example.org:3478?transport=tcp',
    ]);
    const server = createSignalingServer({ ...command.options, host: '127.0.0.1' });
    test.after(() => server.close());
    const { iceServers } = await (await fetch(`${(await server.ready).url}/v1/ice`)).json();
    assert.equal(iceServers.length, 2);
  });

  it('asks for tokens where it is told to', async (test) => {
    const { dir, env } = await written(test, { isClosed: true });
    const command = parseCommand(['--config', joinPath(dir, 'reforms.conf')], env);
    assert.ok(command.kind === 'serve');
    assert.match(command.options.auth?.secrets?.[0] ?? '', /^[\w-]{64}$/);
  });

  it('names every other setting in a remark that is right without its #', async (test) => {
    const { dir, read } = await written(test);
    const text = await read('reforms.conf');
    for (const name of ['expire_timeout', 'cors', 'origin', 'limit', 'auth_jwks', 'verbose', 'static'])
      assert.match(text, new RegExp(`^# .+\\n#${name} =$`, 'm'));
    const file = joinPath(dir, 'reforms.conf');
    await writeFile(file, text.replace('#expire_timeout =', 'expire_timeout = 7'));
    const command = parseCommand(['--config', file], { REFORMS_TURN_SECRET: 's' });
    assert.equal(command.kind === 'serve' && command.options.expireTimeoutMs, 7);
  });

  it('keeps secrets from others, the same one for the server and for coturn, new ones each time', async (test) => {
    const { dir, read, env } = await written(test);
    for (const name of ['reforms.env', 'turnserver.conf'])
      assert.equal((await stat(joinPath(dir, name))).mode & 0o777, 0o600);
    const secret = env['REFORMS_TURN_SECRET'] ?? '';
    assert.match(secret, /^[\w-]{43}$/);
    assert.ok((await read('turnserver.conf')).includes(`\nstatic-auth-secret=${secret}\n`));
    for (const name of ['reforms.conf', 'compose.yaml', 'Caddyfile', 'reforms.service'])
      assert.ok(!(await read(name)).includes(secret), name);
    assert.notEqual((await written(test)).env['REFORMS_TURN_SECRET'], secret);
  });

  it('writes what coturn starts with', without, async (test) => {
    const { dir, read } = await written(test);
    const text = (await read('turnserver.conf')).replace('no-stdout-log\nlog-file=/dev/null\n', '');
    const complaints = async (settings: string) => {
      const copy = joinPath(dir, 'copy.conf');
      await writeFile(copy, settings);
      const coturn = await startCoturn(dir, 'north', ['-c', copy]);
      await coturn.close();
      return coturn.said.filter((line) => line.includes('Bad configuration format'));
    };
    assert.deepEqual(await complaints(text), []);
    assert.notDeepEqual(await complaints(`${text}nonsense\n`), []);
  });

  it('writes containers without rights, the ports of TLS, and a unit that reloads', async (test) => {
    const { read, dir } = await written(test);
    const compose = await read('compose.yaml');
    for (const service of ['reforms', 'coturn', 'caddy'])
      assert.match(compose, new RegExp(`^ {2}${service}:$`, 'm'));
    assert.equal(compose.match(/read_only: true\n {4}cap_drop: \[ALL\]/g)?.length, 2);
    assert.match(compose, /dockerfile: server\/deploy\/Dockerfile/);
    assert.match(await read('Caddyfile'), /^call\.example\.org \{\n\treverse_proxy reforms:9000\n\}$/m);
    const unit = await read('reforms.service');
    assert.match(unit, new RegExp(`^ExecStart=.+ serve --host 127.0.0.1 --config ${dir}/reforms.conf$`, 'm'));
    assert.match(unit, /^ExecReload=\/bin\/kill -HUP \$MAINPID$/m);
    const docker = await readFile(new URL('../../server/deploy/Dockerfile', import.meta.url), 'utf8');
    assert.match(docker, /^USER node$/m);
    assert.match(docker, /^HEALTHCHECK /m);
  });

  it('never writes over what is there', async (test) => {
    const { dir, read } = await written(test);
    const before = await read('reforms.env');
    await assert.rejects(init({ domain: 'a.example', isClosed: false, dir }, undefined), {
      code: 'bad-option',
      message: /reforms\.conf is there already/,
    });
    assert.equal(await read('reforms.env'), before);
  });

  it('asks for what it was not told', async (test) => {
    const dir = await folder(test);
    const asked: string[] = [];
    const answers = ['call.example.org', 'yes'];
    await init({ domain: undefined, isClosed: undefined, dir }, async (question) => {
      asked.push(question);
      return answers.shift() ?? '';
    });
    assert.equal(asked.length, 2);
    assert.match(await readFile(joinPath(dir, 'reforms.env'), 'utf8'), /^REFORMS_AUTH_SECRET=/m);
  });

  for (const domain of [
    undefined,
    '',
    'localhost',
    'https://call.example.org',
    'a..b',
    'a b.example',
    '{$}.example',
  ])
    it(`does not take ${domain} for a name`, async (test) =>
      assert.rejects(init({ domain, isClosed: false, dir: await folder(test) }, undefined), {
        code: 'bad-option',
      }));
});
