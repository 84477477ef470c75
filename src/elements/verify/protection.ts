// takes the people of a room, gives how well the whole of it is protected, and the icon that says so.

import type { Participant, Protection } from '../../core.ts';
import type { IconName } from '../icon/icon.ts';

/** A room is as protected as its least protected person; undefined while nobody is there. */
export function protectionOf(people: readonly Pick<Participant, 'protection'>[]): Protection | undefined {
  if (people.length === 0) return undefined;
  if (people.some(({ protection }) => protection === 'unverified')) return 'unverified';
  return people.every(({ protection }) => protection === 'verified') ? 'verified' : 'link';
}

export const protectionIcon: Readonly<Record<Protection, IconName>> = {
  link: 'lock',
  verified: 'shield-check',
  unverified: 'shield',
};
