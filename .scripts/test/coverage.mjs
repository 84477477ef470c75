// takes the coverage of the tests in Node and of those in the browsers, gives whether enough lines were run.
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { parseSync } from 'vite';
import { filesUnder, root } from '../setup.mjs';

const reports = ['test/results/coverage-node/lcov.info', 'test/results/coverage-browser/lcov.info'];

/** Percent of lines that must have been run, per group of files. */
const thresholds = [
  { name: 'src and server', test: /^(src|server)\//, percent: 90 },
  { name: 'src/protocol', test: /^src\/protocol\//, percent: 100 },
  { name: 'src/core/crypto', test: /^src\/core\/crypto\//, percent: 100 },
  { name: 'src/core/session/reduce', test: /^src\/core\/session\/reduce/, percent: 100 },
];

/** file → line → whether it was run, over all reports. */
const readReports = () => {
  const files = new Map();
  for (const report of reports) {
    const path = join(root, report);
    if (!existsSync(path)) throw new Error(`There is no ${report}; the stage that makes it has failed.`);
    let lines;
    for (const row of readFileSync(path, 'utf8').split('\n')) {
      if (row.startsWith('SF:')) {
        const file = row.slice(3);
        const name = (isAbsolute(file) ? relative(root, file) : file).replaceAll('\\', '/');
        if (!files.has(name)) files.set(name, new Map());
        lines = files.get(name);
      } else if (row.startsWith('DA:')) {
        const [line, hits] = row.slice(3).split(',').map(Number);
        lines.set(line, lines.get(line) === true || hits > 0);
      }
    }
  }
  return files;
};

const isOnlyTypes = (path, text) =>
  parseSync(path, text).program.body.every(
    (node) =>
      /^TS(Interface|TypeAlias)Declaration$/.test(node.type) ||
      node.declare === true ||
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      /^TS(Interface|TypeAlias)Declaration$/.test(node.declaration?.type ?? '') ||
      node.declaration?.declare === true,
  );

/** Lines of a file that no test has loaded: all that hold code. */
const unloaded = (text) => {
  const lines = new Map();
  text.split('\n').forEach((line, index) => {
    if (/^\s*[^\s/*]/.test(line)) lines.set(index + 1, false);
  });
  return lines;
};

const ranges = (numbers) => {
  const parts = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

const missed = (lines) =>
  [...lines].flatMap(([line, wasRun]) => (wasRun ? [] : [line])).sort((a, b) => a - b);

/** Compares the lines run with the thresholds; prints what is missing, file by file. One test for each threshold. */
export const checkCoverage = () => {
  const reported = readReports();
  const files = new Map();
  for (const path of filesUnder(['src', 'server']).filter((name) => /\.tsx?$/.test(name))) {
    const text = readFileSync(join(root, path), 'utf8');
    if (!isOnlyTypes(path, text)) files.set(path, reported.get(path) ?? unloaded(text));
  }

  const result = { passed: 0, failed: 0 };
  const wanting = new Set();
  for (const { name, test, percent } of thresholds) {
    const chosen = [...files].filter(([path]) => test.test(path));
    const all = chosen.reduce((sum, [, lines]) => sum + lines.size, 0);
    const run = chosen.reduce((sum, [, lines]) => sum + lines.size - missed(lines).length, 0);
    const reached = all === 0 ? 0 : (100 * run) / all;
    const isEnough = reached >= percent;
    if (!isEnough) for (const [path] of chosen) wanting.add(path);
    result[isEnough ? 'passed' : 'failed'] += 1;
    process.stdout.write(
      `${isEnough ? '✓' : '✗'} ${name}: ${reached.toFixed(2)} % of ${all} lines, wanted ${percent} %\n`,
    );
  }
  for (const path of wanting) {
    const lines = missed(files.get(path));
    if (lines.length > 0) process.stdout.write(`  ${path}: not run ${ranges(lines)}\n`);
  }
  return result;
};
