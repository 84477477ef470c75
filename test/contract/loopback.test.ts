// takes the loopback transport, gives it to the contract.

import { createLoopback } from '../../src/core/transport/loopback.ts';
import { transportContract } from './transport.ts';

transportContract('loopback', async () => {
  const hub = createLoopback();
  return Promise.resolve({
    transport: () => hub.transport(),
    server: 'https://loopback.example/',
    stopServer: async () => {
      hub.serverDown();
      return Promise.resolve();
    },
  });
});
