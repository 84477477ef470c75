import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findFaults } from './faults.ts';
import { readSource } from './source.ts';
import type { Source } from './source.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const sourcesOf = (folder: string): Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));

/** A house of a few files, to see a rule broken. */
const faultsOf = (files: Readonly<Record<string, string>>): string[] =>
  findFaults(Object.entries(files).map(([path, text]) => readSource(path, text)));

describe('the house', () => {
  it('keeps its rules in every file', () => {
    const sources = ['src', 'server', 'demo', 'stories'].flatMap(sourcesOf);
    assert.ok(sources.length > 20, 'the walk found the sources');
    const faults = findFaults(sources);
    if (faults.length > 0) assert.fail(`\n${faults.map((fault) => `  · ${fault}`).join('\n')}\n`);
  });
});

describe('the rules of the house', () => {
  const stage = '// takes a thing, gives another.\n';

  const broken: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
      'a stage that imports a higher one',
      { 'src/protocol/a.ts': `${stage}import '../core/errors.ts';` },
      /protocol may not/,
    ],
    [
      'crypto that knows a transport',
      { 'src/core/crypto/a.ts': `${stage}import '../transport/port.ts';` },
      /core\/crypto may not/,
    ],
    [
      'a dynamic import against the table',
      { 'src/core/transport/a.ts': `${stage}export const x = () => import('../session/store.ts');` },
      /core\/transport may not/,
    ],
    [
      'an element that takes values from core',
      {
        'src/elements/a.ts': `import { ReformsError } from '../core/errors.ts';\nexport const x = ReformsError;`,
      },
      /types only/,
    ],
    [
      'a re-export that takes values from core',
      { 'src/elements/a.ts': `export { ReformsError } from '../core/errors.ts';` },
      /types only/,
    ],
    ['a demo that reaches into the sources', { 'demo/a.ts': `import '../src/core.ts';` }, /demo may not/],
    [
      'a server that reaches into the core',
      { 'server/a.ts': `import '../src/core/errors.ts';` },
      /server may not/,
    ],
    ['a file in no room', { 'src/stray.ts': '' }, /lies in no room/],
    [
      'a circle',
      { 'src/core/x.ts': `${stage}import './y.ts';`, 'src/core/y.ts': `${stage}import './x.ts';` },
      /circle: .*x\.ts → .*y\.ts → .*x\.ts/,
    ],
    [
      'a second door for PeerJS',
      {
        'src/core/transport/x.ts': `${stage}import 'peerjs';`,
        'src/core/transport/y.ts': `${stage}export const p = import('peerjs');`,
      },
      /peerjs has more than one door/,
    ],
    [
      'a second door for the camera',
      {
        'src/core/media/x.ts': `${stage}navigator.mediaDevices;`,
        'src/core/media/y.ts': `${stage}navigator.mediaDevices;`,
      },
      /mediaDevices has more than one door/,
    ],
    [
      'lit in the headless core',
      { 'src/core.ts': `import './core/x.ts';`, 'src/core/x.ts': `${stage}export const l = import('lit');` },
      /into the graph of src\/core\.ts/,
    ],
    ['a stage without its first line', { 'src/core/x.ts': `export const x = 1;` }, /does not open/],
    ['a file that is too long', { 'server/a.ts': '\n'.repeat(402) }, /402 lines/],
    ['any', { 'server/a.ts': 'export const a = (b: any) => b;' }, /type any/],
    ['a default export', { 'server/a.ts': 'export default 1;' }, /default export/],
    ['a note to oneself', { 'server/a.ts': '// TODO later' }, /TODO/],
    ['a silenced type checker', { 'server/a.ts': '// @ts-ignore\nexport const a = 1;' }, /type checker/],
    ['a silenced linter', { 'server/a.ts': '// oxlint-disable-next-line\nexport const a = 1;' }, /linter/],
    ['HTML from a string', { 'demo/a.ts': `document.body.innerHTML = 'x';` }, /HTML from a string/],
    ['a line to the console', { 'demo/a.ts': `console.log('x');` }, /console/],
    ['weak randomness', { 'server/a.ts': 'export const a = Math.random();' }, /Math\.random/],
  ];

  for (const [what, files, sentence] of broken)
    it(`name ${what}`, () => assert.match(faultsOf(files).join('\n'), sentence));

  it('let pass what the table allows', () => {
    const faults = faultsOf({
      'src/protocol/frame.ts': `${stage}export const a = 1;`,
      'src/core/errors.ts': `${stage}import { a } from '../protocol/frame.ts';\nexport const b = a;`,
      'src/core.ts': `export { b } from './core/errors.ts';`,
      'src/controllers/x.ts': `${stage}import { b } from '../core.ts';\nimport { html } from 'lit';\nexport { b, html };`,
      'src/elements/x.ts': `import type { B } from '../core/errors.ts';\nimport '../controllers/x.ts';\nexport type C = B;`,
      'src/define/x.ts': `import '../elements/x.ts';`,
      'demo/main.ts': `import 'reforms/define';\nexport const words = 'console.log TODO any innerHTML';`,
    });
    assert.deepEqual(faults, []);
  });
});
