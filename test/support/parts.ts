// takes an element and the name of a part, gives what a page can style there: the public surface of a shadow root.

/** Every part of that name, in the order of the screen. */
export const parts = (element: Element, name: string): readonly HTMLElement[] =>
  [...(element.shadowRoot?.querySelectorAll(`[part~="${name}"]`) ?? [])].filter(
    (found): found is HTMLElement => found instanceof HTMLElement,
  );

/** The one part of that name. */
export function part(element: Element, name: string): HTMLElement {
  const [found, ...more] = parts(element, name);
  if (found === undefined || more.length > 0)
    throw new Error(`${more.length + (found ? 1 : 0)} parts named ${name}`);
  return found;
}

/** The button whose accessible name is or begins with `label`. */
export function buttonNamed(element: Element, label: string): HTMLButtonElement {
  const found = buttonsNamed(element, label)[0];
  if (found === undefined) throw new Error(`no button named ${label}`);
  return found;
}

export const buttonsNamed = (element: Element, label: string): readonly HTMLButtonElement[] =>
  [...(element.shadowRoot?.querySelectorAll('button') ?? [])].filter((found) =>
    (found.getAttribute('aria-label') ?? words(found)).startsWith(label),
  );

/** The text of an element as one line. */
export const words = (element: Element): string =>
  (element.textContent ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
