// takes a SessionConfig, gives a device that remembers neither us nor anyone we met in that room.

import { forgetIdentity } from '../crypto/identity-open.ts';
import { roomKeys } from '../crypto/kdf.ts';
import { pinStore } from '../crypto/pin-store.ts';
import type { Sodium } from '../crypto/sodium.ts';
import type { SessionConfig } from './session-port.ts';

/** Deletes our identity (of this room, or of the origin where it is `persistent`) and all pins. Rejects with `store`. */
export async function forgetRoom(sodium: Sodium, { room, secret, identity }: SessionConfig): Promise<void> {
  const { topic } = roomKeys(sodium, { room, secret });
  if (identity === 'ephemeral') return;
  await Promise.all([
    pinStore(topic, globalThis.indexedDB).forget(),
    forgetIdentity({ mode: identity, topic }),
  ]);
}
