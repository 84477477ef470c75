// takes a link, gives the lesson behind it; without one, the way to a new room. Uses the kit as any page would.

import { encodeRoomFragment, newRoomSecret, type Participant } from 'reforms/core';
import type { ReformsRoom } from 'reforms';

const find = <T extends HTMLElement>(id: string, type: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no #${id}`);
  return found;
};

const landing = find('landing', HTMLElement);
const lesson = find('lesson', HTMLTemplateElement);
const status = find('status', HTMLElement);
const who = find('who', HTMLElement);
const shield = find('shield', HTMLButtonElement);
const start = find('start', HTMLButtonElement);

await customElements.whenDefined('reforms-room');
const room = find('room', HTMLElement) as ReformsRoom;
await room.updateComplete;

/** Whether the page was opened by a room link, or is still in its room after a reload. A broken link counts: it has to be told. */
const hasLink = (): boolean => room.invite().includes('rf=') || location.hash.includes('rf=');

function enter(): void {
  landing.hidden = true;
  room.hidden = false;
  status.hidden = false;
  if (room.childElementCount === 0) room.append(lesson.content.cloneNode(true));
  showPeople();
}

/** A room is as protected as its least protected person. */
function protectionOf(people: readonly Participant[]): { readonly kind: string; readonly words: string } {
  if (people.some(({ protection }) => protection === 'unverified'))
    return { kind: 'unverified', words: 'Encrypted, not verified' };
  if (people.every(({ protection }) => protection === 'verified'))
    return { kind: 'verified', words: 'Verified' };
  return { kind: 'link', words: 'Encrypted, by link' };
}

function showPeople(): void {
  const people = room.getParticipants();
  who.textContent = people.length === 0 ? '' : `With ${people.map(({ name }) => name || 'Guest').join(', ')}`;
  shield.hidden = people.length === 0;
  const { kind, words } = protectionOf(people);
  shield.dataset['protection'] = kind;
  shield.textContent = words;
  shield.ariaLabel = `${words}. Compare the emoji`;
}

for (const event of ['joined', 'updated', 'left'] as const)
  room.addEventListener(`reforms-participant-${event}`, showPeople);
for (const event of ['reforms-peer-verified', 'reforms-left', 'reforms-error'] as const)
  room.addEventListener(event, showPeople);

shield.addEventListener('click', () => room.verify());
start.addEventListener('click', () => {
  location.hash = encodeRoomFragment(newRoomSecret());
});
// A new link over the old one: the kit reads it first and takes it out of sight.
window.addEventListener('hashchange', enter);

if (hasLink()) enter();
else landing.hidden = false;
