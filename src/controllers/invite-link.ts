// takes a page's address and a room secret, gives the link that brings someone else there.

import { encodeRoomFragment } from '../core.ts';

/** The address of `page` with the room secret in its fragment; other parts of the fragment are kept. */
export function inviteLink(page: Document, secret: Uint8Array | undefined): string {
  const [address = '', fragment = ''] = page.URL.split('#', 2);
  const rest = fragment.split('&').filter((part) => part !== '' && !part.startsWith('rf='));
  const parts = secret === undefined ? rest : [...rest, encodeRoomFragment(secret)];
  return parts.length === 0 ? address : `${address}#${parts.join('&')}`;
}
