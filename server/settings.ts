// takes flags, environment and a file, gives the settings of `reforms serve`: a flag before the environment, both before the file.

import { readFileSync } from 'node:fs';
import { ServerError } from './errors.ts';
import { nearest } from './nearest.ts';
import { checked, type Flags, readWords, type Values } from './words.ts';

/** PeerServer's flags, then ours. */
export const serveFlags: Flags = new Map([
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
  ['sslkey', { kind: 'text', help: 'file of the TLS key, with --sslcert; followed when it changes' }],
  ['sslcert', { kind: 'text', help: 'file of the TLS certificate, with --sslkey' }],
  ['origin', { kind: 'list', help: 'origin whose pages may connect, and no other; may be repeated (all)' }],
  ['limit', { kind: 'list', help: 'name=number, another bound than the default; may be repeated' }],
  [
    'auth_secret',
    { kind: 'list', help: 'admit only tokens signed HS256 with it; several while one replaces another' },
  ],
  [
    'auth_jwks',
    { kind: 'text', help: 'admit only tokens signed by a key of this JWKS, a file or https address' },
  ],
  ['auth_audience', { kind: 'text', help: 'who the tokens must be for (reforms, where they name somebody)' }],
  ['auth_role', { kind: 'list', help: 'role that is admitted; may be repeated (all)' }],
  ['stun_url', { kind: 'list', help: 'STUN server that /v1/ice gives out, stun:host:port; may be repeated' }],
  ['turn_url', { kind: 'list', help: 'TURN server that /v1/ice gives out, turn:host:port; may be repeated' }],
  ['turn_secret', { kind: 'text', help: 'the static-auth-secret of that coturn' }],
  ['turn_ttl', { kind: 'number', help: 'seconds for which TURN credentials are good (3600)' }],
  ['redis', { kind: 'text', help: 'Redis that makes all instances one server, redis://host:6379' }],
  ['verbose', { kind: 'switch', help: 'print what happens, ids hashed under a key that nobody has' }],
  ['kit', { kind: 'text', help: 'folder of the bundle, served at /reforms.js' }],
  ['static', { kind: 'text', help: 'folder of pages, served at /' }],
  ['config', { kind: 'text', help: 'file of settings, a line each: name = value' }],
] as const);

/** Names by which PeerServer reads its environment. */
const alsoCalled: Readonly<Record<string, string>> = { port: 'PORT', path: 'PEERSERVER_PATH' };
const prefix = 'REFORMS_';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {ServerError} `unknown-option`, `bad-option` */
export function readSettings(words: readonly string[], env: Environment): Values {
  const flags = readWords(words, serveFlags);
  if (flags.has('help') || flags.has('version')) return flags;
  const said = readEnvironment(env);
  const file = flags.get('config')?.[0] ?? said.get('config')?.[0];
  const written = file === undefined ? new Map<string, readonly string[]>() : readSettingsFile(file);
  return new Map([...written, ...said, ...flags]);
}

/** `REFORMS_PORT=9000`; a list is separated by commas. Empty means not set. */
function readEnvironment(env: Environment): Values {
  const said = new Map<string, readonly string[]>();
  for (const [name, other] of Object.entries(alsoCalled)) {
    const value = env[other];
    const flag = serveFlags.get(name);
    if (value && flag) said.set(name, [checked(name, value, flag, other)]);
  }
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || !value) continue;
    const name = variable.slice(prefix.length).toLowerCase();
    const flag = serveFlags.get(name);
    if (!flag) throw unknown(`variable ${variable}`, name, (meant) => prefix + meant.toUpperCase());
    const values = flag.kind === 'list' ? value.split(',').map((part) => part.trim()) : [value];
    said.set(
      name,
      values.map((one) => checked(name, one, flag, variable)),
    );
  }
  return said;
}

/** `name = value`, a line each, `#` before a remark; a list has a line for each of its values. */
export function readSettingsFile(file: string): Values {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ServerError('bad-option', `the file of --config cannot be read: ${file}`);
  }
  const written = new Map<string, string[]>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const where = `${file}, line ${index + 1}`;
    const [, key, , quoted, plain] = /^([\w-]+)\s*(=\s*("([^"]*)"|.*))?$/.exec(line) ?? [];
    if (key === undefined) throw new ServerError('bad-option', `${where}: write it as name = value`);
    const name = key.replaceAll('-', '_');
    const flag = serveFlags.get(name);
    if (!flag || name === 'config') throw unknown(`setting in ${where}: ${key}`, name, (meant) => meant);
    const isSwitch = flag.kind === 'switch' && quoted === undefined;
    const value = isSwitch ? 'true' : (plain ?? quoted);
    const values = written.get(name) ?? [];
    if (values.length > 0 && flag.kind !== 'list')
      throw new ServerError('bad-option', `${where}: ${name} is there twice`);
    written.set(name, [...values, checked(name, value, flag, `${where}: ${name}`)]);
  }
  return written;
}

function unknown(what: string, name: string, spell: (meant: string) => string): ServerError {
  const meant = nearest(name, serveFlags.keys());
  const hint = meant ? `, did you mean ${spell(meant)}?` : '; reforms --help lists what there is';
  return new ServerError('unknown-option', `unknown ${what}${hint}`);
}
