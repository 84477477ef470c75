import { ExpressPeerServer, PeerServer } from 'peer';
import { peerServerContract } from './contract.ts';

// PeerServer's timers never let a process end; these do.
const begin = globalThis.setTimeout;
Reflect.set(globalThis, 'setTimeout', (...args: Parameters<typeof begin>) => begin(...args).unref());

peerServerContract('peer', { PeerServer, ExpressPeerServer });
