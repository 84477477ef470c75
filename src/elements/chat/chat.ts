// takes the chat's slice of the snapshot, gives the conversation and its composer; what is sent goes up as an intent.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { Announcer } from '../../controllers/announcer.ts';
import { SessionController } from '../../controllers/index.ts';
import { judgeDraft, newId, refusalOf, ReformsError, type Verdict } from '../../controllers/plain-rules.ts';
import { ScrollPin } from '../../controllers/scroll-pin.ts';
import type { ChatMessage, ChatNotice, ErrorCode, Fact, Session } from '../../core.ts';
import { button } from '../../styles/index.ts';
import { asNumber, text } from '../base/attributes.ts';
import { RoomElement } from '../base/index.ts';
import { emit } from '../events/emit.ts';
import { ReformsErrorEvent, ReformsVerifyRequestEvent } from '../events/room-events.ts';
import { icon } from '../icon/icon.ts';
import { chatStyles } from './chat.styles.ts';
import { composer } from './composer.ts';
import { composerStyles } from './composer.styles.ts';
import { conversation } from './conversation.ts';
import { draftHint } from './draft-hint.ts';
import { heldNote } from './held-note.ts';
import { messageEvents } from './message-facts.ts';
import { messageStyles } from './message.styles.ts';
import { noteOf } from './note.ts';
import { stageOf, type Stage } from './stage.ts';
import { unseenSince } from './timeline.ts';

const none: readonly ChatNotice[] = [];

/**
 * Text between the people of a room, sealed end to end. What is written while nobody is there is delivered when someone
 * comes.
 *
 * @tag reforms-chat
 * @summary A conversation and its composer.
 * @attr placeholder - Shown in the empty composer.
 * @attr max-length - Most characters a message may have, as `maxlength` counts them; never more than 16 kB of UTF-8.
 * @fires {ReformsMessageSentEvent} reforms-message-sent - A message of ours went out, or waits for someone.
 * @fires {ReformsMessageReceivedEvent} reforms-message-received - Someone's message came.
 * @fires {ReformsMessageUpdatedEvent} reforms-message-updated - A message of ours got further, up to delivered.
 * @fires {ReformsErrorEvent} reforms-error - A draft was refused: `message-too-big`, `not-joined`; it is kept.
 * @fires {ReformsVerifyRequestEvent} reforms-verify-request - Someone to whom nothing goes yet is to be compared with.
 * @csspart base - Everything.
 * @csspart log - What scrolls.
 * @csspart list - The messages and days.
 * @csspart day - A day between messages.
 * @csspart message - A message with its name, time and mark.
 * @csspart name - Who wrote a group of messages.
 * @csspart bubble - A message's text.
 * @csspart own - The bubble of one's own message.
 * @csspart meta - The time of a message, and how far it has got.
 * @csspart mark - How far a message of one's own has got.
 * @csspart notice - That someone came with another key.
 * @csspart note - What the state of the room means for writing.
 * @csspart latest - The button that leads back to the end.
 * @csspart composer - The field and its button.
 * @csspart input - The field.
 * @csspart send - The button.
 * @csspart hint - What is said about a draft near or beyond the limit.
 * @cssprop [--reforms-accent=light-dark(#0b6b5d, #62d6bd)] - Own messages, links and the send button.
 */
export class ReformsChat extends RoomElement {
  static override styles = [...RoomElement.styles, button, chatStyles, messageStyles, composerStyles];

  /** Shown in the empty composer; “Message” in the page's language where it is empty. */
  @property(text()) placeholder = '';
  /** Most characters (UTF-16 code units) a message may have; undefined: 16,384 bytes of UTF-8 is the only limit. */
  @property({ converter: asNumber, attribute: 'max-length' }) maxLength: number | undefined;

