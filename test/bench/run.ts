// takes the built server and kit, gives figures beside bare PeerJS and a raw channel, all from one run: `npm run bench`.

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumFlags, findChromium } from '../../.scripts/browsers.mjs';
import { startServer } from '../support/server.ts';
import { measureHandshake, type HandshakeFigures } from './handshake.ts';
import { servePages } from './pages.ts';
import { isMet, median, ratios, table, type Goal, type Row } from './stats.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const fileBytes = 64 << 20;
/** Bytes of one of our `rf-file` messages: 8 + 3 · (16384 + 16). The raw channel sends messages of the same size. */
const messageBytes = 49_208;

const server = await startServer();
const pages = await servePages(server.url);
const browser: Browser = await chromium.launch({
  executablePath: (await findChromium()) ?? 'chromium',
  args: [...chromiumFlags, '--disable-features=WebRtcHideLocalIpsWithMdns'],
});

/** Opens two people at a page, each in a context of their own, and closes them afterwards. */
async function withTwo<T>(path: string, measure: (first: Page, second: Page) => Promise<T>): Promise<T> {
  const contexts: BrowserContext[] = [await browser.newContext(), await browser.newContext()];
  try {
    const [first, second] = await Promise.all(
      contexts.map(async (context) => {
        const page = await context.newPage();
        // The receiver must not end in a file dialogue that nobody answers.
        await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
        // The loader of these files keeps functions' names by a helper that the page does not have.
        await page.addInitScript('globalThis.__name = (value) => value');
        await page.goto(pages.url + path);
        return page;
      }),
    );
    if (first === undefined || second === undefined) throw new Error('two pages were asked for');
    return await Promise.race([
      measure(first, second),
      new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Error(`${path} did not end`)), 60_000).unref(),
      ),
    ]);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

const call = <T>(page: Page, name: string, ...args: readonly unknown[]): Promise<T> =>
  page.evaluate(
    ([method, values]) =>
      (window as unknown as Record<string, (...list: unknown[]) => unknown>)[method]?.(...values),
    [name, args] as const,
  ) as Promise<T>;

// ---- from Join to the first remote frame

const bareJoin = (): Promise<number> =>
  withTwo('/bare', async (first, second) => {
    await Promise.all([call(first, 'prepare'), call(second, 'prepare')]);
    const id = `bench-${Date.now().toString(36)}`;
    await call(first, 'wait', id);
    return call<number>(second, 'join', id);
  });

const kitJoin = (): Promise<number> =>
  withTwo('/kit-call', async (first, second) => {
    for (const page of [first, second]) {
      await page.waitForFunction(() => {
        const own = document.querySelector('reforms-call')?.shadowRoot;
        return (
          [...(own?.querySelectorAll('video') ?? [])].some((video) => video.videoWidth > 0) ||
          deepVideo(own) > 0
        );
        function deepVideo(root: ShadowRoot | null | undefined): number {
          let found = 0;
          for (const element of root?.querySelectorAll('*') ?? [])
            if (element.shadowRoot !== null)
              found +=
                [...element.shadowRoot.querySelectorAll('video')].filter((video) => video.videoWidth > 0)
                  .length + deepVideo(element.shadowRoot);
          return found;
        }
      });
    }
    await first.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const room = document.querySelector<HTMLElement & { join(): void }>('reforms-room');
          room?.addEventListener('reforms-joined', () => resolve(), { once: true });
          room?.join();
        }),
    );
    return second.evaluate(async () => {
      const room = document.querySelector<HTMLElement & { join(): Promise<void> }>('reforms-room');
      const videos = (root: ParentNode): HTMLVideoElement[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          ...(element instanceof HTMLVideoElement ? [element] : []),
          ...(element.shadowRoot === null ? [] : videos(element.shadowRoot)),
        ]);
      const before = new Set(videos(document).map(({ srcObject }) => srcObject));
      const start = performance.now();
      void room?.join();
      return new Promise<number>((resolve) => {
        const seen = new Set<HTMLVideoElement>();
        const look = (): void => {
          for (const video of videos(document)) {
            const stream = video.srcObject;
            if (seen.has(video) || !(stream instanceof MediaStream) || before.has(stream)) continue;
            // The other person's stream: it brings both kinds, the own preview has the camera only.
            if (stream.getAudioTracks().length === 0) continue;
            seen.add(video);
            video.requestVideoFrameCallback(() => resolve(performance.now() - start));
          }
          requestAnimationFrame(look);
        };
        look();
      });
    });
  });

// ---- a file's throughput, MiB/s

const rate = (start: number, end: number): number => fileBytes / (1 << 20) / ((end - start) / 1000);

