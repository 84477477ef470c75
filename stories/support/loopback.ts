// takes a number of people, gives as many sessions in one room of a network in memory: real, but for the wire.

import type { Session } from 'reforms/core';
import { createLoopback, createTestSession } from 'reforms/testing';

const names = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger W. Dijkstra'];

export function meet(count: number): readonly Session[] {
  const hub = createLoopback();
  return Array.from({ length: count }, (_, index) => {
    const session = createTestSession(
      { room: 'lesson', secret: new Uint8Array(32).fill(7), displayName: names[index] ?? 'Guest' },
      { transport: hub.transport() },
    );
    session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
    session.dispatch({ kind: 'join' });
    return session;
  });
}
