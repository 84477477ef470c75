// takes a tag and its class, gives the page the element, once.

/** Two copies of the kit on one page are one too many but no error: the first wins. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (globalThis.customElements?.get(tag) === undefined) globalThis.customElements?.define(tag, element);
}
