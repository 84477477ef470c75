// takes a browser, gives two honest people, a hostile server between them, and Mallory's page for it.

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { test as base, type Browser, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Knowledge, PageWire } from './hostile-mallory.ts';
import { honest, openHostileServer, type HostileServer, type Wire } from './hostile-server.ts';
import { Person } from './person.ts';

export interface HostileRoom {
  readonly server: HostileServer;
  readonly ada: Person;
  readonly ben: Person;
  /** A new room on an honest server, in which nobody is yet. */
  begin(options?: { readonly secret?: boolean }): Promise<void>;
  /** Ada joins, and has the room's well-known id; then Ben, who calls her. */
  join(): Promise<void>;
  /** Codes of the errors that this person's page was told of. */
  errors(person: Person): Promise<string[]>;
  /** Whether any peer connection of theirs ever was in this state: `connected` is DTLS finished, `failed` refused. */
  was(person: Person, state: RTCPeerConnectionState): Promise<boolean>;
  /** Mallory's page, to which the server hands all that is sent from now on. */
  mallory(): Promise<MalloryPage>;
}

export interface MalloryPage {
  sitBetween(): Promise<void>;
  shareKeys(swap: boolean): Promise<void>;
  log(): Promise<string[]>;
  read(): Promise<string[]>;
  /** Packets of sound and picture that came over the connection that she offered: the one to whoever was called. */
  packetsFromCalled(): Promise<number>;
  close(): Promise<void>;
}

/** A page's script out of one of the files beside this one and the kit's sources. */
export async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

const blank = '<!doctype html><meta charset="utf-8"><title>Mallory</title>';

async function openRoom(browser: Browser): Promise<HostileRoom & { close(): Promise<void> }> {
  const server = await openHostileServer();
  server.extra.set('/blank', { type: 'text/html', text: blank });
  const [ada, ben] = await Promise.all([
    Person.at(browser, `${server.url}/blank`),
    Person.at(browser, `${server.url}/blank`),
  ]);
  let name = '';

  async function begin({ secret = true } = {}): Promise<void> {
    name = `room-${randomBytes(6).toString('hex')}`;
    const fragment = secret ? `#rf=1.${randomBytes(32).toString('base64url')}` : '';
    // The old room is left before the new one is entered, whatever its sockets still have to say.
    await Promise.all([ada, ben].map(({ page }) => page.goto(`${server.url}/blank`)));
    server.cut();
    server.seen.length = 0;
    server.scheme = honest;
    server.split = false;
    await ada.page.goto(`${server.url}/ada?room=${name}${fragment}`);
    await ben.page.goto(`${server.url}/ben?room=${name}${fragment}`);
    for (const person of [ada, ben]) await person.remember('reforms-error');
  }

  async function join(): Promise<void> {
    await ada.join('Ada');
    await ada.page.getByText('You’re the first one here').waitFor();
    await ben.join('Ben');
  }

  async function mallory(): Promise<MalloryPage> {
    const page = await openMallory(browser, server);
    let handed: Promise<unknown> = Promise.resolve();
    const knowledge = (): Knowledge => ({ room: name, topic: [...topicOf(server)] });
    // The topic shows with the first message to the door: nothing is passed on before Mallory has it.
    const attack = (start: (knowledge: Knowledge) => Promise<void>) => {
      let ready: Promise<void> | undefined;
      const hand = ({ bytes, ...rest }: Wire): Promise<void> =>
        page.evaluate((wire) => window.mallory.take(wire), { ...rest, bytes: [...bytes] });
      server.scheme = (wire) => {
        ready ??= start(knowledge());
        handed = Promise.all([handed, ready]).then(() => hand(wire));
        return [];
      };
    };
    return {
      sitBetween: async () =>
        attack((known) => page.evaluate((value) => window.mallory.sitBetween(value), known)),
      shareKeys: async (swap) =>
        attack((known) =>
          page.evaluate(([value, swapped]) => window.mallory.shareKeys(value, swapped), [
            known,
            swap,
          ] as const),
        ),
      log: () => page.evaluate(() => window.mallory.log),
      read: () => page.evaluate(() => window.mallory.read),
      packetsFromCalled: () =>
        page.evaluate(async () => {
          const far = (window as unknown as { connections: RTCPeerConnection[] }).connections.find(
            ({ localDescription }) => localDescription?.type === 'offer',
          );
          const entries = [...((await far?.getStats())?.values() ?? [])];
          return entries.reduce(
            (sum, { type, packetsReceived = 0 }) => sum + (type === 'inbound-rtp' ? packetsReceived : 0),
            0,
          );
        }),
      close: async () => {
        server.scheme = honest;
        await handed;
        await page.context().close();
      },
    };
  }

  return {
    server,
    ada,
    ben,
    begin,
    join,
    errors: async (person) => (await person.heard('reforms-error')).map(({ code }) => code ?? ''),
    was: ({ page }, state) =>
      page.evaluate((wanted) => (window as unknown as { states: string[] }).states.includes(wanted), state),
    mallory,
    close: async () => {
      await Promise.all([ada.close(), ben.close()]);
      await server.close();
    },
  };
}

async function openMallory(browser: Browser, server: HostileServer): Promise<Page> {
  server.extra.set('/mallory.js', { type: 'text/javascript', text: await bundle('hostile-mallory.ts') });
  const page = await (await browser.newContext()).newPage();
  await page.exposeFunction('send', ({ bytes, ...wire }: PageWire) =>
    server.deliver({ ...wire, bytes: new Uint8Array(bytes) }),
  );
  await page.goto(`${server.url}/blank`);
  await page.addScriptTag({ url: '/watch.js' });
  await page.addScriptTag({ type: 'module', url: '/mallory.js' });
  await page.waitForFunction(() => 'mallory' in window);
  return page;
}

const doorName = /^rf1-([0-9a-f]{32})$/;

/** The room's topic, out of the well-known id that somebody called. */
function topicOf({ seen }: HostileServer): Uint8Array {
  for (const { src, dst } of seen)
    for (const id of [src, dst]) {
      const hex = doorName.exec(id)?.[1];
      if (hex !== undefined) return new Uint8Array(Buffer.from(hex, 'hex'));
    }
  throw new Error('nobody has called the door');
}

/** A copy with one bit changed, in the middle. */
export function spoilt(wire: Wire): Wire {
  const bytes = new Uint8Array(wire.bytes);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return { ...wire, bytes };
}

/** Playwright's test with one hostile room for each worker: two contexts that live through all of its tests. */
export const test = base.extend<object, { hostile: HostileRoom }>({
  hostile: [
    async ({ browser }, use) => {
      const { close, ...room } = await openRoom(browser);
      await use(room);
      await close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
