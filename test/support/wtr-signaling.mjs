// takes requests of a test page, gives it signaling servers of its own: ours, and the stock PeerServer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const prefix = '/__signaling/';
const stockServer = fileURLToPath(new URL('../../node_modules/peer/dist/bin/peerjs.js', import.meta.url));

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};

const startOurs = async () => {
  const { createSignalingServer } = await tsImport('../../server/index.ts', import.meta.url);
  const server = createSignalingServer({ host: '127.0.0.1', port: 0 });
  const { port } = await server.ready;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
};

/** A process of its own: a PeerServer has no end but that of its process. */
const startStock = async () => {
  const port = await freePort();
  const server = spawn(process.execPath, [stockServer, '--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(server, 'exit');
  await Promise.race([
    once(server.stdout, 'data'),
    gone.then(() => Promise.reject(new Error('The stock PeerServer did not start.'))),
  ]);
  server.stdout.resume();
  const stop = async () => {
    server.kill('SIGKILL');
    await gone;
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
};

const starters = { ours: startOurs, stock: startStock };

/**
 * A plugin of the test server. `GET /__signaling/start/ours` (or `stock`) starts a server and answers with its URL,
 * `GET /__signaling/stop?url=…` ends it. What is left over ends with the test run.
 */
export const signaling = () => {
  const running = new Map();
  const end = async (url) => {
    const server = running.get(url);
    running.delete(url);
    await server?.stop();
  };
  return {
    name: 'signaling',
    async serve({ path, query }) {
      if (!path.startsWith(prefix)) return undefined;
      const [verb, kind] = path.slice(prefix.length).split('/');
      const start = starters[kind];
      if (verb === 'start' && start) {
        const server = await start();
        running.set(server.url, server);
        return { body: JSON.stringify({ url: server.url }), type: 'json' };
      }
      if (verb === 'stop') await end(query.url);
      return { body: '{}', type: 'json' };
    },
    async serverStop() {
      await Promise.all([...running.keys()].map(end));
    },
  };
};
