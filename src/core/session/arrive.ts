// takes a SessionConfig, gives a Connection: all that is fetched at the first join, as one piece.

import { loadSodium } from '../crypto/sodium.ts';
import { createPeerjsTransport } from '../transport/peerjs.ts';
import { openConnection } from './connection.ts';
import type { OpenConnection } from './connection-port.ts';
import { forgetRoom } from './forget.ts';
import type { SessionConfig } from './session-port.ts';

/** Over PeerJS and WebRTC, unless the session was given another transport. */
export const arrive: OpenConnection = (options) => {
  const transport = options.config.transport ?? createPeerjsTransport();
  return openConnection({ transport, sodium: loadSodium() }, options);
};

/** As `forgetRoom`, with libsodium. */
export const forget = async (config: SessionConfig): Promise<void> => forgetRoom(await loadSodium(), config);
