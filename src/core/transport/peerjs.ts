// takes a clock, gives the transport of the real world: PeerJS for the server, WebRTC for the peers.

import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { openPeerjsServer } from './peerjs-door.ts';
import type { Transport } from './port.ts';
import { RtcLink } from './rtc-link.ts';

/** The transport that sessions use unless they are given another. Any PeerJS-compatible server will do. */
export function createPeerjsTransport(clock: Clock = systemClock): Transport {
  return {
    openServer: (options, sink) => openPeerjsServer(options, clock, sink),
    createLink: (options, sink) => new RtcLink(options, clock, sink),
  };
}
