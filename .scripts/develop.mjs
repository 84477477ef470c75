// takes flags for the server, gives two processes in one console: the signaling server from its sources, and Vite.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureInstalled, root } from './setup.mjs';

/** Starts the server from server/cli.ts on a free port and waits until it says where it listens. */
const startServer = (flags) =>
  new Promise((resolve, reject) => {
    const args = ['--import', 'tsx', join(root, 'server/cli.ts'), 'serve', '--port', '0', ...flags];
    const server = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface(server.stdout).on('line', (line) => {
      const url = /listening on (https?:\/\/[^\s/]+)/.exec(line)?.[1];
      if (url) resolve({ server, url });
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });

const script = join(root, 'src/define/script.ts');

/** `/reforms.js` as the built server has it, here from the sources, and with the address that it has there. */
const kitFromSource = {
  name: 'kit-from-source',
  enforce: 'pre',
  resolveId: (id) => (id === '/reforms.js' ? script : null),
  transform: (code, id) =>
    id === script
      ? { code: code.replaceAll('import.meta.url', `new URL('/reforms.js', location.href)`), map: null }
      : null,
};

/** Serves the demo with every edit. What belongs to the signaling server is passed on to it, so there is one origin. */
export const dev = async (flags) => {
  await ensureInstalled();
  const { createServer } = await import('vite');
  const { server, url } = await startServer(flags);
  const target = { target: url, ws: true, changeOrigin: false };
  const vite = await createServer({
    root: join(root, 'demo'),
    configFile: join(root, 'vite.config.ts'),
    plugins: [kitFromSource],
    cacheDir: join(root, 'node_modules/.vite'),
    server: {
      host: '127.0.0.1',
      port: 5173,
      fs: { allow: [root] },
      proxy: { '^/(peerjs|v1)([/?]|$)': target, '^/(healthz|metrics)$': target },
    },
  });
  await vite.listen();
  vite.printUrls();
  const stop = async () => {
    server.kill('SIGTERM');
    await vite.close();
    process.exit(0);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  server.once('exit', stop);
};
