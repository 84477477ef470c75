// takes the words of a command line and the environment, gives server options or says what is wrong with them.

import type { ServerOptions } from './config.ts';
import { ServerError } from './errors.ts';
import { nearest } from './nearest.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'serve'; readonly options: ServerOptions };

type FlagKind = 'number' | 'text' | 'list' | 'switch';
interface Flag {
  readonly kind: FlagKind;
  readonly short?: string;
  readonly help: string;
}

/** PeerServer's flags, then ours. `-` and `_` in a name mean the same. */
const flags: ReadonlyMap<string, Flag> = new Map<string, Flag>([
  ['port', { kind: 'number', short: 'p', help: 'port; without it 9000 or the next free one (env PORT)' }],
  ['host', { kind: 'text', short: 'H', help: 'address to bind; without it every interface' }],
  ['key', { kind: 'text', short: 'k', help: 'key that clients must name (peerjs)' }],
  ['path', { kind: 'text', help: 'where the PeerJS routes live, / (env PEERSERVER_PATH)' }],
  ['expire_timeout', { kind: 'number', short: 't', help: 'ms a message waits for an absent peer (5000)' }],
  ['alive_timeout', { kind: 'number', help: 'ms after which a silent peer is gone at the latest (60000)' }],
  ['concurrent_limit', { kind: 'number', short: 'c', help: 'most peers at once (5000)' }],
  ['allow_discovery', { kind: 'switch', help: 'let anybody list the ids of all peers' }],
  ['proxied', { kind: 'switch', help: 'a reverse proxy stands in front and may be believed; =2 for two' }],
  ['cors', { kind: 'list', help: 'origin that may call the HTTP routes; may be repeated (all)' }],
  ['origin', { kind: 'list', help: 'origin whose pages may connect, and no other; may be repeated (all)' }],
  ['limit', { kind: 'list', help: 'name=number, another bound than the default; may be repeated' }],
  ['sslkey', { kind: 'text', help: 'file of the TLS key, with --sslcert' }],
  ['sslcert', { kind: 'text', help: 'file of the TLS certificate, with --sslkey' }],
  ['kit', { kind: 'text', help: 'folder of the bundle, served at /reforms.js' }],
  ['static', { kind: 'text', help: 'folder of pages, served at /' }],
]);
const shorts = new Map([...flags].flatMap(([name, { short }]) => (short ? [[short, name] as const] : [])));

/** The text of `--help`. */
export function helpText(): string {
  const lines = [...flags].map(([name, { short, help }]) => {
    const names = `${short ? `-${short}, ` : '    '}--${name}`;
    return `  ${names.padEnd(26)}${help}`;
  });
  return ['Usage: reforms [serve] [flags]', '', ...lines, '      --help', '      --version', ''].join('\n');
}

/** @throws {ServerError} `unknown-option`, `bad-option` */
export function parseCommand(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const given = collect(words[0] === 'serve' ? words.slice(1) : words);
  if (given.has('help')) return { kind: 'help' };
  if (given.has('version')) return { kind: 'version' };
  const text = (name: string) => given.get(name)?.[0];
  const number = (name: string, fallback?: string) => toNumber(name, text(name) ?? fallback);
  const key = text('sslkey');
  const cert = text('sslcert');
  if ((key === undefined) !== (cert === undefined))
    throw new ServerError('bad-option', '--sslkey and --sslcert go together');
  return {
    kind: 'serve',
    options: {
      tlsFiles: key !== undefined && cert !== undefined ? { key, cert } : undefined,
      port: number('port', env['PORT'] || undefined),
      host: text('host'),
      key: text('key'),
      path: text('path') ?? env['PEERSERVER_PATH'],
      expireTimeoutMs: number('expire_timeout'),
      aliveTimeoutMs: number('alive_timeout'),
      concurrentLimit: number('concurrent_limit'),
      allowDiscovery: text('allow_discovery') === 'true',
      proxied: toProxies(text('proxied')),
      corsOrigins: given.get('cors'),
      origins: given.get('origin'),
      limits: toLimits(given.get('limit')),
      kitDir: text('kit'),
      demoDir: text('static'),
    },
  };
}

/** The values of each flag that was given: `--flag value`, `--flag=value`, `-f value`, `-fvalue`, `--flag`, `--no-flag`. */
function collect(words: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const { name, attached, isNegated } = read(word);
    if (name === 'help' || name === 'version') return new Map([[name, []]]);
    const flag = flags.get(name);
    if (!flag || (isNegated && flag.kind !== 'switch')) throw unknown(word);
    const next = () => (rest[0] !== undefined && !/^-\D/.test(rest[0]) ? rest.shift() : undefined);
    const isWord = flag.kind === 'switch' && !/^(true|false)$/.test(rest[0] ?? '');
    const value = attached ?? (isNegated ? 'false' : isWord ? 'true' : next());
    if (value === undefined || value === '') throw new ServerError('bad-option', `--${name} needs a value`);
    if (
      flag.kind === 'switch' &&
      !/^(true|false)$/.test(value) &&
      !(name === 'proxied' && /^\d$/.test(value))
    )
      throw new ServerError('bad-option', `--${name} is either there or not`);
    const values = given.get(name) ?? [];
    if (values.length > 0 && flag.kind !== 'list')
      throw new ServerError('bad-option', `--${name} is given twice`);
    values.push(value);
    // As PeerServer reads it: `--cors a b` are two origins.
    for (let more = flag.kind === 'list' && next(); more; more = next()) values.push(more);
    given.set(name, values);
  }
  return given;
}

function read(word: string): { name: string; attached: string | undefined; isNegated: boolean } {
  const long = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(word);
  if (long) {
    const name = (long[2] ?? '').replaceAll('-', '_');
    return { name, attached: long[3], isNegated: long[1] !== undefined };
  }
  const short = /^-([a-zA-Z])=?(.+)?$/s.exec(word);
  if (short?.[1] === 'h') return { name: 'help', attached: undefined, isNegated: false };
  const name = shorts.get(short?.[1] ?? '');
  if (name === undefined) throw unknown(word);
  return { name, attached: short?.[2], isNegated: false };
}

function toNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new ServerError('bad-option', `--${name} must be a whole number`);
}

function toProxies(value: string | undefined): number | boolean {
  return value === undefined || value === 'true' || value === 'false' ? value === 'true' : Number(value);
}

/** `--limit socketsPerAddress=50`. Which names there are is for the configuration to say. */
function toLimits(pairs: readonly string[] | undefined): ServerOptions['limits'] {
  return (
    pairs &&
    Object.fromEntries(
      pairs.map((pair) => {
        const [, name = '', value = ''] = /^(\w+)=(\d{1,15})$/.exec(pair) ?? [];
        if (!name) throw new ServerError('bad-option', '--limit must be name=number');
        return [name, Number(value)] as const;
      }),
    )
  );
}

function unknown(word: string): ServerError {
  if (!word.startsWith('-')) {
    const meant = nearest(word, ['serve']) ? ', did you mean serve?' : '; --help lists what there is';
    return new ServerError('unknown-option', `unknown word ${word}${meant}`);
  }
  const bare = word
    .replace(/^--?(no-)?/, '')
    .replace(/=.*$/s, '')
    .replaceAll('-', '_');
  const meant = nearest(bare, flags.keys());
  const hint = meant ? `, did you mean --${meant}?` : '; --help lists what there is';
  return new ServerError('unknown-option', `unknown flag ${word}${hint}`);
}
