// takes the elements, gives custom-elements.json, the same from the same sources on every machine.
//   node .scripts/manifest.mjs          writes it
//   node .scripts/manifest.mjs --check  says whether the one in the repository is the one that would be written
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format } from 'prettier';
import { root, run } from './setup.mjs';

const target = join(root, 'custom-elements.json');

const isPublic = ({ name, privacy }) => (privacy ?? 'public') === 'public' && !name.startsWith('#');

/** Leaves elements, events and tags, with their public members; helpers of the elements are nobody's business. */
const tidy = (manifest) => {
  for (const module of manifest.modules) {
    module.declarations = module.declarations.filter(({ kind }) => kind === 'class' || kind === 'mixin');
    for (const declaration of module.declarations)
      if (declaration.members) declaration.members = declaration.members.filter(isPublic);
    const names = module.declarations.map(({ name }) => name);
    module.exports = module.exports.filter(
      ({ kind, name }) => kind === 'custom-element-definition' || names.includes(name),
    );
  }
  manifest.modules = manifest.modules
    .filter(({ exports }) => exports.length > 0)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return manifest;
};

/** Paths as one who installs the package has them. */
const asInstalled = (json) => json.replace(/"(\/?)src\/([^"]+)\.ts"/g, '"$1dist/src/$2.js"');

const generate = async () => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/manifest-'));
  try {
    const analyzer = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
    const args = ['analyze', '--config', 'test/config/custom-elements-manifest.config.mjs', '--quiet'];
    const code = await run(process.execPath, [analyzer, ...args, '--outdir', relative(root, folder)]);
    if (code !== 0) throw new Error('the analyzer failed');
    const manifest = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8'));
    return await format(asInstalled(JSON.stringify(tidy(manifest))), { parser: 'json', printWidth: 110 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const text = await generate();
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  process.stderr.write(
    'custom-elements.json is not what the sources say; run `npm run manifest` and commit it.\n',
  );
  process.exitCode = 1;
}
