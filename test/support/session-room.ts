// takes a hub in memory, gives people who meet in it: whole sessions with the real handshake, and their machines.

import { createFakeDevices, type FakeDevices } from '../../src/core/media/fake-devices.ts';
import type { Fact } from '../../src/core/session/facts.ts';
import type { Session, SessionConfig } from '../../src/core/session/session-port.ts';
import type { Participant } from '../../src/core/session/snapshot.ts';
import { createLoopback, type LoopbackHub } from '../../src/core/transport/loopback.ts';
import type { Link, LinkEvent, ServerEvent, Transport } from '../../src/core/transport/port.ts';
import { createTestSession } from '../../src/testing.ts';
import { until } from './session-until.ts';

/** One person: their session, what happened in it, and their machine. */
export interface Someone {
  readonly session: Session;
  readonly facts: Fact[];
  readonly devices: FakeDevices;
  readonly page: EventTarget;
  /** The peer ids of this machine, a visit each. */
  readonly ids: string[];
  /** The links of this machine, in the order in which they were made. */
  readonly links: Link[];
  /** Names of the others, sorted. */
  readonly sees: () => string;
  readonly person: (name: string) => Participant;
}

/** What a test puts between a machine and the network. */
export type Wrap = (transport: Transport) => Transport;

export interface House {
  readonly hub: LoopbackHub;
  /** Someone who has not joined. */
  create(name: string, config?: Partial<SessionConfig>, wrap?: Wrap): Someone;
  /** Someone who joins, now. */
  enter(name: string, config?: Partial<SessionConfig>, wrap?: Wrap): Someone;
  close(): void;
}

/** The room's own id at the server, which whoever was first holds. */
export const isDoor = (id: string): boolean => id.startsWith('rf1-');

export const secret = new Uint8Array(32).fill(42);

export function openHouse(): House {
  const hub = createLoopback();
  const lifetime = new AbortController();
  const everyone: Session[] = [];

  const create: House['create'] = (name, config = {}, wrap = (transport) => transport) => {
    const ids: string[] = [];
    const links: Link[] = [];
    const inner = wrap(hub.transport());
    const transport: Transport = {
      openServer: (options, sink) => {
        if (!isDoor(options.id) && !ids.includes(options.id)) ids.push(options.id);
        return inner.openServer(options, sink);
      },
      createLink: (options, sink) => {
        const link = inner.createLink(options, sink);
        links.push(link);
        return link;
      },
    };
    const devices = createFakeDevices(lifetime);
    const page = new EventTarget();
    const session = createTestSession(
      { room: 'hello', secret, displayName: name, ...config },
      { transport, devices, page },
    );
    everyone.push(session);
    const facts: Fact[] = [];
    session.observe((fact) => facts.push(fact), lifetime);
    return {
      session,
      facts,
      devices,
      page,
      ids,
      links,
      sees: () =>
        session.snapshot.people
          .map((person) => person.name)
          .toSorted()
          .join(' '),
      person: (wanted) => {
        const found = session.snapshot.people.find((person) => person.name === wanted);
        if (found === undefined) throw new Error(`${name} sees no ${wanted}`);
        return found;
      },
    };
  };

  return {
    hub,
    create,
    enter: (...options) => {
      const someone = create(...options);
      someone.session.dispatch({ kind: 'join' });
      return someone;
    },
    close: () => {
      for (const session of everyone) session.close();
      lifetime.abort();
    },
  };
}

/** Resolves when each of them sees all the others, and nobody else. */
export async function meet(...people: readonly Someone[]): Promise<void> {
  await Promise.all(
    people.map((someone) => {
      const others = people
        .filter((other) => other !== someone)
        .map(({ session }) => session.snapshot.self.name);
      return until(someone.session, () => someone.sees() === others.toSorted().join(' '));
    }),
  );
}

/** A transport whose events and links a test may watch or hold back. */
export function wrapTransport(changes: {
  readonly server?: (event: ServerEvent, pass: (event: ServerEvent) => void) => void;
  readonly link?: (event: LinkEvent, pass: (event: LinkEvent) => void) => void;
}): Wrap {
  return (transport) => ({
    openServer: (options, sink) =>
      transport.openServer(options, (event) =>
        changes.server === undefined ? sink(event) : changes.server(event, sink),
      ),
    createLink: (options, sink) =>
      transport.createLink(options, (event) =>
        changes.link === undefined ? sink(event) : changes.link(event, sink),
      ),
  });
}
