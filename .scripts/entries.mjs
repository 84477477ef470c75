// takes the `exports` of package.json, gives the source file behind every public name.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** `./dist/src/core.js` is built from `src/core.ts`: dist mirrors the repository. */
const sourceOf = (target) => target.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts');

/**
 * The public names of the package with their files, wildcards written out: `{ name: './define/reforms-chat.js'?, source,
 * target }`. Names whose target is not built (custom-elements.json, package.json) are left out.
 */
export const packageEntries = () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entries = [];
  for (const [name, conditions] of Object.entries(exports)) {
    if (conditions === null) continue;
    const target = typeof conditions === 'string' ? conditions : conditions.default;
    if (!target.startsWith('./dist/')) continue;
    const source = sourceOf(target);
    if (!source.includes('*')) {
      entries.push({ name, source, target });
      continue;
    }
    const [folder, ending] = source.split('*');
    if (!existsSync(join(root, folder))) continue;
    for (const file of readdirSync(join(root, folder)).sort())
      if (file.endsWith(ending) && file !== 'index.ts') {
        const word = file.slice(0, -ending.length);
        if (exports[name.replace('*', word)] === null) continue;
        entries.push({
          name: name.replace('*', word),
          source: `${folder}${file}`,
          target: target.replace('*', word),
        });
      }
  }
  return entries;
};
