// takes nothing, gives the stages of `npm test` in their order, each with the groups that it belongs to.
import { join } from 'node:path';
import { filesUnder, root } from '../setup.mjs';
import { countCheck, countPlaywright, countTap, countWtr } from './counts.mjs';
import { execNode } from './exec.mjs';

export const groups = ['static', 'server', 'unit', 'package', 'e2e'];

const bin = (path) => join(root, 'node_modules', path);
const result = (name) => join(root, 'test/results', name);
const check = async (...args) => countCheck(await execNode(args));

const testFiles = (folders) => filesUnder(folders).filter((path) => path.endsWith('.test.ts'));

/** node:test over some files, readable on the console and countable in a file. */
const nodeTests = async (name, files, { coverage, minutes }) => {
  if (files.length === 0) throw new Error('There are no test files.');
  const tap = result(`${name}.tap`);
  const c8 = [
    bin('c8/bin/c8.js'),
    ...['--reporter', 'lcovonly', '--reports-dir', result('coverage-node')],
    ...['--temp-directory', result('coverage-node/tmp')],
    ...['--include', 'src/**', '--include', 'server/**'],
    process.execPath,
  ];
  const reporters = [
    ...['--test-reporter', 'spec', '--test-reporter-destination', 'stdout'],
    ...['--test-reporter', 'tap', '--test-reporter-destination', tap],
  ];
  const args = ['--import', 'tsx', '--test', ...reporters, ...files];
  const code = await execNode([...(coverage ? c8 : []), ...args], { minutes });
  return countTap(tap, code);
};

/** Stages that look at dist/ are senseless when it could not be built; then they count as failed and say so. */
const needsBuild = (run) => async (context) => {
  if (context.results.get('build')?.failed) throw new Error('Not run: the build failed.');
  return run(context);
};

const needsChromium = (run) => async (context) => {
  if (!context.browsers.chromium)
    throw new Error('There is no Chromium on this machine and none could be installed.');
  return run(context);
};

export const stages = [
  { name: 'types', groups: ['static'], run: () => check(bin('typescript/bin/tsc')) },
  {
    name: 'lint',
    groups: ['static'],
    run: () => check(bin('oxlint/bin/oxlint'), '-c', 'test/config/oxlint.json'),
  },
  {
    name: 'format',
    groups: ['static'],
    run: () =>
      check(bin('prettier/bin/prettier.cjs'), '--config', 'test/config/prettier.json', '--check', '.'),
  },
  {
    name: 'package-lock.json',
    groups: ['static'],
    run: () => check(join(root, '.scripts/complete-lock.mjs'), '--check'),
  },
  {
    name: 'custom-elements.json',
    groups: ['static'],
    run: () => check(join(root, '.scripts/manifest.mjs'), '--check'),
  },
  {
    name: 'house',
    groups: ['static'],
    run: () => nodeTests('house', testFiles(['test/unit/house']), { coverage: false, minutes: 2 }),
  },
  {
    name: 'server, vectors and parsers',
    groups: ['server'],
    run: () =>
      nodeTests('server', testFiles(['test/server', 'test/vectors', 'test/fuzz']), {
        coverage: true,
        minutes: 5,
      }),
  },
  { name: 'build', groups: ['package', 'e2e'], run: () => check(join(root, '.scripts/build.mjs')) },
  {
    name: 'unit and contract, in the browsers',
    groups: ['unit'],
    run: needsChromium(async ({ browsers }) => {
      const names = Object.keys(browsers).filter((name) => browsers[name]);
      const report = result('wtr.json');
      const args = [
        bin('@web/test-runner/dist/bin.js'),
        '--config',
        'test/config/wtr.config.mjs',
        '--coverage',
      ];
      const code = await execNode(args, {
        minutes: 10,
        env: { BROWSERS: names.join(','), REFORMS_REPORT: report },
      });
      return countWtr(report, code);
    }),
  },
  {
    name: 'coverage',
    groups: ['unit'],
    run: async ({ wanted }) => {
      // Once the packages are there: it parses with Vite's parser.
      if (wanted.includes('server')) return (await import('./coverage.mjs')).checkCoverage();
      process.stdout.write('Needs the server tests, too: npm test -- --only server,unit\n');
      return { passed: 0, failed: 0 };
    },
  },
  { name: 'budget', groups: ['package'], run: needsBuild(() => check(join(root, '.scripts/budget.mjs'))) },
  {
    name: 'package',
    groups: ['package'],
    run: needsBuild(() => nodeTests('package', testFiles(['test/package']), { coverage: false, minutes: 3 })),
  },
  {
    name: 'end to end',
    groups: ['e2e'],
    run: needsBuild(
      needsChromium(async () => {
        const report = result('e2e.json');
        const args = [bin('@playwright/test/cli.js'), 'test', '--config', 'test/config/playwright.config.ts'];
        const code = await execNode(args, { minutes: 15, env: { REFORMS_REPORT: report } });
        return countPlaywright(report, code);
      }),
    ),
  },
];
