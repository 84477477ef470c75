// takes custom properties by name, gives them to an element through the CSSOM, which a strict `style-src` allows.

import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class Vars extends Directive {
  override update({ element }: ElementPart, [values]: [Readonly<Record<`--${string}`, string>>]) {
    if (element instanceof HTMLElement)
      for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
    return noChange;
  }

  override render(_values: Readonly<Record<`--${string}`, string>>) {
    return noChange;
  }
}

/** `<div ${vars({ '--_columns': '2' })}>` */
export const vars = directive(Vars);
