// takes a clone and some flags, gives a running server with kit and demo. `npm start -- --port 9100` passes flags on.
import './node-version.mjs';

const { start } = await import('./serve.mjs');
await start(process.argv.slice(2));
