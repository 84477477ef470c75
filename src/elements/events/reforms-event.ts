// takes a name, gives the event class that all events of the kit extend.

/** Bubbles through the page and out of shadow roots. Data are readonly fields of the classes below it. */
export class ReformsEvent extends Event {
  constructor(type: string, options: { readonly cancelable?: boolean } = {}) {
    super(type, { bubbles: true, composed: true, cancelable: options.cancelable ?? false });
  }
}
