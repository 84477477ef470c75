// takes a browser and a page of a secure origin, gives what a handshake costs: milliseconds of each side, and bytes.

import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { build } from 'esbuild';
import type { HandshakeCost } from './handshake-page.ts';
import type { Goal, Row } from './stats.ts';

/** `issue 3`: "handshake CPU per side (goal ≤ 10 ms median in Chromium here)". */
const goalMs = 10;
const warmUp = 10;
const rounds = 60;

export interface HandshakeFigures {
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

/** Shakes hands with itself in one page, again and again. `url`: any page, for WebCrypto wants a secure origin. */
export async function measureHandshake(browser: Browser, url: string): Promise<HandshakeFigures> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('handshake-page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  const page = await browser.newPage();
  await page.goto(url);
  await page.addScriptTag({ type: 'module', content: outputFiles[0]?.text ?? '' });
  await page.waitForFunction(() => 'measureHandshake' in window);
  const cost = await page.evaluate(
    (count) =>
      (window as unknown as { measureHandshake(rounds: number): Promise<HandshakeCost> }).measureHandshake(
        count,
      ),
    warmUp + rounds,
  );
  await page.close();
  const caller = cost.caller.slice(warmUp);
  const called = cost.called.slice(warmUp);
  const worse = caller.map((ms, round) => Math.max(ms, called[round] ?? Number.NaN));
  return {
    rows: [
      { name: 'handshake, the one who calls', unit: 'ms', samples: caller },
      { name: 'handshake, the one who is called', unit: 'ms', samples: called },
      { name: 'handshake, added on the signaling socket', unit: 'B', samples: [cost.signalingBytes] },
      { name: 'handshake, on the control channel', unit: 'B', samples: [cost.channelBytes] },
    ],
    goals: [
      {
        name: `handshake, the slower side, to ${goalMs} ms`,
        ratios: worse.map((ms) => ms / goalMs),
        bound: 1,
        sense: 'most',
      },
    ],
  };
}
