// takes a browser and an address, gives a person at that page who can do and see what people do and see.

import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';

interface RoomElement extends HTMLElement {
  getParticipants(): readonly { readonly id: string; readonly name: string }[];
  getConnectionStats(): Promise<ReadonlyMap<string, RTCStatsReport>>;
}

/** One person in a browser context of their own: other storage, other identity. */
export class Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and console errors of the page. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async at(browser: Browser, url: string): Promise<Person> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    // A dialogue of the operating system is beyond a test's reach; without a picker a file ends as a download.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const person = new Person(context, page);
    await page.goto(url);
    return person;
  }

  get call(): Locator {
    return this.page.locator('reforms-call');
  }

  get messages(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  async join(name?: string): Promise<void> {
    if (name !== undefined) await this.page.getByLabel('Your name').fill(name);
    await this.page.getByRole('button', { name: 'Join', exact: true }).first().click();
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: /^Leave/ }).click();
  }

  /** Waits until this many others are here. */
  async sees(others: number): Promise<void> {
    await expect.poll(() => this.#room((room) => room.getParticipants().length)).toBe(others);
  }

  /** Waits until the picture of every other person moves. */
  async seesMovingVideo(others: number): Promise<void> {
    const decoded = () =>
      this.#room(async (room) => {
        const reports = [...(await room.getConnectionStats()).values()];
        return reports.map((report) =>
          [...report.values()].reduce(
            (sum, entry: { type: string; kind?: string; framesDecoded?: number }) =>
              entry.type === 'inbound-rtp' && entry.kind === 'video' ? sum + (entry.framesDecoded ?? 0) : sum,
            0,
          ),
        );
      });
    const before = await decoded();
    await expect
      .poll(async () => {
        const now = await decoded();
        return now.length === others && now.every((frames, index) => frames > (before[index] ?? 0) + 5);
      })
      .toBe(true);
  }

  /** Waits until sound of every other person arrives: audio energy rises. */
  async hears(): Promise<void> {
    const energy = () =>
      this.#room(async (room) =>
        [...(await room.getConnectionStats()).values()].map((report) =>
          [...report.values()].reduce(
            (sum, entry: { type: string; kind?: string; totalAudioEnergy?: number }) =>
              entry.type === 'inbound-rtp' && entry.kind === 'audio'
                ? sum + (entry.totalAudioEnergy ?? 0)
                : sum,
            0,
          ),
        ),
      );
    await expect.poll(async () => (await energy()).every((sum) => sum > 0)).toBe(true);
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Write a message' }).fill(text);
    await this.page.getByRole('textbox', { name: 'Write a message' }).press('Enter');
  }

  /** The seven emoji as they are on the screen, in the dialog that the header's button opens. */
  async emoji(): Promise<string> {
    await this.page.getByRole('button', { name: /Compare the emoji/ }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Compare the emoji' });
    await expect(dialog).toBeVisible();
    return dialog.getByRole('list').first().innerText();
  }

  /** Remembers every `reforms-…` event of the page from now on. */
  async remember(name: string): Promise<void> {
    await this.page.evaluate((type) => {
      const heard = ((window as unknown as { heard?: Record<string, unknown[]> }).heard ??= {});
      heard[type] = [];
      document.addEventListener(type, (event) => {
        const { code, fatal, id, reason, status } = event as Event & Record<string, unknown>;
        heard[type]?.push({ code, fatal, id, reason, status, at: Date.now() });
      });
    }, name);
  }

  heard(name: string): Promise<{ code?: string; fatal?: boolean; reason?: string; at: number }[]> {
    return this.page.evaluate(
      (type) => (window as unknown as { heard: Record<string, never[]> }).heard[type] ?? [],
      name,
    );
  }

  /** Closes the tabs as a person does; a context that is closed at once says no goodbye. */
  async close(): Promise<void> {
    await Promise.all(this.context.pages().map((page) => page.close()));
    await this.context.close();
  }

  #room<T>(look: (room: RoomElement) => T | Promise<T>): Promise<T> {
    // `look` runs in the page; it is handed over as source, so it can only use its argument.
    return this.page.evaluate(
      `(${look.toString()})(document.querySelector('reforms-room') ?? document.querySelector('reforms-call'))`,
    );
  }
}
