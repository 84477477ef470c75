// takes what both ends of a link compute, gives it to the person to compare, and their judgement.

import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SessionController, emojiAt } from '../../controllers/index.ts';
import type { Participant } from '../../core.ts';
import { button, surface } from '../../styles/index.ts';
import { text } from '../base/attributes.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';
import { protectionIcon } from './protection.ts';
import { verifyStyles } from './verify.styles.ts';

/**
 * Seven emoji with their names, and three numbers, for each person in the room. Two people who see the same have nobody
 * between them; where they differ, the link ends at once.
 *
 * @tag reforms-verify
 * @summary Compare emoji to be sure who is at the other end.
 * @attr participant - The participant's id to begin with; without it, the first who is not verified yet.
 * @csspart emoji - The seven emoji.
 * @csspart numbers - The three numbers.
 * @csspart match-button - They match.
 * @csspart mismatch-button - They don't.
 */
export class ReformsVerify extends RoomElement {
  static override styles = [...RoomElement.styles, button, surface, verifyStyles];

  /** The participant's id to begin with; empty: the first who is not verified yet. */
  @property(text()) participant = '';

  /** Whom the person picked. */
  @state() private picked = '';

  readonly #session = new SessionController(this, this.door, ({ people }) => ({ people }));

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('participant')) this.picked = '';
  }

  protected override render() {
    const { people } = this.#session.slice;
    const person = this.#chosen(people);
    if (person === undefined) return html`<p class="muted">${this.words.verifyEmpty}</p>`;
    return html`
      ${people.length > 1 ? this.#renderWho(people, person) : nothing}
      <p class="note">
        ${icon(protectionIcon[person.protection])}
        <span
          ><b>${this.words.protection[person.protection]}.</b>
          ${this.words.protectionText[person.protection]}</span
        >
      </p>
      ${this.#renderEmoji(person)} ${person.protection === 'verified' ? nothing : this.#renderAnswers(person)}
    `;
  }

  #renderWho(people: readonly Participant[], chosen: Participant) {
    return html`<div class="who" role="group" aria-label=${this.words.verifyWho}>
      ${people.map(
        ({ id, name, protection }) =>
          html`<button
            class="button outline"
            type="button"
            aria-pressed=${id === chosen.id ? 'true' : 'false'}
            @click=${() => this.#pick(id)}
          >
            ${icon(protectionIcon[protection])}${name || this.words.guest}
          </button>`,
      )}
    </div>`;
  }

  #renderEmoji({ name, sas, protection }: Participant) {
    const { words } = this;
    const shown = name || words.guest;
    return html`
      <p>${protection === 'verified' ? words.verified(shown) : words.verifyHow(shown)}</p>
      <ol class="emoji" part="emoji">
        ${sas.emoji.map(
          (index) =>
            html`<li>
              <span class="glyph" aria-hidden="true">${emojiAt(index)}</span>
              <span class="small">${words.emoji[index]}</span>
            </li>`,
        )}
      </ol>
      <p class="numbers small" part="numbers">
        <span class="muted">${words.verifyNumbers}</span>
        <b dir="ltr">${sas.numbers.join(' · ')}</b>
      </p>
    `;
  }

  #renderAnswers({ id }: Participant) {
    return html`<div class="answers">
      <button
        class="button outline"
        part="mismatch-button"
        type="button"
        @click=${() => this.#judge(id, false)}
      >
        ${this.words.noMatch}
      </button>
      <button class="button primary" part="match-button" type="button" @click=${() => this.#judge(id, true)}>
        ${this.words.match}
      </button>
      <p class="hint small muted">${this.words.noMatchHint}</p>
    </div>`;
  }

  #chosen(people: readonly Participant[]): Participant | undefined {
    return (
      people.find(({ id }) => id === this.picked) ??
      people.find(({ id }) => id === this.participant) ??
      people.find(({ protection }) => protection !== 'verified') ??
      people[0]
    );
  }

  #pick(id: string): void {
    this.picked = id;
  }

  #judge(id: string, matches: boolean): void {
    // Whoever was judged stays in view, so that the answer is seen to have been taken.
    this.picked = id;
    this.#session.dispatch({ kind: 'judge-participant', id, matches });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-verify': ReformsVerify;
  }
}
