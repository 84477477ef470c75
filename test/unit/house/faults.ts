// takes the files of the house, gives a readable list of what breaks its rules; an empty list is a clean house.
import { posix } from 'node:path';
import { doors, rooms } from './rooms.ts';
import type { Room } from './rooms.ts';
import type { Import, Source } from './source.ts';

const maxLines = 400;

const isRelative = (specifier: string): boolean => /^\.{1,2}\//.test(specifier);

/** Where a relative import leads, as a path from the root. */
export const target = (from: string, specifier: string): string =>
  posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));

const roomOf = (path: string): Room | undefined => rooms.find(({ test }) => test.test(path));

const faultOfImport = ({ path }: Source, room: Room, found: Import): string | undefined => {
  const { specifier, isType } = found;
  if (!isRelative(specifier))
    return room.packages.some((allowed) => allowed.test(specifier))
      ? undefined
      : `${path} imports ${specifier}, which ${room.name} may not`;
  const to = target(path, specifier);
  if (roomOf(to) === room) return undefined;
  if (room.values.some((allowed) => allowed.test(to))) return undefined;
  const mayHaveTypes = room.types.some((allowed) => allowed.test(to));
  if (mayHaveTypes && isType) return undefined;
  return mayHaveTypes
    ? `${path} imports values from ${to}; ${room.name} may have its types only`
    : `${path} imports ${to}, which ${room.name} may not`;
};

const importFaults = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => {
    const room = roomOf(source.path);
    if (!room) return [`${source.path} lies in no room of the house`];
    return source.imports.flatMap((found) => faultOfImport(source, room, found) ?? []);
  });

const cycleFaults = (sources: readonly Source[]): string[] => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const trail: string[] = [];
  const faults: string[] = [];
  const walk = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      faults.push(`imports go round in a circle: ${[...trail.slice(start), path].join(' → ')}`);
      return;
    }
    const source = byPath.get(path);
    if (!source || done.has(path)) return;
    trail.push(path);
    for (const { specifier } of source.imports) if (isRelative(specifier)) walk(target(path, specifier));
    trail.pop();
    done.add(path);
  };
  for (const { path } of sources) walk(path);
  return faults;
};

const doorFaults = (sources: readonly Source[]): string[] => {
  const inside = sources.filter(({ path }) => path.startsWith('src/'));
  const openers = doors.map((door) => ({
    name: String(door).replace(/[\\/^$]/g, ''),
    files: inside.filter(({ imports }) => imports.some(({ specifier }) => door.test(specifier))),
  }));
  const devices = {
    name: 'navigator.mediaDevices',
    files: inside.filter(({ code }) => /\bmediaDevices\b/.test(code) && /\bnavigator\b/.test(code)),
  };
  return [...openers, devices].flatMap(({ name, files }) =>
    files.length > 1 ? [`${name} has more than one door: ${files.map(({ path }) => path).join(', ')}`] : [],
  );
};

const headlessFaults = (sources: readonly Source[]): string[] => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const faults: string[] = [];
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { specifier } of byPath.get(path)?.imports ?? []) {
      if (isRelative(specifier)) walk(target(path, specifier));
      else if (/^(lit|@lit)(\/|$)/.test(specifier))
        faults.push(`${path} brings ${specifier} into the graph of src/core.ts`);
    }
  };
  walk('src/core.ts');
  return faults;
};

const isStage = ({ path }: Source): boolean =>
  /^src\/(core|protocol|controllers)\//.test(path) && !path.endsWith('/index.ts');

const textFaults = (source: Source): string[] => {
  const { path, code, comments } = source;
  const faults: string[] = [];
  const say = (fault: string): void => {
    faults.push(`${path} ${fault}`);
  };
  if (source.lines > maxLines) say(`has ${source.lines} lines; ${maxLines} is the limit`);
  if (isStage(source) && !/^takes \S.* gives \S/.test(source.opening))
    say('does not open with "// takes …, gives …"');
  if (source.hasAny) say('uses the type any');
  if (source.hasDefaultExport && /^(src|server)\//.test(path)) say('has a default export');
  if (comments.some((comment) => /\b(TODO|FIXME|XXX)\b/.test(comment))) say('leaves a TODO');
  if (comments.some((comment) => /@ts-(ignore|nocheck|expect-error)/.test(comment)))
    say('silences the type checker');
  if (comments.some((comment) => /(eslint|oxlint)-disable/.test(comment))) say('silences the linter');
  if (/\b(innerHTML|outerHTML|insertAdjacentHTML)\b/.test(code)) say('builds HTML from a string');
  if (/\bconsole\s*\./.test(code)) say('writes to the console');
  if (/\bMath\s*\.\s*random\b/.test(code)) say('uses Math.random');
  return faults;
};

/** Everything that breaks a rule of the house, each as one sentence that names the file first. */
export const findFaults = (sources: readonly Source[]): string[] => [
  ...new Set([
    ...importFaults(sources),
    ...cycleFaults(sources),
    ...doorFaults(sources),
    ...headlessFaults(sources),
    ...sources.flatMap(textFaults),
  ]),
];