const rawRate = (): Promise<number> =>
  withTwo('/raw', async (first, second) => {
    const answer = await call<string>(second, 'answer', await call<string>(first, 'offer'));
    await call(first, 'accept', answer);
    await Promise.all([call(first, 'ready'), call(second, 'ready')]);
    const end = call<number>(second, 'receive', fileBytes);
    return rate(await call<number>(first, 'sendAll', fileBytes, messageBytes), await end);
  });

const peerjsRate = (): Promise<number> =>
  withTwo('/bare', async (first, second) => {
    const id = `bench-${Date.now().toString(36)}`;
    await call(first, 'wait', id);
    await call(second, 'connect', id);
    const end = call<number>(first, 'receive', fileBytes);
    return rate(await call<number>(second, 'sendAll', fileBytes, 1 << 20), await end);
  });

const kitRate = (): Promise<number> =>
  withTwo('/kit-file', async (first, second) => {
    for (const page of [first, second])
      await page.evaluate(async () => {
        const room = document.querySelector<HTMLElement & { join(): Promise<void> }>('reforms-room');
        await room?.join();
      });
    await first.waitForFunction(
      () =>
        document
          .querySelector<HTMLElement & { getParticipants(): unknown[] }>('reforms-room')
          ?.getParticipants().length === 1,
    );
    const end = second.evaluate(
      () =>
        new Promise<number>((resolve) =>
          document.addEventListener('reforms-file-completed', () => resolve(Date.now()), { once: true }),
        ),
    );
    const start = await first.evaluate((size) => {
      const seed = crypto.getRandomValues(new Uint8Array(65_536));
      const file = new File(
        Array.from({ length: size / seed.length }, () => seed),
        'bench.bin',
      );
      const drop = document.querySelector<HTMLElement & { send(files: File[]): void }>('reforms-file-drop');
      const begun = Date.now();
      drop?.send([file]);
      return begun;
    }, fileBytes);
    return rate(start, await end);
  });

const samples = { bareJoin: [], kitJoin: [], rawRate: [], peerjsRate: [], kitRate: [] } as Record<
  string,
  number[]
>;
const only = process.env['BENCH_ONLY']?.split(',');
const measures = Object.entries({ bareJoin, kitJoin, rawRate, kitRate, peerjsRate }).filter(
  ([name]) => only?.includes(name) ?? true,
);
// One warm-up round that does not count, then all measures in turn, so that a slow minute is slow for each of them.
for (let round = -1; round < rounds; round += 1)
  for (const [name, measure] of measures) {
    const value = await measure();
    if (round >= 0) samples[name]?.push(value);
    process.stdout.write(`round ${round + 1}/${rounds} ${name} ${value.toFixed(1)}\n`);
  }
const handshake: HandshakeFigures =
  (only?.includes('handshake') ?? true)
    ? await measureHandshake(browser, `${pages.url}/raw`)
    : { rows: [], goals: [] };
await browser.close();
pages.close();
await server.close();

const of = (name: string): number[] => samples[name] ?? [];
const rows: Row[] = [
  { name: 'Join to first remote frame, bare PeerJS', unit: 'ms', samples: of('bareJoin') },
  { name: 'Join to first remote frame, reforms-call', unit: 'ms', samples: of('kitJoin') },
  { name: 'raw RTCDataChannel', unit: 'MiB/s', samples: of('rawRate') },
  { name: 'PeerJS binary connection', unit: 'MiB/s', samples: of('peerjsRate') },
  { name: 'reforms-file-drop', unit: 'MiB/s', samples: of('kitRate') },
  ...handshake.rows,
];
const goals: Goal[] = [
  { name: 'join, to bare PeerJS', ratios: ratios(of('kitJoin'), of('bareJoin')), bound: 1.15, sense: 'most' },
  { name: 'file, to raw channel', ratios: ratios(of('kitRate'), of('rawRate')), bound: 0.95, sense: 'least' },
  {
    name: 'file, to PeerJS binary',
    ratios: ratios(of('kitRate'), of('peerjsRate')),
    bound: 1.3,
    sense: 'least',
  },
  ...handshake.goals,
];
process.stdout.write(`\n${table(rows, goals)}\n`);
const folder = new URL('./results/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(
  new URL('latest.json', folder),
  `${JSON.stringify(
    {
      date: new Date().toISOString().slice(0, 10),
      machine: { cores: cpus().length, node: process.versions.node, chromium: browser.version() },
      rows: rows.map((row) => ({ ...row, median: median(row.samples) })),
      goals: goals.map((goal) => ({ ...goal, median: median(goal.ratios), met: isMet(goal) })),
    },
    null,
    2,
  )}\n`,
);
