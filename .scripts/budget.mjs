// takes dist/, gives the gzipped bytes of every entry point beside the committed ones, and fails when they have grown.
//   node .scripts/budget.mjs           compares
//   node .scripts/budget.mjs --write   commits to what is there
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { packageEntries } from './entries.mjs';
import { root } from './setup.mjs';

const file = join(root, 'test/config/budget.json');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const budget = JSON.parse(readFileSync(file, 'utf8'));

/** A file of dist/ and all that it imports statically, libraries left out. */
const staticGraph = (entry, seen = new Set()) => {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const { module } = parseSync(entry, readFileSync(entry, 'utf8'));
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  for (const specifier of specifiers)
    if (specifier.startsWith('.')) staticGraph(resolve(dirname(entry), specifier), seen);
  return seen;
};

const gzipped = (files) =>
  [...files].reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);

/** Chunks worth a line of their own; how the bundler cuts up the rest is its own affair. */
const isNamedPart = (name) => name.startsWith('reforms-') || name in dependencies;

const measure = () => {
  const sizes = {};
  const kit = join(root, 'dist/kit/reforms.js');
  const first = staticGraph(kit);
  sizes['reforms.js, before Join'] = gzipped(first);
  for (const name of readdirSync(join(root, 'dist/kit/chunks')).sort()) {
    const path = join(root, 'dist/kit/chunks', name);
    if (!name.endsWith('.js') || first.has(path)) continue;
    const part = name.replace(/-[\w-]{8}\.js$/, '');
    const label = `reforms.js, later: ${isNamedPart(part) ? part : 'the river'}`;
    sizes[label] = (sizes[label] ?? 0) + gzipped([path]);
  }
  for (const { name, target } of packageEntries())
    if (!name.startsWith('./define/'))
      sizes[`reforms${name.slice(1)}`] = gzipped(staticGraph(join(root, target)));
  return sizes;
};

if (!existsSync(join(root, 'dist/kit/reforms.js')))
  throw new Error('There is no dist/; run `npm run build` first.');
const sizes = measure();

if (process.argv.includes('--write')) {
  writeFileSync(file, `${JSON.stringify({ ...budget, bytes: sizes }, null, 2)}\n`);
  process.stdout.write(`${relative(root, file)} written.\n`);
}

const committed = process.argv.includes('--write') ? sizes : budget.bytes;
const faults = [];
const rows = [['entry point', 'gzip', 'committed', '']];
for (const [name, size] of Object.entries(sizes)) {
  const was = committed[name];
  const limit = budget.limits[name];
  const allowed =
    was === undefined ? -1 : was + Math.max(budget.tolerance.bytes, (was * budget.tolerance.percent) / 100);
  if (was === undefined) faults.push(`${name} is not in the budget`);
  else if (size > allowed) faults.push(`${name} has grown from ${was} to ${size} bytes`);
  if (limit !== undefined && size > limit) faults.push(`${name} has ${size} bytes; ${limit} is the limit`);
  const change = was === undefined ? 'new' : `${size >= was ? '+' : '−'}${Math.abs(size - was)}`;
  rows.push([
    name,
    String(size),
    was === undefined ? '–' : String(was),
    limit ? `${change} (limit ${limit})` : change,
  ]);
}
for (const name of Object.keys(committed))
  if (!(name in sizes)) faults.push(`${name} is in the budget and not in dist/`);

const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
for (const [name, size, was, note] of rows)
  process.stdout.write(
    `${name.padEnd(widths[0])}  ${size.padStart(widths[1])}  ${was.padStart(widths[2])}  ${note}\n`,
  );
if (faults.length > 0) {
  for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
  process.stdout.write('When the growth is wanted: node .scripts/budget.mjs --write, and commit it.\n');
  process.exitCode = 1;
}
