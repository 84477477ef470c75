// takes a Content-Security-Policy, gives the server and a page that embeds the kit, all under that policy.

import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSignalingServer } from '../../server/index.ts';

/** The strictest policy under which the kit promises to work. */
export const strict: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self' ws:",
  'media-src blob:',
  "worker-src 'self'",
  'img-src data: blob:',
  "require-trusted-types-for 'script'",
];

export interface StrictSite {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Strict</title>
<link rel="icon" href="data:,">
<script src="/violations.js"></script><script type="module" src="/reforms.js"></script></head><body>
<reforms-room room="strict"><reforms-call></reforms-call><reforms-chat></reforms-chat>
<reforms-file-drop></reforms-file-drop><reforms-invite></reforms-invite></reforms-room></body></html>`;

/** Notes every violation and every error, in words that say where it came from. */
const violations = `
  window.violations = [];
  window.codes = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(
    [event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber, event.sample].join(' ')));
  document.addEventListener('reforms-error', (event) => codes.push([event.code, event.fatal].join(' ')));`;

/** Serves the built kit, on one origin with the page and the signaling, as `'self'` wants it. */
export async function openStrictSite(policy: readonly string[]): Promise<StrictSite> {
  const demoDir = await mkdtemp(join(tmpdir(), 'reforms-strict-'));
  await writeFile(join(demoDir, 'index.html'), page);
  await writeFile(join(demoDir, 'violations.js'), violations);
  const http = createServer();
  http.on('request', (_, response) => response.setHeader('content-security-policy', policy.join('; ')));
  const server = createSignalingServer({
    server: http,
    demoDir,
    kitDir: fileURLToPath(new URL('../../dist/kit', import.meta.url)),
  });
  http.listen(0, '127.0.0.1');
  const { url } = await server.ready;
  return {
    url,
    close: async () => {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await rm(demoDir, { recursive: true });
    },
  };
}

/** For use in a page. */
export interface StrictWindow {
  readonly violations: readonly string[];
  readonly codes: readonly string[];
}
