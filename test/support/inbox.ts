// takes events as they come, gives each to whoever waits for it.

interface Waiter<E> {
  readonly matches: (event: E) => boolean;
  readonly resolve: (event: E) => void;
}

/** Keeps events until a test asks for them: waiting for a fact instead of for time to pass. */
export class Inbox<E extends { readonly kind: string }> {
  readonly all: E[] = [];
  readonly #waiters = new Set<Waiter<E>>();
  #unread: E[] = [];

  readonly take = (event: E): void => {
    this.all.push(event);
    for (const waiter of this.#waiters) {
      if (!waiter.matches(event)) continue;
      this.#waiters.delete(waiter);
      return waiter.resolve(event);
    }
    this.#unread.push(event);
  };

  get kinds(): readonly E['kind'][] {
    return this.all.map((event) => event.kind);
  }

  /** The first event of this kind that nobody has asked for yet. */
  next<K extends E['kind']>(kind: K): Promise<Extract<E, { kind: K }>> {
    const isKind = (event: E): event is Extract<E, { kind: K }> => event.kind === kind;
    const found = this.#unread.find(isKind);
    if (found !== undefined) {
      this.#unread = this.#unread.filter((event) => event !== found);
      return Promise.resolve(found);
    }
    return new Promise((resolve) => {
      this.#waiters.add({ matches: isKind, resolve: (event) => isKind(event) && resolve(event) });
    });
  }
}
