// takes package-lock.json, gives it the optional packages of the other platforms that `npm install` on one machine may
// leave out; without them `npm ci` refuses to work, or leaves a Mac or a Windows machine without its native parts.
import { readFileSync, writeFileSync } from 'node:fs';

const path = 'package-lock.json';
const isCheck = process.argv.includes('--check');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

const added = [];
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = parent === '' ? `node_modules/${name}` : `${parent}/node_modules/${name}`;
    const known = lock.packages[place] ?? lock.packages[`node_modules/${name}`];
    if (known?.version || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/);
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((processor) => words.includes(processor));
    if (os.length === 0) continue;
    const libc = words.some((word) => word.startsWith('musl'))
      ? ['musl']
      : words.some((word) => word.startsWith('gnu'))
        ? ['glibc']
        : undefined;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(libc && os.includes('linux') ? { libc } : {}),
      optional: true,
      os,
    };
    added.push(`${name}@${version}`);
  }
}

if (isCheck && added.length > 0) {
  process.stderr.write(
    `${path} lacks ${added.join(', ')}; run \`node .scripts/complete-lock.mjs\` and commit it.\n`,
  );
  process.exitCode = 1;
}
if (!isCheck) {
  const byName = ([a], [b]) => a.localeCompare(b, 'en');
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byName));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${added.length} packages added to ${path}\n`);
}
