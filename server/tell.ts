// takes what happens, gives a line for each event, in which nobody can be recognised after the next start.

import { createHmac, randomBytes } from 'node:crypto';
import type { Observer } from './observer.ts';
import { placeOf } from './place.ts';

/**
 * Ids are named by a hash under a key that is made here and forgotten with the process: within one run lines about the same id can be
 * put together, between two runs they cannot, and nobody can try ids out against a log.
 */
export function tellEvents(say: (line: string) => void): Observer {
  const key = randomBytes(32);
  const name = (place: string) => createHmac('sha256', key).update(place).digest('hex').slice(0, 8);
  return {
    opened: ({ place }, replaced) =>
      say(`open ${name(place)}${replaced ? ', in place of its old socket' : ''}`),
    closed: ({ place }) => say(`close ${name(place)}`),
    turnedAway: (reason) => say(`turned away: ${reason}`),
    unreadable: ({ place }, reason) => say(`unreadable from ${name(place)}: ${reason}`),
    relayed: ({ place, grant }, type, dst, outcome, bytes) =>
      say(`${type} ${name(place)} to ${name(placeOf(dst, grant?.room))}: ${outcome}, ${bytes} characters`),
    expired: ({ place, grant }, missing) =>
      say(`expired ${name(place)} to ${name(placeOf(missing, grant?.room))}`),
    cutOff: ({ place }, why) => say(`cut off ${name(place)}: ${why}`),
  };
}
