// takes what every Vite of the house shares (the builds, the dev server, Storybook), gives it in one place.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The package's public names, so that demo and stories write what a user writes and still run from source. */
export const publicNames = [
  { find: /^reforms$/, replacement: at('./src/index.ts') },
  { find: /^reforms\/server$/, replacement: at('./server/index.ts') },
  { find: /^reforms\/define$/, replacement: at('./src/define/index.ts') },
  { find: /^reforms\/(define|locales)\/(.+)$/, replacement: at('./src/$1/$2.ts') },
  { find: /^reforms\/(core|react|testing)$/, replacement: at('./src/$1.ts') },
];

export default defineConfig({
  resolve: { alias: publicNames },
  build: { target: 'es2022', modulePreload: false, chunkSizeWarningLimit: 1000 },
});
