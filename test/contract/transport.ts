// takes a transport and its surroundings, gives the tests that every transport passes.

import { signalingContract } from './signaling.ts';
import { linkContract } from './link.ts';
import type { Transport } from '../../src/core/transport/port.ts';

export interface Surroundings {
  /** A machine's way into the network; every call another machine. */
  readonly transport: () => Transport;
  /** Base URL of a server that runs. */
  readonly server: string;
  /** Ends that server. */
  readonly stopServer: () => Promise<void>;
}

/** The contract of `port.ts`. `surroundings` is called once per suite, before its first test. */
export function transportContract(name: string, surroundings: () => Promise<Surroundings>): void {
  signalingContract(`${name}, sessions at a server`, surroundings);
  linkContract(`${name}, links between peers`, surroundings);
}
