// takes what both ends of a link compute, gives it to the person to compare, and their judgement.

import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SessionController, emojiAt, isolate, isolatedLabel, labelOf } from '../../controllers/index.ts';
import type { Fact, Participant } from '../../core.ts';
import { button, surface } from '../../styles/index.ts';
import { text } from '../base/attributes.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';
import { canCompare, heldWords } from './held.ts';
import { protectionIcon } from './protection.ts';
import { SafetyNumber } from './safety.ts';
import { verifyStyles } from './verify.styles.ts';

/**
 * Seven emoji with their names, and three numbers, for each person in the room; for those who have time, a safety number
 * with a QR code. Two people who see the same have nobody between them; where they differ, the link ends at once.
 *
 * @tag reforms-verify
 * @summary Compare emoji to be sure who is at the other end.
 * @attr participant - The participant's id to begin with; without it, the first who is not verified yet.
 * @csspart emoji - The seven emoji.
 * @csspart numbers - The three numbers.
 * @csspart match-button - They match.
 * @csspart mismatch-button - They don't.
 * @csspart mismatch - What is said after they did not.
 * @csspart safety - The section with the safety number.
 * @csspart digits - The 60 digits.
 * @csspart code - Their QR code, or in its place the camera.
 * @csspart scan-button - Opens the camera, where the browser reads codes.
 */
export class ReformsVerify extends RoomElement {
  static override styles = [...RoomElement.styles, button, surface, verifyStyles];

  /** The participant's id to begin with; empty: the first who is not verified yet. */
  @property(text()) participant = '';

  /** Whom the person picked. */
  @state() private picked = '';
  /** With whom the emoji did not match, ready to read. */
  @state() private mismatched = '';

  readonly #session = new SessionController(
    this,
    this.door,
    ({ people, room }) => ({ people, hasSecret: room.hasSecret, name: room.name }),
    (fact) => this.#hear(fact),
  );
  readonly #safety = new SafetyNumber(this, {
    digits: (id) => this.#session.safetyNumber(id),
    judge: (id, matches) => this.#judge(id, matches),
  });

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('participant')) this.picked = '';
    this.#safety.of(this.#chosen(this.#session.slice.people)?.id);
  }

  protected override render() {
    const { people } = this.#session.slice;
    const person = this.#chosen(people);
    return html`
      ${this.mismatched === '' ? nothing : this.#renderMismatch()}
      ${person === undefined ? this.#renderNobody() : this.#renderPerson(people, person)}
    `;
  }

  #renderMismatch() {
    const { words } = this;
    return html`<div class="note danger" part="mismatch" role="alert">
      ${icon('warning')}
      <div>
        <p><b>${words.mismatch(this.mismatched)}</b></p>
        <p>${words.mismatchText}</p>
      </div>
    </div>`;
  }

  /** What the room itself gives, before anyone is there to compare with. */
  #renderNobody() {
    const { hasSecret, name } = this.#session.slice;
    const state = hasSecret ? 'link' : 'unverified';
    return html`
      ${name === '' ? nothing : this.#renderState(state, this.words.protectionText[state])}
      <p class="muted">${this.words.verifyEmpty}</p>
    `;
  }

  #renderPerson(people: readonly Participant[], person: Participant) {
    const { words } = this;
    const { held, protection } = person;
    const why =
      held === undefined
        ? words.protectionText[protection]
        : heldWords(held, isolatedLabel(person, words), words);
    return html`
      ${people.length > 1 ? this.#renderWho(people, person) : nothing} ${this.#renderState(protection, why)}
      ${this.#renderEmoji(person)} ${protection === 'verified' ? nothing : this.#renderAnswers(person)}
      ${this.#renderSafety(person)}
    `;
  }

  #renderState(protection: Participant['protection'], why: string) {
    return html`<p class="note">
      ${icon(protectionIcon[protection])}
      <span><b>${this.words.protection[protection]}.</b> ${why}</span>
    </p>`;
  }

  #renderWho(people: readonly Participant[], chosen: Participant) {
    return html`<div class="who" role="group" aria-label=${this.words.verifyWho}>
      ${people.map(
        (person) =>
          html`<button
            class="button outline"
            type="button"
            aria-pressed=${person.id === chosen.id ? 'true' : 'false'}
            @click=${() => this.#pick(person.id)}
          >
            ${icon(person.held === undefined ? protectionIcon[person.protection] : 'clock')}
            <bdi>${labelOf(person, this.words)}</bdi>
          </button>`,
      )}
    </div>`;
  }

  #renderEmoji(person: Participant) {
    const { words } = this;
    const { sas, protection } = person;
    const shown = isolatedLabel(person, words);
    return html`
      <p>
        ${protection === 'verified' ? `${words.verified(shown)}. ${words.verifiedFor}` : words.verifyHow(shown)}
      </p>
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

  #renderAnswers({ id, held }: Participant) {
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
      <p class="hint small muted">
        ${this.words.noMatchHint} ${held !== undefined && canCompare(held) ? nothing : this.words.verifiedFor}
      </p>
    </div>`;
  }

  #renderSafety(person: Participant) {
    return html`<details class="safety" part="safety" @toggle=${this.#safety.toggle}>
      <summary>${this.words.safetyNumber}</summary>
      ${this.#safety.render(this.words, isolatedLabel(person, this.words), person.protection !== 'verified')}
    </details>`;
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
    this.mismatched = '';
  }

  #judge(id: string, matches: boolean): void {
    // Whoever was judged stays in view, so that the answer is seen to have been taken.
    this.picked = id;
    this.#session.dispatch({ kind: 'judge-participant', id, matches });
  }

  /** Both ends are told: who said that the emoji differ, and of whom it was said. */
  #hear(fact: Fact): void {
    if (fact.kind === 'join-started') this.mismatched = '';
    if (fact.kind !== 'participant-left' || fact.reason !== 'mismatch') return;
    // The slice still knows who has just left.
    const person = this.#session.slice.people.find(({ id }) => id === fact.id);
    this.mismatched = person ? isolatedLabel(person, this.words) : isolate(this.words.guest);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-verify': ReformsVerify;
  }
}
