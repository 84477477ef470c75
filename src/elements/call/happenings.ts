// takes a Fact, gives the sentence that a person in the call is told, if any.

import type { ErrorCode, Fact, Participant } from '../../core.ts';
import { isolate, isolatedLabel } from '../../controllers/index.ts';
import type { Words } from '../../locales/index.ts';

/** What went wrong with a person, a room or the encryption; what a hostile peer sends is thrown away without a word. */
const told: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'room-full',
  'not-admitted',
  'ejected',
  'turn-unreachable',
  'key-changed',
  'policy',
]);

/** `people`: those of before the fact, so that someone who left still has a name; `now`: those of after it. */
export function happening(
  fact: Fact,
  people: readonly Participant[],
  now: readonly Participant[],
  words: Words,
): string | undefined {
  const nameOf = (id: string): string =>
    isolatedLabel([...people, ...now].find((person) => person.id === id) ?? { name: '' }, words);
  switch (fact.kind) {
    case 'participant-joined':
      return people.some(({ id }) => id === fact.participant.id)
        ? undefined
        : words.joined(
            isolatedLabel(now.find(({ id }) => id === fact.participant.id) ?? fact.participant, words),
          );
    case 'participant-left':
      return { left: words.departed, lost: words.lost, mismatch: words.mismatch }[fact.reason](
        nameOf(fact.id),
      );
    case 'participant-verified':
      return words.verified(nameOf(fact.id));
    case 'identity-changed':
      return fact.wasVerified ? undefined : words.keyChanged(nameOf(fact.id));
    case 'error-raised':
      return !fact.fatal && told.has(fact.code) ? words.errors[fact.code] : undefined;
    default:
      return undefined;
  }
}

/** What screen readers are told besides, inside a call: what others see by looking. */
export function spokenOnly(fact: Fact, words: Words): string | undefined {
  switch (fact.kind) {
    case 'room-joined':
      return words.youJoined;
    case 'identity-changed':
      return fact.wasVerified ? words.held['key-changed'](isolate(fact.name)) : undefined;
    case 'status-changed':
      return fact.status === 'reconnecting' ? words.reconnecting : undefined;
    case 'device-wanted':
      return {
        microphone: fact.enabled ? words.microphoneOn : words.microphoneOff,
        camera: fact.enabled ? words.cameraOn : words.cameraOff,
      }[fact.device];
    default:
      return undefined;
  }
}
