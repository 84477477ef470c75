import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { describe, it } from 'node:test';
import type { ServerOptions } from '../../server/options.ts';
import { helpText, parseCommand } from '../../server/flags.ts';
import { folder } from './support.ts';

/** The options that are there, of a line that serves. */
function optionsOf(line: string, env: Record<string, string> = {}): ServerOptions {
  const command = parseCommand(line.split(' ').filter(Boolean), env);
  assert.equal(command.kind, 'serve');
  return command.kind === 'serve'
    ? Object.fromEntries(Object.entries(command.options).filter(([, value]) => value !== undefined))
    : {};
}
const off = { allowDiscovery: false, proxied: false };

describe('the command line', () => {
  it('leaves everything open that is not said', () => {
    assert.deepEqual(optionsOf(''), off);
    assert.deepEqual(optionsOf('serve'), off);
  });

  it('knows every flag of PeerServer', () => {
    const line =
      '--port 1 --host h --key k --path /p --expire_timeout 2 --alive_timeout 3 --concurrent_limit 4 ' +
      '--allow_discovery --proxied --cors https://a --cors https://b';
    assert.deepEqual(optionsOf(line), {
      port: 1,
      host: 'h',
      key: 'k',
      path: '/p',
      expireTimeoutMs: 2,
      aliveTimeoutMs: 3,
      concurrentLimit: 4,
      allowDiscovery: true,
      proxied: true,
      corsOrigins: ['https://a', 'https://b'],
    });
  });

  it('knows the short ones', () => {
    const expected = { ...off, port: 1, host: '::', key: 'k', expireTimeoutMs: 2, concurrentLimit: 3 };
    assert.deepEqual(optionsOf('-p 1 -H :: -k k -t 2 -c 3'), expected);
    assert.deepEqual(optionsOf('-p1 -H=:: -kk -t2 -c3'), expected);
  });

  it('takes = and a dash for an underscore', () =>
    assert.deepEqual(optionsOf('--alive-timeout=5 --allow-discovery'), {
      ...off,
      aliveTimeoutMs: 5,
      allowDiscovery: true,
    }));

  it('lets a switch be turned off', () => {
    for (const line of ['--no-proxied', '--proxied=false', '--proxied false'])
      assert.deepEqual(optionsOf(line), off);
    assert.deepEqual(optionsOf('--proxied true --port 1'), { ...off, proxied: true, port: 1 });
  });

  it('takes several origins after one --cors', () =>
    assert.deepEqual(optionsOf('--cors https://a https://b --port 1'), {
      ...off,
      corsOrigins: ['https://a', 'https://b'],
      port: 1,
    }));

  it('reads PORT and PEERSERVER_PATH, and believes a flag more', () => {
    const env = { PORT: '8000', PEERSERVER_PATH: '/env' };
    assert.deepEqual(optionsOf('', env), { ...off, port: 8000, path: '/env' });
    assert.deepEqual(optionsOf('--port 1 --path /flag', env), { ...off, port: 1, path: '/flag' });
    assert.deepEqual(optionsOf('', { PORT: '' }), off);
  });

  it('knows the folders it serves', () =>
    assert.deepEqual(optionsOf('--kit a --static b'), { ...off, kitDir: 'a', demoDir: 'b' }));

  it('knows how many proxies stand in front, whose pages may connect, and other bounds', () => {
    assert.deepEqual(optionsOf('--proxied=2 --origin https://a --origin https://b'), {
      ...off,
      proxied: 2,
      origins: ['https://a', 'https://b'],
    });
    assert.deepEqual(optionsOf('--limit socketsPerAddress=5 --limit frameBurst=6').limits, {
      socketsPerAddress: 5,
      frameBurst: 6,
    });
    for (const pair of ['socketsPerAddress', 'socketsPerAddress=', 'socketsPerAddress=many', '=5'])
      assert.throws(() => parseCommand(['--limit', pair], {}), { code: 'bad-option' });
  });

  it('wants both files of TLS or none', () => {
    const command = parseCommand(['--sslkey', 'k', '--sslcert', 'c'], {});
    assert.deepEqual(command.kind === 'serve' && command.options.tlsFiles, { key: 'k', cert: 'c' });
    for (const flag of ['--sslkey', '--sslcert'])
      assert.throws(() => parseCommand([flag, 'x'], {}), {
        code: 'bad-option',
        message: '--sslkey and --sslcert go together',
      });
  });

  for (const [line, message] of [
    ['--prot 1', 'unknown flag --prot, did you mean --port?'],
    ['--alive-timeot 1', 'unknown flag --alive-timeot, did you mean --alive_timeout?'],
    ['--allow_discover', 'unknown flag --allow_discover, did you mean --allow_discovery?'],
    ['docter', 'unknown word docter, did you mean doctor?'],
    ['tokn', 'unknown word tokn, did you mean token?'],
    ['token --rom a', 'unknown flag --rom, did you mean --room?'],
    ['--auth_secrt=hidden', 'unknown flag --auth_secrt, did you mean --auth_secret?'],
    ['serve extra', 'unknown word extra; --help lists what there is'],
    ['--nonsense', 'unknown flag --nonsense; --help lists what there is'],
    ['--no-port', 'unknown flag --no-port, did you mean --port?'],
    ['-x', 'unknown flag -x; --help lists what there is'],
    ['-', 'unknown flag -; --help lists what there is'],
    ['sevre', 'unknown word sevre, did you mean serve?'],
    ['start', 'unknown word start; --help lists what there is'],
  ] as const)
    it(`refuses ${line} and names what was meant`, () =>
      assert.throws(() => parseCommand(line.split(' '), {}), { code: 'unknown-option', message }));

  for (const [line, message] of [
    ['--port', '--port needs a value'],
    ['--port --key k', '--port needs a value'],
    ['--port=', '--port needs a value'],
    ['--port abc', '--port must be a whole number'],
    ['--port 1.5', '--port must be a whole number'],
    ['--port -1', '--port must be a whole number'],
    ['--port 1 --port 2', '--port is given twice'],
    ['--auth_audience a', '--auth_audience admits nobody without --auth_secret or --auth_jwks'],
    ['--auth_role a', '--auth_role admits nobody without --auth_secret or --auth_jwks'],
    ['doctor', 'reforms doctor needs an address, such as https://call.example.org/'],
    ['token', 'reforms token needs --auth_secret, REFORMS_AUTH_SECRET or --auth_key'],
    ['token --auth_secret a --auth_key b', '--auth_secret and --auth_key exclude each other'],
    ['token --auth_secret a --expires soon', '--expires must be a time such as 30s, 10m, 8h or 1d'],
    ['token --auth_secret a --expires 0s', '--expires must be a time such as 30s, 10m, 8h or 1d'],
    ['--proxied=maybe', '--proxied is either there or not'],
  ] as const)
    it(`refuses ${line}`, () =>
      assert.throws(() => parseCommand(line.split(' '), {}), { code: 'bad-option', message }));

  it('reads every flag from the environment and a file, too: a flag first, then the environment, then the file', async (test) => {
    const file = joinPath(await folder(test), 'reforms.conf');
    const text = [
      '# a remark',
      '',
      'port = 1',
      'key = "a key"',
      'expire-timeout=3',
      'allow_discovery',
      'cors = https://a',
      'cors = https://b',
    ];
    await writeFile(file, text.join('\r\n'));
    const env = { REFORMS_CONFIG: file, REFORMS_KEY: 'said', REFORMS_ORIGIN: 'https://c, https://d' };
    assert.deepEqual(optionsOf('--port 4', env), {
      ...off,
      port: 4,
      key: 'said',
      expireTimeoutMs: 3,
      allowDiscovery: true,
      corsOrigins: ['https://a', 'https://b'],
      origins: ['https://c', 'https://d'],
    });
    assert.equal(optionsOf(`--config ${file}`).key, 'a key');
  });

  it('refuses variables nobody knows, with the name that was meant', () => {
    for (const [env, message] of [
      [{ REFORMS_PROT: '1' }, 'unknown variable REFORMS_PROT, did you mean REFORMS_PORT?'],
      [{ REFORMS_NONSENSE: '1' }, 'unknown variable REFORMS_NONSENSE; reforms --help lists what there is'],
    ] as const)
      assert.throws(() => parseCommand([], env), { code: 'unknown-option', message });
    for (const [env, message] of [
      [{ REFORMS_PORT: 'x' }, 'REFORMS_PORT must be a whole number'],
      [{ PORT: 'x' }, 'PORT must be a whole number'],
      [{ REFORMS_PROXIED: 'maybe' }, 'REFORMS_PROXIED is either there or not'],
    ] as const)
      assert.throws(() => parseCommand([], env), { code: 'bad-option', message });
    assert.deepEqual(optionsOf('', { REFORMS_KEY: '', OTHER: '1' }), off);
  });

  for (const [line, message] of [
    ['prot = 1', /line 2: prot, did you mean port\?$/],
    ['config = x', /unknown setting in .*line 2: config/],
    ['= 1', /line 2: write it as name = value$/],
    ['port 1', /line 2: write it as name = value$/],
    ['port =', /line 2: port needs a value$/],
    ['port', /line 2: port needs a value$/],
    ['port = x', /line 2: port must be a whole number$/],
    ['key = other', /line 2: key is there twice$/],
    ['proxied = perhaps', /line 2: proxied is either there or not$/],
  ] as const)
    it(`refuses "${line}" in a file and says where it stands`, async (test) => {
      const file = joinPath(await folder(test), 'reforms.conf');
      await writeFile(file, `key = k\n${line}\n`);
      assert.throws(() => parseCommand(['--config', file], {}), { message });
    });

  it('refuses a file that is not there', () =>
    assert.throws(() => parseCommand(['--config', '/nowhere'], {}), {
      code: 'bad-option',
      message: 'the file of --config cannot be read: /nowhere',
    }));

  it('knows whom to admit', () =>
    assert.deepEqual(
      optionsOf('--auth_secret a --auth_secret b --auth_jwks c --auth_audience d --auth_role e --auth-role f')
        .auth,
      { secrets: ['a', 'b'], jwks: 'c', audience: 'd', roles: ['e', 'f'] },
    ));

  it('knows which ICE servers to give out, and whether to tell what happens', () => {
    const line =
      '--stun_url stun:a --turn_url turn:a --turn-url turn:b --turn_secret s --turn_ttl 60 --verbose';
    assert.deepEqual(optionsOf(line).ice, {
      stunUrls: ['stun:a'],
      turnUrls: ['turn:a', 'turn:b'],
      turnSecret: 's',
      turnTtlS: 60,
    });
    const command = parseCommand(['--verbose'], {});
    assert.equal(command.kind === 'serve' && command.isVerbose, true);
  });

  it('knows which token to sign', () => {
    const base = { secret: 's', keyFile: undefined, id: undefined, room: undefined, role: undefined };
    assert.deepEqual(parseCommand(['token'], { REFORMS_AUTH_SECRET: 's, old' }), {
      kind: 'token',
      request: { ...base, audience: undefined, expiresInS: 3_600 },
    });
    const line = 'token --auth-key k --id i --room r --role o --audience a --expires 2d';
    assert.deepEqual(parseCommand(line.split(' '), { REFORMS_AUTH_SECRET: 's' }), {
      kind: 'token',
      request: {
        secret: undefined,
        keyFile: 'k',
        id: 'i',
        room: 'r',
        role: 'o',
        audience: 'a',
        expiresInS: 172_800,
      },
    });
  });

  it('knows what to write and whom to look at', () => {
    assert.deepEqual(parseCommand('init --domain a.example --no-closed --dir d'.split(' '), {}), {
      kind: 'init',
      request: { domain: 'a.example', isClosed: false, dir: 'd' },
    });
    assert.deepEqual(parseCommand(['init'], {}), {
      kind: 'init',
      request: { domain: undefined, isClosed: undefined, dir: 'reforms' },
    });
    for (const line of [
      'doctor https://a.example --origin https://b.example --token t',
      'doctor --origin https://b.example https://a.example --token t',
    ])
      assert.deepEqual(parseCommand(line.split(' '), {}), {
        kind: 'doctor',
        address: 'https://a.example',
        options: { token: 't', origin: 'https://b.example' },
      });
  });

  it('offers help and its version', () => {
    for (const line of [
      '--help',
      '-h',
      'serve --help',
      '--port 1 --help',
      'token --help',
      'init --help',
      'doctor --help',
    ])
      assert.equal(parseCommand(line.split(' '), {}).kind, 'help');
    assert.equal(parseCommand(['--version'], {}).kind, 'version');
    for (const flag of ['--port', '--sslcert', '--static', '-t, --expire_timeout'])
      assert.ok(helpText().includes(flag));
  });
});
