// takes the sources, gives dist/: the script-tag kit, the demo, the server, and the package with its types.
//   node .scripts/build.mjs            everything
//   node .scripts/build.mjs kit demo   only these parts
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import { packageEntries } from './entries.mjs';
import { fetchTogether } from './fetch-together.mjs';
import { tightenTemplates } from './tighten.mjs';
import { beginBuild, filesUnder, root, run, servedParts } from './setup.mjs';

const at = (path) => join(root, path);
const { dependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const isDependency = (id) =>
  Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`));
const shared = { root, configFile: at('vite.config.ts'), logLevel: 'warn' };

/** Vite would turn `new URL('.', import.meta.url)` into an asset; it stays what it says: the folder of the script. */
const keepScriptFolder = {
  name: 'keep-script-folder',
  enforce: 'pre',
  transform: (code) => {
    const folder = /new URL\(\s*(?=(['"`])\.{1,2}\/?\1\s*,\s*import\.meta\.url)/g;
    const kept = code.replace(folder, 'new URL(/* @vite-ignore */ ');
    return kept === code ? null : { code: kept, map: null };
  },
};

/** The library that a module belongs to: its chunk is called by that name, whatever its main file is called. */
const libraryOf = (id) => /\/node_modules\/(?:@[^/]+\/)?([^/]+)\//.exec(id ?? '')?.[1];

/**
 * `reforms.js` and the chunks beside it: everything inside, addresses relative, the heavy parts by dynamic import. Built
 * as a library, so that no helper of the bundler fires events on the page that embeds it.
 */
const kit = () =>
  build({
    ...shared,
    publicDir: false,
    plugins: [keepScriptFolder, tightenTemplates, fetchTogether],
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['browser', 'module', 'production'] },
    build: {
      outDir: at('dist/kit'),
      emptyOutDir: true,
      sourcemap: true,
      lib: { entry: at('src/define/script.ts'), formats: ['es'] },
      rolldownOptions: {
        output: {
          minify: true,
          entryFileNames: 'reforms.js',
          chunkFileNames: ({ facadeModuleId, name }) =>
            `chunks/${libraryOf(facadeModuleId) ?? name}-[hash].js`,
          assetFileNames: 'chunks/[name]-[hash][extname]',
        },
      },
    },
  });

/** The demo page. Its `/reforms.js` is the kit that the server serves, and stays outside. */
const demo = () =>
  build({
    ...shared,
    root: at('demo'),
    base: './',
    build: {
      outDir: at('dist/demo'),
      emptyOutDir: true,
      rolldownOptions: { input: at('demo/index.html'), external: ['/reforms.js'] },
    },
  });

/** The signaling server: the command and the factory, their libraries left to node_modules. */
const server = () => {
  // The declarations that lie beside the modules are another part's.
  for (const path of filesUnder(['dist/server']).filter((name) => name.endsWith('.js'))) rmSync(at(path));
  return build({
    ...shared,
    publicDir: false,
    build: {
      ssr: true,
      target: 'node20',
      outDir: at('dist/server'),
      emptyOutDir: false,
      rolldownOptions: {
        input: { cli: at('server/cli.ts'), index: at('server/index.ts') },
        external: (id) => id.startsWith('node:') || isDependency(id),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
};

/** The entries of the npm package, file by file as the sources are, libraries left to the one who installs it. */
const modules = () => {
  const sources = packageEntries()
    .map(({ source }) => source)
    .filter((source) => source.startsWith('src/'));
  const missing = sources.filter((source) => !existsSync(at(source)));
  if (missing.length > 0) throw new Error(`package.json exports what is not there: ${missing.join(', ')}`);
  return build({
    ...shared,
    publicDir: false,
    build: {
      outDir: at('dist/src'),
      emptyOutDir: true,
      minify: false,
      lib: { entry: sources.map(at), formats: ['es'] },
      rolldownOptions: {
        external: isDependency,
        output: {
          preserveModules: true,
          preserveModulesRoot: at('src'),
          entryFileNames: '[name].js',
        },
      },
    },
  });
};

/** Declarations beside the modules. TypeScript keeps `.ts` in their imports; a reader of the package has only `.js`. */
const types = async () => {
  const code = await run(process.execPath, [
    at('node_modules/typescript/bin/tsc'),
    '-p',
    'test/config/tsconfig.build.json',
  ]);
  if (code !== 0) throw new Error('the declarations could not be made');
  for (const path of filesUnder(['dist/src', 'dist/server']).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(at(path), 'utf8');
    writeFileSync(
      at(path),
      text.replace(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2'),
    );
  }
};

const parts = { kit, demo, server, modules, types };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.\n`,
  );
  process.exit(1);
}
try {
  const chosen = wanted.length > 0 ? wanted : Object.keys(parts);
  const endBuild = beginBuild();
  for (const name of chosen) await parts[name]();
  if (servedParts.every((name) => chosen.includes(name))) endBuild();
} catch (error) {
  process.stderr.write(`${process.stderr.isTTY ? error.message : stripVTControlCharacters(error.message)}\n`);
  process.exitCode = 1;
}
