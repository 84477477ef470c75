// takes the name of a program and of Debian's package of it, gives the program, installed where that may be done.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Whether the program is here; on Debian, as root, it is installed first if it is not. */
export function have(program: string, debianPackage: string): boolean {
  if (has(program)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', '-y', ...args], {
      stdio: 'ignore',
      // Nothing of it is to be started as a service.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: 300_000,
    });
  const install = () => apt('install', '--no-install-recommends', debianPackage);
  if (install().status !== 0) {
    apt('update');
    install();
  }
  return has(program);
}
