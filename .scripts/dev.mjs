// takes the sources, gives the demo by Vite, reloading on every edit, with a signaling server beside it.
import './node-version.mjs';

const { dev } = await import('./develop.mjs');
await dev(process.argv.slice(2));
