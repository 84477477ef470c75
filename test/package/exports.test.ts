import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageEntries } from '../../.scripts/entries.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = packageEntries().map(({ name }) => `reforms${name.slice(1)}`);

const run = (command: string, args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
  return stdout;
};

const npm = (args: readonly string[], cwd: string): string => {
  const script = process.env['npm_execpath'];
  return script && /npm-cli\.c?js$/.test(script)
    ? run(process.execPath, [script, ...args], cwd)
    : run('npm', args, cwd);
};

describe('the packed package', () => {
  let project = '';
  const installed = (path: string): string => join(project, 'node_modules/reforms', path);

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'reforms-package-'));
    npm(['pack', '--ignore-scripts', '--pack-destination', project], root);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    mkdirSync(join(project, 'node_modules'));
    run('tar', ['-xzf', `reforms-${version}.tgz`, '-C', 'node_modules'], project);
    run('mv', ['node_modules/package', 'node_modules/reforms'], project);
    const { dependencies } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    for (const name of [
      ...Object.keys(dependencies),
      '@types/node',
      '@types/ws',
      '@lit/reactive-element',
      'lit-element',
      'lit-html',
      'undici-types',
    ]) {
      const from = join(root, 'node_modules', name);
      if (!existsSync(from)) continue;
      const to = join(project, 'node_modules', name);
      mkdirSync(join(to, '..'), { recursive: true });
      symlinkSync(from, to);
    }
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  it('has all the public names', () => {
    for (const name of [
      'reforms',
      'reforms/define',
      'reforms/core',
      'reforms/server',
      'reforms/testing',
      'reforms/locales/en',
    ])
      assert.ok(names.includes(name), `${name} is among ${names.join(', ')}`);
  });

  it('resolves every public name and does nothing on import in Node', () => {
    const script = `
      for (const name of ${JSON.stringify(names)}) await import(name);
      const running = process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP|UDP|Worker/.test(kind));
      process.stdout.write(JSON.stringify(running));`;
    const said: unknown = JSON.parse(
      run(process.execPath, ['--input-type=module', '--eval', script], project),
    );
    assert.deepEqual(said, []);
  });

  it('has types for every public name', () => {
    writeFileSync(
      join(project, 'all.ts'),
      names
        .map((name, index) => `import * as name${index} from '${name}';\nexport { name${index} };`)
        .join('\n'),
    );
    for (const [module, moduleResolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      writeFileSync(
        join(project, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            module,
            moduleResolution,
            target: 'es2022',
            lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
            types: ['node'],
            strict: true,
            noEmit: true,
          },
          files: ['all.ts'],
        }),
      );
      run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], project);
    }
  });

  it('has no source paths in its declarations', () => {
    for (const { target } of packageEntries()) {
      const text = readFileSync(installed(target.replace(/\.js$/, '.d.ts')), 'utf8');
      assert.doesNotMatch(text, /from ['"]\.[^'"]*\.ts['"]/, target);
    }
  });

  it('names a manifest of its elements that it contains', () => {
    const { customElements } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    const manifest: { modules: readonly { path: string }[] } = JSON.parse(
      readFileSync(installed(customElements), 'utf8'),
    );
    assert.ok(manifest.modules.length > 0);
    for (const { path } of manifest.modules) assert.ok(existsSync(installed(path)), path);
  });

  it('brings the command, the kit and the demo', () => {
    for (const path of [
      'dist/server/cli.js',
      'dist/kit/reforms.js',
      'dist/demo/index.html',
      'LICENSE',
      'README.md',
    ])
      assert.ok(existsSync(installed(path)), path);
    run(process.execPath, [installed('dist/server/cli.js'), '--help'], project);
  });
});
