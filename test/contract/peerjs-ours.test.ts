// takes the real transport at our own server, gives it to the contract.

import { createPeerjsTransport } from '../../src/core/transport/peerjs.ts';
import { startSignaling, stopSignaling } from '../support/signaling.ts';
import { transportContract } from './transport.ts';

transportContract('PeerJS and WebRTC at our server', async () => {
  const server = await startSignaling('ours');
  return { transport: () => createPeerjsTransport(), server, stopServer: () => stopSignaling(server) };
});
