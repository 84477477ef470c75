// takes what an attribute says, gives the value of its property; an attribute that is taken away gives the default back.

import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';

/** Between attribute and text; Lit's own converter would make `null` of a removed attribute. */
export const asText = (fallback = ''): ComplexAttributeConverter<string> => ({
  fromAttribute: (value) => value ?? fallback,
  toAttribute: (value) => (value === '' ? null : value),
});

/** A number; undefined where there is none, or nothing that is one. */
export const asNumber: ComplexAttributeConverter<number | undefined> = {
  fromAttribute: (value) => {
    const read = value === null || value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(read) ? read : undefined;
  },
};

/** A property that is a text, with the attribute of its own name. */
export const text = (fallback = ''): PropertyDeclaration<string> => ({ converter: asText(fallback) });
