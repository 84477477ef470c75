import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerOptions } from '../../server/config.ts';
import { helpText, parseCommand } from '../../server/flags.ts';

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
    ['--proxied=maybe', '--proxied is either there or not'],
  ] as const)
    it(`refuses ${line}`, () =>
      assert.throws(() => parseCommand(line.split(' '), {}), { code: 'bad-option', message }));

  it('offers help and its version', () => {
    for (const line of ['--help', '-h', 'serve --help', '--port 1 --help'])
      assert.equal(parseCommand(line.split(' '), {}).kind, 'help');
    assert.equal(parseCommand(['--version'], {}).kind, 'version');
    for (const flag of ['--port', '--sslcert', '--static', '-t, --expire_timeout'])
      assert.ok(helpText().includes(flag));
  });
});
