// takes the words of a command line and the environment, gives what is asked for, or says what is wrong with it.

import type { AdmissionOptions, ServerOptions } from './options.ts';
import type { DoctorOptions } from './doctor.ts';
import { ServerError } from './errors.ts';
import type { IceOptions } from './ice.ts';
import { initFlags, type InitRequest, readInitRequest } from './init.ts';
import { nearest } from './nearest.ts';
import { type Environment, readSettings, serveFlags } from './settings.ts';
import { readTokenRequest, tokenFlags, type TokenRequest } from './token-flags.ts';
import { type Flags, helpLines, readWords, type Values } from './words.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'serve'; readonly options: ServerOptions; readonly isVerbose: boolean }
  | { readonly kind: 'token'; readonly request: TokenRequest }
  | { readonly kind: 'init'; readonly request: InitRequest }
  | { readonly kind: 'doctor'; readonly address: string; readonly options: DoctorOptions };

const commands = {
  serve: 'run a signaling server; this is what happens without a command, too',
  token: 'sign an admission token and print it',
  init: 'write settings, compose.yaml with coturn and Caddy, and a systemd unit',
  doctor: 'look at a running server and say what is wrong and how to mend it',
} as const;

const doctorFlags: Flags = new Map([
  ['token', { kind: 'text', help: 'an admission token, where the server asks for one' }],
  ['origin', { kind: 'text', help: 'origin of the page that will embed the kit' }],
] as const);

/** The text of `--help`. */
export function helpText(command: keyof typeof commands = 'serve'): string {
  const ending = ['      --help', '      --version', ''];
  const others = { token: tokenFlags, init: initFlags, doctor: doctorFlags } as const;
  if (command !== 'serve') {
    const usage = `Usage: reforms ${command} ${command === 'doctor' ? '<url> ' : ''}[flags]`;
    return [usage, '', ...helpLines(others[command]), ...ending].join('\n');
  }
  return [
    'Usage: reforms [serve] [flags]',
    '',
    ...Object.entries(commands).map(([name, what]) => `  ${name.padEnd(8)}${what}`),
    '',
    ...helpLines(serveFlags),
    ...ending,
    'Every flag is also an environment variable (--auth_secret is REFORMS_AUTH_SECRET, lists with commas) and a line in',
    'the file of --config (auth_secret = …). A flag wins over the environment, both over the file.',
    '',
  ].join('\n');
}

/** @throws {ServerError} `unknown-option`, `bad-option` */
export function parseCommand(words: readonly string[], env: Environment): Command {
  const [first = '', ...rest] = words;
  switch (first) {
    case 'token': {
      const request = readTokenRequest(rest, env);
      return request ? { kind: 'token', request } : { kind: 'help', text: helpText('token') };
    }
    case 'init': {
      const request = readInitRequest(rest);
      return request ? { kind: 'init', request } : { kind: 'help', text: helpText('init') };
    }
    case 'doctor':
      return doctor(rest);
    case 'serve':
      return serve(rest, env);
    default:
      if (first !== '' && !first.startsWith('-')) throw unknownCommand(first);
      return serve(words, env);
  }
}

function doctor(words: readonly string[]): Command {
  const at = words.findIndex(
    (word, index) => /^https?:/i.test(word) && !/^--\w+$/.test(words[index - 1] ?? ''),
  );
  const address = words[at];
  const given = readWords(
    words.filter((_, index) => index !== at),
    doctorFlags,
  );
  if (given.has('help') || given.has('version')) return { kind: 'help', text: helpText('doctor') };
  if (address === undefined)
    throw new ServerError('bad-option', 'reforms doctor needs an address, such as https://call.example.org/');
  return {
    kind: 'doctor',
    address,
    options: { token: given.get('token')?.[0], origin: given.get('origin')?.[0] },
  };
}

function serve(words: readonly string[], env: Environment): Command {
  const settings = readSettings(words, env);
  if (settings.has('help')) return { kind: 'help', text: helpText() };
  if (settings.has('version')) return { kind: 'version' };
  const isVerbose = settings.get('verbose')?.[0] === 'true';
  return { kind: 'serve', options: optionsFrom(settings), isVerbose };
}

function optionsFrom(settings: Values): ServerOptions {
  const text = (name: string) => settings.get(name)?.[0];
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  const key = text('sslkey');
  const cert = text('sslcert');
  if ((key === undefined) !== (cert === undefined))
    throw new ServerError('bad-option', '--sslkey and --sslcert go together');
  return {
    port: number('port'),
    host: text('host'),
    key: text('key'),
    path: text('path'),
    expireTimeoutMs: number('expire_timeout'),
    aliveTimeoutMs: number('alive_timeout'),
    concurrentLimit: number('concurrent_limit'),
    allowDiscovery: text('allow_discovery') === 'true',
    proxied: toProxies(text('proxied')),
    corsOrigins: settings.get('cors'),
    tlsFiles: key !== undefined && cert !== undefined ? { key, cert } : undefined,
    origins: settings.get('origin'),
    limits: toLimits(settings.get('limit')),
    auth: toAdmission(settings),
    ice: toIce(settings),
    redis: text('redis'),
    kitDir: text('kit'),
    demoDir: text('static'),
  };
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

function toAdmission(settings: Values): AdmissionOptions | undefined {
  const secrets = settings.get('auth_secret');
  const jwks = settings.get('auth_jwks')?.[0];
  const audience = settings.get('auth_audience')?.[0];
  const roles = settings.get('auth_role');
  if (secrets || jwks !== undefined) return { secrets, jwks, audience, roles };
  for (const [name, value] of Object.entries({ auth_audience: audience, auth_role: roles }))
    if (value !== undefined)
      throw new ServerError('bad-option', `--${name} admits nobody without --auth_secret or --auth_jwks`);
  return undefined;
}

function toIce(settings: Values): IceOptions | undefined {
  const seconds = settings.get('turn_ttl')?.[0];
  const ice: IceOptions = {
    stunUrls: settings.get('stun_url'),
    turnUrls: settings.get('turn_url'),
    turnSecret: settings.get('turn_secret')?.[0],
    turnTtlS: seconds === undefined ? undefined : Number(seconds),
  };
  return Object.values(ice).some((value) => value !== undefined) ? ice : undefined;
}

function unknownCommand(word: string): ServerError {
  const meant = nearest(word, Object.keys(commands));
  const hint = meant ? `, did you mean ${meant}?` : '; --help lists what there is';
  return new ServerError('unknown-option', `unknown word ${word}${hint}`);
}
