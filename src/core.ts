// The headless core: sessions without a single element. No Lit in its graph.

import { fetchSodium } from './core/crypto/sodium-library.ts';
import { systemDevices } from './core/media/devices.ts';
import type { Session, SessionConfig } from './core/session/session-port.ts';
import { createSessionWith } from './core/session/session.ts';
import { fetchPeerjs } from './core/transport/peerjs-library.ts';

export { ReformsError, type ErrorCode, type Result } from './core/errors.ts';
export { newId } from './core/id.ts';
export { openScanCamera } from './core/media/devices.ts';
export { encodeRoomFragment, newRoomSecret, parseRoomFragment } from './core/crypto/room-link.ts';
export { SAS_EMOJI, type SasEmoji } from './core/crypto/emoji.ts';
export type { CredentialIssuer } from './core/crypto/credential.ts';
export { cleanName } from './core/session/clean-name.ts';
export { skeletonOf } from './core/session/name-skeleton.ts';
export type { Requirement } from './core/session/trust.ts';
export { utf8Length } from './protocol/frame.ts';
export { maxMessageBytes, maxNameLength } from './protocol/limits.ts';
export type { Fact } from './core/session/facts.ts';
export type { Intent } from './core/session/intents.ts';
export type { IdentityMode, Session, SessionConfig } from './core/session/session-port.ts';
export type * from './core/session/snapshot.ts';
export type { Transport } from './core/transport/port.ts';

/**
 * Makes a session for one room. It does nothing until an intent is dispatched; the cryptography, PeerJS and WebRTC are
 * fetched at the first `join`.
 */
export function createSession(config: SessionConfig): Session {
  return createSessionWith(
    {
      devices: systemDevices(),
      openConnection: async (options) => {
        // The libraries are fetched beside the code that waits for them; if one cannot be had, that code says so.
        fetchSodium().catch(() => {});
        if (config.transport === undefined) fetchPeerjs().catch(() => {});
        const { arrive } = await import('./core/session/arrive.ts');
        return arrive(options);
      },
      forget: async (room) => (await import('./core/session/arrive.ts')).forget(room),
      now: () => Date.now(),
      page: globalThis,
    },
    config,
  );
}
