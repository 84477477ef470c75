// takes seconds for each property (60 by default) and a seed to repeat, gives a long run of every property: npm run fuzz -- 600 42
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [seconds = '60', seed = String(randomInt(2 ** 31))] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
process.stdout.write(`${seconds} s for each property, seed ${seed}\n`);
const child = spawn(
  process.execPath,
  [
    ...['--import', 'tsx', '--test', '--test-concurrency', '1', '--test-reporter', 'spec'],
    ...files.map((name) => `test/fuzz/${name}`),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FUZZ_SECONDS: seconds, FUZZ_SEED: seed } },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
