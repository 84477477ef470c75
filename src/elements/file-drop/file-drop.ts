// takes the files' slice of the snapshot, gives a place to drop files and the list of what is on its way; intents go up.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { Announcer } from '../../controllers/announcer.ts';
import { Drop, type Dropped } from '../../controllers/drop.ts';
import { SessionController } from '../../controllers/index.ts';
import { ReformsError } from '../../controllers/plain-rules.ts';
import { hasSavePicker, pickSavePlace } from '../../controllers/save-picker.ts';
import type { ErrorCode, Fact, Session, Transfer } from '../../core.ts';
import { button } from '../../styles/index.ts';
import { asNumber, asText, text } from '../base/attributes.ts';
import { emit } from '../events/emit.ts';
import { ReformsFileCompletedEvent, ReformsFileOfferEvent } from '../events/file-events.ts';
import { ReformsErrorEvent } from '../events/room-events.ts';
import { arrange } from './arrange.ts';
import { chosenList, dropZone, noticeList } from './drop-zone.ts';
import { dropZoneStyles } from './drop-zone.styles.ts';
import { fileEvent } from './file-facts.ts';
import { FileField } from './file-field.ts';
import { isAllowed, takeIn } from './intake.ts';
import { isolated } from './isolated.ts';
import { KeptFiles } from './kept-files.ts';
import { noticeWords, type Notice } from './notices.ts';
import { transferList } from './transfer-list.ts';
import { transferStyles } from './transfer.styles.ts';
import { isOver, type TransferAction } from './transfer-view.ts';
import { refusalOf, zoneOf, type Zone } from './zone.ts';

/**
 * A place to drop, paste or pick files for the people of a room, and the list of what is on its way in both directions.
 * Files go straight to everyone present, sealed end to end; each of them accepts or declines. Inside a form and with a
 * `name`, the chosen files are the form's value too.
 *
 * @tag reforms-file-drop
 * @summary Hands files over.
 * @attr name - The name under which the chosen files are submitted with the form around the element.
 * @attr accept - What may be sent, and accepted unasked: `.pdf, image/*`, as of a file input (property: `acceptTypes`).
 * @attr multiple - Several files at once.
 * @attr max-size-mb - Largest file, in megabytes of 1,000,000 bytes.
 * @attr auto-accept - Takes what others offer without asking, as downloads, within `accept` and `max-size-mb`.
 * @attr mode - `direct` and `auto` send to who is present; `upload` has no server yet and is refused with `no-server`.
 * @attr required - The form around the element is not valid without a file.
 * @attr disabled - Takes no files.
 * @fires {ReformsFileOfferEvent} reforms-file-offer - Someone offers a file. Cancelable: the page then answers.
 * @fires {ReformsFileProgressedEvent} reforms-file-progressed - More of a file was verified by its receiver.
 * @fires {ReformsFileCompletedEvent} reforms-file-completed - A file is whole at its receiver.
 * @fires {ReformsFileFailedEvent} reforms-file-failed - A transfer ended without the file; `code` says why.
 * @fires {ReformsErrorEvent} reforms-error - Files were not sent: `peer-gone`, `not-joined`, `no-server`.
 * @csspart base - Everything.
 * @csspart zone - Where files are dropped.
 * @csspart choose - The button that opens the picker.
 * @csspart notice - What was left out, and why.
 * @csspart chosen - The files of the form.
 * @csspart list - The transfers.
 * @csspart transfer - One file to or from one person.
 * @csspart name - A file's name.
 * @csspart state - What is said about a transfer.
 * @csspart progress - How far it is.
 * @csspart action - A button of a transfer, with `save`, `decline`, `cancel` or `again`.
 * @cssstate dragging - Files are held above the element.
 */
export class ReformsFileDrop extends FileField {
  static override styles = [...FileField.styles, button, dropZoneStyles, transferStyles];

