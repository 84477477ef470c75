// takes a Result that only our own mistake can spoil, gives its value.

import { ReformsError } from '../errors.ts';
import type { ErrorCode, Result } from '../errors.ts';

/** The value, or a `ReformsError` with the reason. For what we made ourselves, never for what a peer sent. */
export function must<T>(result: Result<T, ErrorCode>): T {
  if (!result.ok) throw new ReformsError(result.reason);
  return result.value;
}
