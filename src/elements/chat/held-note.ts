// takes the people of a room, gives what the chat says of those to whom nothing goes yet.

import { html, nothing, type TemplateResult } from 'lit';
import { isolatedLabel } from '../../controllers/index.ts';
import type { Participant } from '../../core.ts';
import type { Words } from '../../locales/index.ts';

/** Nothing where everyone is reached. `compare` undefined: there is nobody around who could open the emoji. */
export function heldNote(
  people: readonly Participant[],
  words: Words,
  language: string,
  compare: ((id: string) => void) | undefined,
): TemplateResult | typeof nothing {
  const waiting = people.filter(({ held }) => held !== undefined && held !== 'credential');
  const lacking = people.filter(({ held }) => held === 'credential');
  if (waiting.length + lacking.length === 0) return nothing;
  const list = (some: readonly Participant[]): string =>
    new Intl.ListFormat(language).format(some.map((person) => isolatedLabel(person, words)));
  const first = waiting[0]?.id;
  return html`<div class="strip" part="note">
    <p>
      ${waiting.length > 0 ? words.chatHeld(list(waiting)) : nothing}
      ${lacking.length > 0 ? words.chatHeldCredential(list(lacking)) : nothing}
    </p>
    ${
      first !== undefined && compare !== undefined
        ? html`<button type="button" class="button" @click=${() => compare(first)}>${words.compare}</button>`
        : nothing
    }
  </div>`;
}
