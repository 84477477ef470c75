// takes tags and how each is loaded, gives the page a tag when it first appears there.

/** Whatever registers a tag. */
export type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Looks at the page as it is and as it changes. Inside other people's shadow roots nothing can be seen; what is there
 * comes alive once somebody on the page has joined: what the call itself needs is fetched first.
 */
export function defineOnSight(page: Document, loaders: Loaders): void {
  const waiting = new Map(Object.entries(loaders));

  const load = (tag: string): void => {
    const loader = waiting.get(tag);
    if (loader === undefined) return;
    waiting.delete(tag);
    // What could not be fetched is tried again when it is next seen.
    loader().catch(() => waiting.set(tag, loader));
  };
  const look = (root: Element | Document): void => {
    for (const tag of [...waiting.keys()])
      if ((root instanceof Element && root.localName === tag) || root.querySelector(tag) !== null) load(tag);
  };

  new MutationObserver((records) => {
    if (waiting.size === 0) return;
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node instanceof Element) look(node);
  }).observe(page, { childList: true, subtree: true });
  // The first picture is due in these milliseconds; what nobody has seen yet can wait for a quiet one.
  const whenQuiet = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
  page.addEventListener('reforms-joined', () => whenQuiet(() => [...waiting.keys()].forEach(load)));
  look(page);
}
