// takes the session's snapshots, gives a whole call: pre-join, tiles, controls, and words for all that can happen.

import { html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { Announcer, Arrival, SessionController, Size } from '../../controllers/index.ts';
import type { Fact, Session, Snapshot } from '../../core.ts';
import { button, surface } from '../../styles/index.ts';
import { text } from '../base/attributes.ts';
import { dialog, dialogStyles, showDialog } from '../base/dialog.ts';
import { RoomElement } from '../base/room-element.ts';
import { vars } from '../base/vars.ts';
import type { ReformsControls } from '../controls/controls.ts';
import { isOn, switchDevice } from '../controls/switch-device.ts';
import { ReformsPermissionDeniedEvent } from '../events/call-events.ts';
import { emit } from '../events/emit.ts';
import type { ReformsVerifyRequestEvent } from '../events/room-events.ts';
import { callStyles } from './call.styles.ts';
import { endStyles, failedCard, leftCard } from './end.ts';
import { happening, spokenOnly } from './happenings.ts';
import { layoutOf, selfFloats } from './layout.ts';
import {
  busyVeil,
  heldBanner,
  mismatchCard,
  protectionButton,
  reconnectingBanner,
  relayBanner,
  toastOf,
  welcomeCard,
  type Toast,
} from './overlays.ts';
import { shortcutOf } from './shortcuts.ts';
import { viewOf } from './view.ts';

/** Between tiles, in CSS pixels. */
const gap = 8;

/**
 * A whole call. Before joining it shows a preview, for which the browser asks for camera and microphone as soon as the
 * element is on the page (`audio="off"` and `video="off"` leave a device closed until the person switches it on); with
 * `no-prejoin` it joins at once. Inside a `<reforms-room>` it uses the room's session.
 *
 * @tag reforms-call
 * @summary A whole call: pre-join, people, controls.
 * @attr {'on' | 'off'} audio - Whether the microphone is wanted at first; `on` by default.
 * @attr {'on' | 'off'} video - Whether the camera is wanted at first; `on` by default.
 * @attr {'auto' | 'grid'} layout - `auto`: with one other person, oneself floats above them. `grid`: all alike.
 * @attr no-prejoin - Join as soon as the element is on the page.
 * @attr minimal - Tiles and controls only.
 * @attr no-shortcuts - No `m` for the microphone and `v` for the camera.
 * @fires {ReformsMicrophoneToggledEvent} reforms-microphone-toggled - The person switched their microphone.
 * @fires {ReformsCameraToggledEvent} reforms-camera-toggled - The person switched their camera.
 * @fires {ReformsDeviceChangedEvent} reforms-device-changed - The person chose another device.
 * @fires {ReformsPermissionDeniedEvent} reforms-permission-denied - The browser did not let us use a device.
 * @fires {ReformsJoinedEvent} reforms-joined - We are in; and the other events of `<reforms-room>`, where it stands alone.
 * @cssprop [--reforms-gutter=0.75rem] - Around the tiles; `0px` lets them meet the element's edge.
 * @csspart stage - Where the tiles are.
 * @csspart protection-button - How the call is protected; opens the emoji.
 * @csspart banner - Reconnecting; that a key has changed; that there is no relay.
 * @csspart toast - What just happened.
 * @csspart welcome - Shown while nobody else is here.
 * @csspart end - The card after leaving or failing.
 */
export class ReformsCall extends RoomElement {
  static override styles = [...RoomElement.styles, button, surface, dialogStyles, callStyles, endStyles];

  /** `off`: join muted, and leave the microphone closed before. */
  @property(text()) audio: '' | 'on' | 'off' = '';
  /** `off`: join without a picture, and leave the camera closed before. */
  @property(text()) video: '' | 'on' | 'off' = '';
  /** How tiles are arranged. */
  @property(text('auto')) layout: 'auto' | 'grid' = 'auto';
  /** Join as soon as the element is on the page. */
  @property({ type: Boolean, attribute: 'no-prejoin' }) noPrejoin = false;
  /** Tiles and controls only. */
  @property({ type: Boolean }) minimal = false;
  /** No shortcut keys. */
  @property({ type: Boolean, attribute: 'no-shortcuts' }) noShortcuts = false;

  readonly #session = new SessionController(
    this,
    this.door,
    ({ status, problem, people, call, room }: Snapshot) => ({
      status,
      hasSecret: room.hasSecret,
      problem,
      people,
      microphone: call.microphone,
      camera: call.camera,
    }),
    (fact) => this.#hear(fact),
  );
  readonly #size = new Size(this);
  readonly #announcer = new Announcer(this);

  /** What just happened. */
  @state() private toast: Toast | undefined;
  /** Whether someone else was here since we came in. */
  @state() private hadCompany = false;
  /** Whether the last who went did so because the emoji did not match. */
  @state() private mismatched = false;
  /** Whose emoji are looked at. */
  @state() private verifying = '';

  @query('.call') private readonly frame!: HTMLElement;
  @query('reforms-controls') private readonly controls!: ReformsControls | null;

  /** Whether the focus was inside when the last rendering began. */
  #hadFocus = false;

  constructor() {
    super();
    this.addController(new Arrival(this.door, (session) => this.#prepare(session)));
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.get('audio') !== undefined) this.toggleMicrophone(this.audio !== 'off');
    if (changed.get('video') !== undefined) this.toggleCamera(this.video !== 'off');
    // The pressed button is gone with its view: whoever goes by keyboard stays in the call.
    if (this.#hadFocus && this.shadowRoot?.activeElement == null) this.frame.focus();
  }

  /** Switches the microphone, or sets it. */
  toggleMicrophone(on = !isOn(this.#session.snapshot.call.microphone)): void {
    this.#session.dispatch({ kind: 'set-microphone', enabled: on });
  }

  /** Switches the camera, or sets it. */
  toggleCamera(on = !isOn(this.#session.snapshot.call.camera)): void {
    this.#session.dispatch({ kind: 'set-camera', enabled: on });
  }

  /** `id` as in `navigator.mediaDevices.enumerateDevices()`; empty for the system's default. */
  setAudioInputDevice(id: string): void {
    this.#session.dispatch({ kind: 'choose-microphone', deviceId: id });
  }

  /** `id` as in `navigator.mediaDevices.enumerateDevices()`; empty for the system's default. */
  setVideoInputDevice(id: string): void {
    this.#session.dispatch({ kind: 'choose-camera', deviceId: id });
  }

  /** Opens the choice of devices. Before joining it is in sight anyway, and nothing opens. */
  openSettings(): void {
    this.controls?.openSettings();
  }

  /** Opens the emoji to compare, of one participant or of the first who is not verified. */
  verify(id = ''): void {
    this.verifying = id;
    showDialog(this.shadowRoot, 'verify');
  }

  protected override render() {
    const { words } = this;
    const view = viewOf(this.#session.slice, this.noPrejoin);
    return html`
      <section class="call" tabindex="-1" aria-label=${words.callLabel} @keydown=${this.#press}>
        ${view === 'prejoin' ? this.#renderPrejoin() : nothing}
        ${view === 'stage' ? this.#renderStage() : nothing}
        ${view === 'left' ? leftCard(words, this.#enter) : nothing}
        ${view === 'failed' ? failedCard(words, this.#session.slice.problem, this.door.session && this.#enter) : nothing}
      </section>
      ${dialog({
        id: 'verify',
        title: words.verifyTitle,
        close: words.close,
        body: html`<reforms-verify .participant=${this.verifying}></reforms-verify>`,
      })}
      ${this.#announcer.region()}
    `;
  }

  #renderPrejoin() {
    return html`<div class="scroll">
      <reforms-prejoin ?no-shortcuts=${this.noShortcuts}></reforms-prejoin>
    </div>`;
  }

  #renderStage() {
    const { words } = this;
    const { status, people, hasSecret } = this.#session.slice;
    return html`
      ${heldBanner(words, people, this.#compareOne)}
      <div class="stage" part="stage" @reforms-verify-request=${this.#compareWith}>
        ${this.#renderTiles()}
        <div class="over">
          ${this.minimal ? nothing : protectionButton(words, people, hasSecret, this.#compare)}
          ${this.#renderNews()}
        </div>
        ${status === 'waiting' ? this.#renderAlone() : nothing}
        ${status === 'connecting' || status === 'idle' ? busyVeil(words) : nothing}
      </div>
      <div class="bar">
        <reforms-controls
          ?no-shortcuts=${this.noShortcuts}
          exportparts="toolbar:controls__toolbar, button:controls__button, leave-button:controls__leave-button"
        ></reforms-controls>
      </div>
    `;
  }

  #renderAlone() {
    return this.mismatched ? mismatchCard(this.words) : welcomeCard(this.words, this.hadCompany);
  }

  #renderTiles() {
    const { people } = this.#session.slice;
    const floats = selfFloats(people.length, this.layout);
    const ids = floats ? people.map(({ id }) => id) : [...people.map(({ id }) => id), ''];
    const { tileWidth, tileHeight } = layoutOf(ids.length, this.#size, gap);
    const size = {
      '--_gap': `${gap}px`,
      '--_tile-width': `${tileWidth}px`,
      '--_tile-height': `${tileHeight}px`,
    };
    // One's own tile keeps its key, so that the preview goes on while others come and go.
    const all = floats ? [...ids, ''] : ids;
    return html`<div class="grid" ${ref(this.#size.attach)} ${vars(size)}>
      ${repeat(
        all,
        (id) => id,
        (id) =>
          html`<reforms-tile
            class=${id === '' && floats ? 'floating' : ''}
            .participant=${id}
            ?minimal=${this.minimal}
            exportparts="video:tile__video, label:tile__label, placeholder:tile__placeholder"
          ></reforms-tile>`,
      )}
    </div>`;
  }

  #renderNews() {
    const { status, people, problem } = this.#session.slice;
    if (status === 'reconnecting') return reconnectingBanner(this.words);
    if (problem?.code === 'turn-unreachable' && people.length === 0) return relayBanner(this.words);
    return this.toast === undefined ? nothing : toastOf(this.toast, this.#forget);
  }

  /** A session that nobody has opened yet: the preview asks for the devices, and `no-prejoin` goes in. */
  #prepare(session: Session): void {
    session.dispatch({
      kind: 'open-devices',
      microphone: this.audio !== 'off',
      camera: this.video !== 'off',
    });
    if (this.noPrejoin) session.dispatch({ kind: 'join' });
  }

  #hear(fact: Fact): void {
    const news = happening(fact, this.#session.slice.people, this.#session.snapshot.people, this.words);
    if (news !== undefined) this.toast = { text: news, number: (this.toast?.number ?? 0) + 1 };
    if (fact.kind === 'participant-joined' || fact.kind === 'join-started')
      this.hadCompany = fact.kind === 'participant-joined';
    if (fact.kind === 'participant-left') this.mismatched = fact.reason === 'mismatch';
    if (fact.kind === 'participant-joined' || fact.kind === 'join-started') this.mismatched = false;
    const inside = viewOf(this.#session.slice, this.noPrejoin) === 'stage';
    const spoken = news ?? (inside ? spokenOnly(fact, this.words) : undefined);
    if (spoken !== undefined) this.#announcer.say(spoken);
    if (fact.kind === 'device-refused' && fact.code === 'permissions')
      emit(this, new ReformsPermissionDeniedEvent(fact.device, fact.code));
  }

  readonly #enter = (): void => void this.join();

  readonly #compare = (): void => this.verify();

  readonly #compareOne = (id: string): void => this.verify(id);

  readonly #compareWith = (event: ReformsVerifyRequestEvent): void => {
    event.preventDefault();
    this.verify(event.id);
  };

  readonly #forget = (): void => {
    this.toast = undefined;
  };

  readonly #press = (event: KeyboardEvent): void => {
    const shortcut = this.noShortcuts ? undefined : shortcutOf(event);
    if (shortcut === undefined) return;
    event.preventDefault();
    switchDevice(this, this.#session, shortcut, this.#session.slice[shortcut]);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-call': ReformsCall;
  }
}
