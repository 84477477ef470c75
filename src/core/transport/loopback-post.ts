// takes deliveries, gives them in order, each after the call that posted it has returned.

/** Deliveries in one go before the page gets its turn. */
const batch = 64;

/** The post of a loopback hub: what `events arrive later, in order` means without a network. */
export class LoopbackPost {
  readonly #letters: (() => void)[] = [];
  readonly #watchers: (() => void)[] = [];
  #running = false;

  deliver(letter: () => void): void {
    this.#letters.push(letter);
    if (this.#running) return;
    this.#running = true;
    queueMicrotask(() => this.#run());
  }

  /** Resolves when nothing is under way and nothing more was posted in answer to the last delivery. */
  async settled(): Promise<void> {
    // A turn of the event loop, in which promises that lead to a delivery come to it.
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    while (this.#running) {
      await new Promise<void>((resolve) => {
        this.#watchers.push(resolve);
      });
    }
  }

  #run(): void {
    for (let count = 0; count < batch; count += 1) {
      const letter = this.#letters.shift();
      if (letter === undefined) {
        this.#running = false;
        for (const resolve of this.#watchers.splice(0)) resolve();
        return;
      }
      letter();
    }
    setTimeout(() => this.#run(), 0);
  }
}
