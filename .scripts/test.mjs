// takes a clone, gives the verdict of every check there is; its last line is "N passed, N failed".
//   npm test                         everything
//   npm test -- --only unit,server   some groups: static, server, unit, package, e2e
import './node-version.mjs';

const { runTests } = await import('./test/run.mjs');
await runTests(process.argv.slice(2));
