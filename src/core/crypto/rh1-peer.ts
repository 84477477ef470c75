// takes what the other side says of itself, gives a peer whose key is not ours and whose credential is its own.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { isCredentialBound } from './credential.ts';
import type { HandshakeContext, Peer } from './handshake-types.ts';

/** The peer, or `policy` for our own key (reflection), `credential` for a credential of someone else. */
export function peerOf(
  { sodium, identity, room }: HandshakeContext,
  { ik, cred }: { readonly ik: Bytes; readonly cred: string | null },
): Result<Peer, 'policy' | 'credential'> {
  if (sodium.equal(ik, identity.publicKey)) return no('policy');
  if (cred !== null && !isCredentialBound(cred, { ik, topic: room.topic })) return no('credential');
  return ok({ ik, credential: cred });
}
