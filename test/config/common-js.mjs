// takes the name of a package that is (or leans on) CommonJS, gives the browser one ES module of it.
import { build } from 'esbuild';

/** Packages that a browser cannot load file by file. */
const packages = new Set(['peerjs', 'axe-core', 'noise-handshake']);
const prefix = '/__common-js/';

/** A plugin of the test server: bundles each package of the list once, when a test first imports it. */
export const commonJs = () => {
  const bundles = new Map();

  const bundle = async (name) => {
    const result = await build({
      entryPoints: [name],
      absWorkingDir: process.cwd(),
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
    });
    return result.outputFiles[0].text;
  };

  return {
    name: 'common-js',
    resolveImport({ source }) {
      return packages.has(source) ? `${prefix}${source}.js` : undefined;
    },
    async serve(context) {
      if (!context.path.startsWith(prefix)) return undefined;
      const name = context.path.slice(prefix.length).replace(/\.js$/, '');
      if (!packages.has(name)) return undefined;
      if (!bundles.has(name)) bundles.set(name, bundle(name));
      return { body: await bundles.get(name), type: 'js' };
    },
  };
};