  readonly #chat = new SessionController(
    this,
    this.door,
    ({ status, problem, people, chat: { messages, notices } }) => ({
      status,
      problem,
      people,
      messages,
      notices: notices ?? none,
    }),
    (fact, session) => this.#tell(fact, session),
  );
  readonly #pin = new ScrollPin(this, {
    scroller: () => this.log,
    content: () => this.log?.firstElementChild,
  });
  readonly #announcer = new Announcer(this);

  @state() private draft = '';
  @query('.log') private readonly log!: HTMLElement | null;
  @query('.input') private readonly input!: HTMLTextAreaElement | null;
  /** Id of the message that the draft has become, until the session says that it is sent. */
  #sending = '';
  /** Id of the last message that was in view. */
  #seen = '';

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#pin.pinned) this.#seen = this.getMessages().at(-1)?.id ?? '';
  }

  /**
   * Sends `text` to everyone present, or to who comes next. Gives the message's id. Rejects with `ReformsError`:
   * `message-empty`, `message-too-big`, `not-joined`.
   */
  async sendMessage(text: string): Promise<string> {
    const code = this.#refusal(text);
    if (code !== undefined) throw new ReformsError(code);
    const id = newId();
    this.#chat.dispatch({ kind: 'send-message', id, text });
    return id;
  }

  /** Every message of this visit, oldest first. */
  getMessages(): readonly ChatMessage[] {
    return this.#chat.snapshot.chat.messages;
  }

  /** Puts the cursor into the composer. */
  focusInput(): void {
    this.input?.focus();
  }

  /** Shows the latest message, and keeps showing what comes. */
  scrollToBottom(): void {
    this.#pin.toEnd();
  }

  protected override render(): TemplateResult {
    const { status, messages, people, notices } = this.#chat.slice;
    const stage = stageOf(status, messages.length + notices.length);
    return html`<section class="base" part="base" aria-label=${this.words.chatLabel}>
      ${this.#renderLog(messages, stage)} ${this.#renderLatest(messages)}
      ${this.#renderStrip(messages, stage)}
      ${heldNote(people, this.words, this.language, this.door.isOwn ? undefined : this.#compare)}
      ${this.#renderComposer(stage)} ${this.#announcer.region()}
    </section>`;
  }

  #renderLog(messages: readonly ChatMessage[], stage: Stage): TemplateResult {
    return html`<div
      class="log"
      part="log"
      role="log"
      tabindex="0"
      aria-label=${this.words.chatMessages}
      @scroll=${this.#pin.follow}
    >
      ${
        messages.length + this.#chat.slice.notices.length === 0
          ? html`<div class="blank" part="note">${icon('chat')}${this.#renderNote(stage)}</div>`
          : html`<ol class="list" part="list" role="list">
              ${conversation(messages, this.#chat.slice.notices, this.words, this.language)}
            </ol>`
      }
    </div>`;
  }

  #renderLatest(messages: readonly ChatMessage[]): TemplateResult {
    const unseen = unseenSince(messages, this.#seen);
    return html`<div class="later">
      ${
        this.#pin.pinned || messages.length === 0
          ? nothing
          : html`<button
              type="button"
              class=${classMap({ button: true, fresh: unseen > 0 })}
              part="latest"
              @click=${this.#goToLatest}
            >
              ${icon('arrow-down')}${unseen > 0 ? this.words.chatUnseen(unseen) : this.words.chatLatest}
            </button>`
      }
    </div>`;
  }

  /** The state of the room, where messages stand in its place. */
  #renderStrip(messages: readonly ChatMessage[], stage: Stage): TemplateResult | typeof nothing {
    if (messages.length + this.#chat.slice.notices.length === 0 || stage.note === undefined) return nothing;
    return html`<div class="strip" part="note">${this.#renderNote(stage)}</div>`;
  }

  #renderNote(stage: Stage): TemplateResult | typeof nothing {
    return noteOf({
      stage,
      problem: this.#chat.slice.problem?.code,
      words: this.words,
      enter: this.door.isOwn && this.door.session !== undefined ? this.#enter : undefined,
    });
  }

  #renderComposer(stage: Stage): TemplateResult {
    return composer({
      draft: this.draft,
      verdict: this.#judge(this.draft),
      placeholder: this.placeholder,
      stage,
      words: this.words,
      language: this.language,
      edit: this.#edit,
      pressKey: this.#pressKey,
      send: this.#sendDraft,
    });
  }

  readonly #enter = (): void => void this.join();

  readonly #compare = (id: string): void => {
    emit(this, new ReformsVerifyRequestEvent(id));
  };

  readonly #goToLatest = (): void => this.scrollToBottom();

  readonly #edit = (): void => {
    const before = this.#judge(this.draft).kind;
    this.draft = this.input?.value ?? '';
    const verdict = this.#judge(this.draft);
    if (verdict.kind !== before) this.#announcer.say(draftHint(verdict, this.words, this.language));
  };

  /** Enter sends; Shift+Enter breaks the line; an Enter that ends an input method's composition does neither. */
  readonly #pressKey = (event: KeyboardEvent): void => {
    // Safari reports the Enter that ends a composition after it has ended, with keyCode 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#sendDraft(event);
  };

  readonly #sendDraft = (event: Event): void => {
    event.preventDefault();
    const text = this.draft.trim();
    const code = this.#refusal(text);
    if (code === 'message-empty') return;
    if (code !== undefined) return this.#refuse(code);
    this.#sending = newId();
    this.focusInput();
    this.#chat.dispatch({ kind: 'send-message', id: this.#sending, text });
  };

  /** The draft stays: it can be shortened, or sent later. */
  #refuse(code: ErrorCode): void {
    const { words } = this;
    const hint = draftHint(this.#judge(this.draft), words, this.language);
    this.#announcer.say(code === 'message-too-big' ? hint : words.errors[code]);
    emit(this, new ReformsErrorEvent(code, words.errors[code], false));
  }

  #tell(fact: Fact, session: Session): void {
    if (fact.kind === 'message-sent') {
      if (fact.message.id === this.#sending) this.draft = '';
      this.#pin.toEnd();
    }
    for (const event of messageEvents(fact, session.snapshot)) emit(this, event);
  }

  #judge(text: string): Verdict {
    return judgeDraft(text, this.maxLength);
  }

  #refusal(text: string): ErrorCode | undefined {
    const { canSend } = stageOf(this.#chat.snapshot.status, 0);
    return refusalOf(this.#judge(text)) ?? (canSend ? undefined : 'not-joined');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-chat': ReformsChat;
  }
}
