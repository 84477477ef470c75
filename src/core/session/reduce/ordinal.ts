// takes people and one who comes among them, gives that one a number where another has the same name for the eye.

import { skeletonOf } from '../name-skeleton.ts';
import type { Participant } from '../snapshot.ts';

/** Who was first keeps the bare name, and a number once given stays while its bearer does. */
export function withOrdinal(people: readonly Participant[], person: Participant): Participant {
  const skeleton = skeletonOf(person.name);
  const isNamesake = ({ name }: Participant): boolean => skeletonOf(name) === skeleton;
  const before = people.find(({ id }) => id === person.id);
  const taken = new Set(
    people.filter((other) => other.id !== person.id && isNamesake(other)).map(({ ordinal = 1 }) => ordinal),
  );
  let wanted = before !== undefined && isNamesake(before) ? (before.ordinal ?? 1) : 1;
  while (taken.has(wanted)) wanted += 1;
  if (wanted === (person.ordinal ?? 1)) return person;
  const { ordinal: _, ...rest } = person;
  return wanted === 1 ? rest : { ...rest, ordinal: wanted };
}
