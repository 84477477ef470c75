// takes what an attribute says, gives the value of its property; an attribute that is taken away gives the default back.

import type { PropertyDeclaration } from 'lit';

/** A text; Lit's own converter would make `null` of a removed attribute. */
export const text = <T extends string = ''>(fallback?: T): PropertyDeclaration<string> => ({
  converter: {
    fromAttribute: (value) => value ?? fallback ?? '',
    toAttribute: (value) => (value === '' ? null : value),
  },
});

/** A number; undefined where there is none, or nothing that is one. */
export const number: PropertyDeclaration<number | undefined> = {
  converter: {
    fromAttribute: (value) => {
      const read = value === null || value.trim() === '' ? Number.NaN : Number(value);
      return Number.isFinite(read) ? read : undefined;
    },
  },
};
