// takes the real transport at a stock PeerServer, gives it to the contract.

import { createPeerjsTransport } from '../../src/core/transport/peerjs.ts';
import { startSignaling, stopSignaling } from '../support/signaling.ts';
import { signalingContract } from './signaling.ts';

signalingContract('PeerJS at a stock server', async () => {
  const server = await startSignaling('stock');
  return { transport: () => createPeerjsTransport(), server, stopServer: () => stopSignaling(server) };
});