  /** As `accept` of a file input. The property has another name because `accept(id)` takes an offer. */
  @property({ converter: asText(), attribute: 'accept' }) acceptTypes = '';
  /** Several files at once. */
  @property({ type: Boolean }) multiple = false;
  /** Largest file in megabytes of 1,000,000 bytes; undefined: no limit. */
  @property({ converter: asNumber, attribute: 'max-size-mb' }) maxSizeMb: number | undefined;
  /** Takes offers within `accept` and `max-size-mb` without asking. */
  @property({ type: Boolean, attribute: 'auto-accept' }) autoAccept = false;
  /** How files travel; `auto` is `direct` until uploads exist. */
  @property(text('auto')) mode: 'auto' | 'direct' | 'upload' = 'auto';
  readonly #files = new SessionController(
    this,
    this.door,
    ({ status, problem, people, files: { transfers } }) => ({ status, problem, people, transfers }),
    (fact, session) => this.#tell(fact, session),
  );
  readonly #drop = new Drop(this, (dropped) => this.#take(dropped));
  readonly #announcer = new Announcer(this);
  readonly #kept = new KeptFiles();

  /** Said about the last gesture. */
  @state() private notices: readonly Notice[] = [];
  /** Transfers that are not listed: those that the page answers, and those that were cleared. */
  @state() private hiddenIds: ReadonlySet<string> = new Set();
  @query('input[type=file]') private readonly picker!: HTMLInputElement | null;
  @query('.base') private readonly base!: HTMLElement | null;
  #focused: Element | undefined;
  /** Offers whose place to save is being asked for. */
  readonly #asking = new Set<string>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#focused = this.shadowRoot?.activeElement ?? undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.markState('dragging', this.#drop.over);
    // The pressed button may be gone with what it did; the keyboard stays where it was.
    if (this.#focused !== undefined && !this.#focused.isConnected) this.base?.focus();
  }

  override formResetCallback(): void {
    super.formResetCallback();
    this.notices = [];
  }

  /**
   * Offers files to everyone present, or to those whose participant ids `to` names. Rejects with `ReformsError`:
   * `not-joined`, `peer-gone` (none of them is here; nothing is kept), `file-too-large`, `no-server` (`mode="upload"`).
   */
  async send(files: Iterable<File>, options: { readonly to?: readonly string[] } = {}): Promise<void> {
    const list = [...files];
    const rules = { accept: '', maxSizeMb: this.maxSizeMb };
    const tooLarge = list.some((file) => !isAllowed(file, rules));
    const code = tooLarge ? 'file-too-large' : this.#refusal(options.to);
    if (code !== undefined) throw new ReformsError(code);
    this.#offer(list, options.to);
  }

  /**
   * Takes an offered file. Within a click, a browser that has a picker asks where to save it; if the person closes
   * the picker, the offer stays. Rejects with `unknown-transfer`.
   */
  async accept(id: string): Promise<void> {
    const { name } = this.#known(id);
    if (this.#asking.has(id)) return;
    this.#asking.add(id);
    const place = await pickSavePlace(name);
    this.#asking.delete(id);
    if (place.kind === 'dismissed') return;
    const handle = place.kind === 'chosen' ? place.handle : undefined;
    this.#files.dispatch({ kind: 'accept-file', id, handle });
  }

  /** Declines an offered file. Throws `unknown-transfer`. */
  reject(id: string): void {
    if (!isOver(this.#known(id))) this.#files.dispatch({ kind: 'reject-file', id });
  }

  /** Ends a transfer that waits or moves, from either side. Throws `unknown-transfer`. */
  cancel(id: string): void {
    if (!isOver(this.#known(id))) this.#files.dispatch({ kind: 'cancel-file', id });
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<section
      class="base"
      part="base"
      tabindex="-1"
      aria-label=${words.filesLabel}
      @dragenter=${this.#drop.hover}
      @dragover=${this.#drop.hover}
      @dragleave=${this.#drop.leave}
      @drop=${this.#drop.drop}
      @paste=${this.#drop.paste}
    >
      ${this.#renderZone()}
      ${this.notices.length === 0 ? nothing : noticeList(this.notices, words, this.#dismiss)}
      ${this.chosen.length === 0 ? nothing : chosenList(this.chosen, words, this.unchoose)}
      ${this.#renderTransfers()} ${this.#announcer.region()}
    </section>`;
  }

  #renderZone(): TemplateResult {
    const { words, language } = this;
    const { people, problem } = this.#files.slice;
    const zone = this.#zone;
    const names = people
      .filter(({ held }) => held === undefined)
      .map(({ name, ordinal }) => isolated(name, ordinal, words));
    return dropZone({
      zone,
      over: this.#drop.over,
      multiple: this.multiple,
      acceptTypes: this.acceptTypes,
      maxSizeMb: this.maxSizeMb,
      names: new Intl.ListFormat(language).format(names),
      problem: problem?.code,
      offersJoin: zone.canJoin && this.door.isOwn && this.door.session !== undefined,
      words,
      language,
      choose: this.#choose,
      pick: this.#pick,
      enter: this.#enter,
    });
  }

  #renderTransfers(): TemplateResult | typeof nothing {
    const { people, transfers } = this.#files.slice;
    return transferList(arrange(transfers, this.hiddenIds), {
      words: this.words,
      language: this.language,
      asksWhere: hasSavePicker(),
      people,
      kept: this.#kept,
      act: this.#act,
      clear: this.#clear,
    });
  }

  readonly #choose = (): void => this.picker?.click();

  readonly #enter = (): void => void this.join();

  readonly #dismiss = (): void => {
    this.notices = [];
  };

  /** What is over leaves the list; files stay where they were saved. */
  readonly #clear = (): void => {
    const over = this.#files.slice.transfers.filter(isOver).map(({ id }) => id);
    this.hiddenIds = new Set([...this.hiddenIds, ...over]);
  };

  readonly #pick = (): void => {
    const files = [...(this.picker?.files ?? [])];
    // So that picking the same file again is a change.
    if (this.picker) this.picker.value = '';
    if (files.length > 0) this.#take({ files, folders: 0 });
  };

  readonly #act = (action: TransferAction, transfer: Transfer): void => {
    const { id } = transfer;
    if (action === 'save') void this.accept(id);
    else if (action === 'decline') this.reject(id);
    else if (action === 'cancel') this.cancel(id);
    else this.#sendAgain(transfer);
  };

  #sendAgain(transfer: Transfer): void {
    const file = this.#kept.fileOf(transfer);
    if (file === undefined) return;
    this.hiddenIds = new Set([...this.hiddenIds, transfer.id]);
    this.#offer([file], [transfer.peer]);
  }

  /** What was dropped, pasted or picked: to the form where there is one, and to who is here. */
  #take({ files, folders }: Dropped): void {
    if (this.isDisabled) return;
    const rules = { accept: this.acceptTypes, multiple: this.multiple, maxSizeMb: this.maxSizeMb };
    const intake = takeIn(files, folders, rules);
    const inForm = this.isInForm;
    if (inForm) this.choose(intake.files, this.multiple);
    const code = intake.files.length === 0 ? undefined : this.#refusal(undefined);
    if (intake.files.length > 0 && code === undefined) this.#offer(intake.files, undefined);
    const leftOut = intake.leftOut.map((item): Notice => ({ kind: 'left-out', leftOut: item }));
    // In a form the files are not lost when nobody is here.
    this.#say(code === undefined || inForm ? leftOut : [...leftOut, { kind: 'not-sent', code }]);
  }

  #say(list: readonly Notice[]): void {
    this.notices = list;
    this.#announcer.say(list.map((notice) => noticeWords(notice, this.words)).join(' '));
    for (const notice of list)
      if (notice.kind === 'not-sent')
        emit(this, new ReformsErrorEvent(notice.code, noticeWords(notice, this.words), false));
  }

  #offer(files: readonly File[], to: readonly string[] | undefined): void {
    this.#kept.keep(files);
    this.#files.dispatch({ kind: 'send-files', files, to });
  }

  #tell(fact: Fact, session: Session): void {
    if (fact.kind === 'file-offered' && fact.transfer.direction === 'receive') this.#ask(fact.transfer);
    const event = fileEvent(fact, session.snapshot);
    if (event !== undefined) emit(this, event);
    if (event instanceof ReformsFileCompletedEvent)
      this.#announcer.say(this.words.filesSayDone(event.transfer.name));
  }

  #ask(transfer: Transfer): void {
    const { id, name, peerName, peerOrdinal } = transfer;
    if (!emit(this, new ReformsFileOfferEvent(transfer))) {
      this.hiddenIds = new Set([...this.hiddenIds, id]);
      return;
    }
    if (this.autoAccept && isAllowed(transfer, { accept: this.acceptTypes, maxSizeMb: this.maxSizeMb }))
      this.#files.dispatch({ kind: 'accept-file', id, handle: undefined });
    else this.#announcer.say(this.words.filesSayOffer(isolated(peerName, peerOrdinal, this.words), name));
  }

  #refusal(to: readonly string[] | undefined): ErrorCode | undefined {
    return this.mode === 'upload' ? 'no-server' : refusalOf(this.#files.snapshot, to);
  }

  #known(id: string): Transfer {
    const transfer = this.#files.snapshot.files.transfers.find((candidate) => candidate.id === id);
    if (transfer === undefined) throw new ReformsError('unknown-transfer');
    return transfer;
  }

  protected override get missingWords(): string {
    return this.words.filesRequired(this.multiple);
  }

  protected override get missingAnchor(): HTMLElement | undefined {
    return this.picker?.parentElement ?? undefined;
  }

  get #zone(): Zone {
    const { status, people } = this.#files.slice;
    return zoneOf({ status, people, inForm: this.isInForm, disabled: this.isDisabled });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-file-drop': ReformsFileDrop;
  }
}
