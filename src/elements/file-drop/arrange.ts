// takes transfers in the order they began, gives them in the order they are shown.

import type { Transfer } from '../../core/session/snapshot.ts';

/** What waits for an answer stands first, then the latest; hidden ones are left out. */
export function arrange(transfers: readonly Transfer[], hidden: ReadonlySet<string>): readonly Transfer[] {
  const shown = transfers.filter(({ id }) => !hidden.has(id)).toReversed();
  const asks = ({ direction, state }: Transfer): boolean => direction === 'receive' && state === 'offered';
  return [...shown.filter(asks), ...shown.filter((transfer) => !asks(transfer))];
}
