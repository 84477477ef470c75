// takes nothing, gives a network in memory: any number of machines, servers and links, and the ways in which they fail.

import { LoopbackLink } from './loopback-link.ts';
import type { LinkWorld } from './loopback-link.ts';
import { LoopbackPost } from './loopback-post.ts';
import { LoopbackServer } from './loopback-server.ts';
import type { RelayedSignal, Tamper } from './loopback-server.ts';
import type { Transport } from './port.ts';

export type { RelayedSignal, Tamper };

/** The whole network of a story or a test. A machine is known by the ids it has opened at servers. */
export interface LoopbackHub {
  /** One machine's way into the network. Give each session its own, so that `cut` can tell them apart. */
  transport(): Transport;
  /** Interrupts the links between two machines, or (without `idB`) between one and all others. Servers stay reachable. */
  cut(idA: string, idB?: string): void;
  /** Undoes the `cut` with the same ids. */
  heal(idA: string, idB?: string): void;
  /** Ends the links between two machines, or between one and all others, for good and without a goodbye. */
  sever(idA: string, idB?: string): void;
  /** A server, or all, end their sessions and refuse new ones. */
  serverDown(server?: string): void;
  serverUp(server?: string): void;
  /** The socket of the session under `id` dies, and neither end notices. */
  freeze(id: string): void;
  /** The server ends the session under `id`. */
  evict(id: string): void;
  /** Whether `id` is taken, at `server` or anywhere. */
  isTaken(id: string, server?: string): boolean;
  /** A hostile server: sees every signal, may change or swallow it. */
  onSignal: Tamper | undefined;
  /** Resolves when everything sent has been delivered, and so have the answers to it. File bytes are not waited for. */
  settled(): Promise<void>;
}

interface Machine {
  readonly ids: Set<string>;
}

export function createLoopback(): LoopbackHub {
  const post = new LoopbackPost();
  const servers = new Map<string, LoopbackServer>();
  const down = new Set<string>();
  const machines = new WeakMap<object, Machine>();
  const cuts = new Set<string>();
  let allDown = false;

  const meets = (one: object, other: object, idA: string, idB: string | undefined): boolean => {
    const [first, second] = [machines.get(one)?.ids, machines.get(other)?.ids];
    if (first === undefined || second === undefined) return false;
    if (idB === undefined) return first.has(idA) !== second.has(idA);
    return (first.has(idA) && second.has(idB)) || (first.has(idB) && second.has(idA));
  };
  const world: LinkWorld = {
    post,
    links: new Map(),
    isCut: (one, other) =>
      [...cuts].some((cut) => {
        const [idA = '', idB] = cut.split('\n');
        return meets(one, other, idA, idB);
      }),
  };
  const cutKey = (idA: string, idB?: string): string =>
    idB === undefined ? idA : [idA, idB].toSorted().join('\n');
  const checkPaths = (): void => {
    for (const link of world.links.values()) link.checkPath();
    for (const link of world.links.values()) link.release();
  };
  const serverAt = (url: string): LoopbackServer => {
    const known = servers.get(url);
    if (known !== undefined) return known;
    const server = new LoopbackServer(post, (signal) =>
      hub.onSignal === undefined ? signal : hub.onSignal(signal),
    );
    if (allDown || down.has(url)) server.stop();
    servers.set(url, server);
    return server;
  };

  const hub: LoopbackHub = {
    onSignal: undefined,
    transport() {
      const key = {};
      const machine: Machine = { ids: new Set() };
      machines.set(key, machine);
      return {
        openServer(options, sink) {
          machine.ids.add(options.id);
          return serverAt(options.server).open(options, sink);
        },
        createLink: (options, sink) => new LoopbackLink(world, key, options, sink),
      };
    },
    cut(idA, idB) {
      cuts.add(cutKey(idA, idB));
      checkPaths();
    },
    heal(idA, idB) {
      cuts.delete(cutKey(idA, idB));
      checkPaths();
    },
    sever(idA, idB) {
      for (const link of [...world.links.values()]) {
        const other = link.other;
        if (other !== undefined && meets(link.machine, other.machine, idA, idB))
          post.deliver(() => link.collapse());
      }
    },
    serverDown(server) {
      if (server === undefined) allDown = true;
      else down.add(server);
      for (const [url, each] of servers) if (server === undefined || url === server) each.stop();
    },
    serverUp(server) {
      allDown = false;
      if (server === undefined) down.clear();
      else down.delete(server);
      for (const [url, each] of servers) if (server === undefined || url === server) each.start();
    },
    freeze(id) {
      for (const server of servers.values()) server.freeze(id);
    },
    evict(id) {
      for (const server of servers.values()) server.evict(id);
    },
    isTaken: (id, server) =>
      [...servers].some(([url, each]) => (server === undefined || url === server) && each.has(id)),
    settled: () => post.settled(),
  };
  return hub;
}
