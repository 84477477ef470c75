// takes nothing, gives the library itself. The only file that knows `peerjs`; `peerjs-door.ts` makes a server session of it.

/** Fetches the chunk, once: whoever joins may call this before there is anything to do with it. */
export const fetchPeerjs = (): Promise<PeerjsModule> => import('peerjs');

export type PeerjsModule = typeof import('peerjs');
export type { Peer } from 'peerjs';
