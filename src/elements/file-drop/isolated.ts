// takes a person's name, gives it ready to stand inside a sentence of any direction.

import { shownName } from '../../controllers/plain-rules.ts';

/** Unicode's first-strong isolate and its end (UAX #9): the name cannot turn what stands around it. */
export function isolated(name: string, fallback: string): string {
  return `\u2068${shownName(name, fallback)}\u2069`;
}
