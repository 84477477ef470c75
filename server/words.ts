// takes the words of a command line and a table of flags, gives the values of each flag, or says what is wrong.

import { ServerError } from './errors.ts';
import { nearest } from './nearest.ts';

/** `number` and `text` come once, `list` any number of times, a `switch` needs no value. */
export type FlagKind = 'number' | 'text' | 'list' | 'switch';

export interface Flag {
  readonly kind: FlagKind;
  readonly short?: string;
  readonly help: string;
}

/** Flags by name; `-` and `_` in a name mean the same. */
export type Flags = ReadonlyMap<string, Flag>;

/** The values of each flag that was given; of a switch `true`, `false` or, where it takes one, a digit. */
export type Values = ReadonlyMap<string, readonly string[]>;

/**
 * Reads `--flag value`, `--flag=value`, `-f value`, `-fvalue`, `--flag`, `--no-flag`. `--help` and `--version` end it.
 * @throws {ServerError} `unknown-option`, `bad-option`
 */
export function readWords(words: readonly string[], flags: Flags): Values {
  const given = new Map<string, string[]>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const { name, attached, isNegated } = read(word, flags);
    if (name === 'help' || name === 'version') return new Map([[name, []]]);
    const flag = flags.get(name);
    if (!flag || (isNegated && flag.kind !== 'switch')) throw unknown(word, flags);
    const next = () => (rest[0] !== undefined && !/^-\D/.test(rest[0]) ? rest.shift() : undefined);
    const isWord = flag.kind === 'switch' && !/^(true|false)$/.test(rest[0] ?? '');
    const value = attached ?? (isNegated ? 'false' : isWord ? 'true' : next());
    const values = given.get(name) ?? [];
    values.push(checked(name, value, flag, `--${name}`));
    if (values.length > 1 && flag.kind !== 'list')
      throw new ServerError('bad-option', `--${name} is given twice`);
    // As PeerServer reads it: `--cors a b` are two origins.
    for (let more = flag.kind === 'list' && next(); more; more = next()) values.push(more);
    given.set(name, values);
  }
  return given;
}

/** A value as its flag takes it. `where` names it in the complaint. @throws {ServerError} `bad-option` */
export function checked(name: string, value: string | undefined, flag: Flag, where: string): string {
  if (value === undefined || value === '') throw new ServerError('bad-option', `${where} needs a value`);
  const isSwitched = /^(true|false)$/.test(value) || (name === 'proxied' && /^\d$/.test(value));
  if (flag.kind === 'switch' && !isSwitched)
    throw new ServerError('bad-option', `${where} is either there or not`);
  if (flag.kind === 'number' && !/^\d{1,15}$/.test(value))
    throw new ServerError('bad-option', `${where} must be a whole number`);
  return value;
}

/** One line of help for each flag. */
export function helpLines(flags: Flags): string[] {
  return [...flags].map(([name, { short, help }]) => {
    const names = `${short ? `-${short}, ` : '    '}--${name}`;
    return `  ${names.padEnd(26)}${help}`;
  });
}

function read(
  word: string,
  flags: Flags,
): { name: string; attached: string | undefined; isNegated: boolean } {
  const long = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(word);
  if (long) {
    const name = (long[2] ?? '').replaceAll('-', '_');
    return { name, attached: long[3], isNegated: long[1] !== undefined };
  }
  const short = /^-([a-zA-Z])=?(.+)?$/s.exec(word);
  if (short?.[1] === 'h') return { name: 'help', attached: undefined, isNegated: false };
  const found = [...flags].find(([, flag]) => flag.short !== undefined && flag.short === short?.[1]);
  if (!found) throw unknown(word, flags);
  return { name: found[0], attached: short?.[2], isNegated: false };
}

function unknown(word: string, flags: Flags): ServerError {
  if (!word.startsWith('-'))
    return new ServerError('unknown-option', `unknown word ${word}; --help lists what there is`);
  const bare = word
    .replace(/^--?(no-)?/, '')
    .replace(/=.*$/s, '')
    .replaceAll('-', '_');
  const meant = nearest(bare, flags.keys());
  const hint = meant ? `, did you mean --${meant}?` : '; --help lists what there is';
  return new ServerError('unknown-option', `unknown flag ${word.replace(/=.*$/s, '')}${hint}`);
}
