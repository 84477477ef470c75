// takes the people of a room, gives their list.

import { css, html, nothing } from 'lit';
import { SessionController, labelOf } from '../../controllers/index.ts';
import { surface, tint, token } from '../../styles/index.ts';
import { RoomElement } from '../base/room-element.ts';
import { icon } from '../icon/icon.ts';
import { initials, tintOf } from '../tile/face.ts';
import { protectionIcon } from '../verify/protection.ts';

/** One line of the list. */
interface Line {
  readonly id: string;
  readonly name: string;
  /** What is written beside the initials. */
  readonly shown: string;
  readonly audio: boolean;
  readonly video: boolean;
}

/**
 * Everyone in the room, oneself first, with what can be heard and seen of them and how the link to them is protected.
 *
 * @tag reforms-participants
 * @summary Who is in the room.
 * @csspart list - The list.
 * @csspart person - One line of it.
 */
export class ReformsParticipants extends RoomElement {
  static override styles = [
    ...RoomElement.styles,
    surface,
    tint,
    css`
      :host {
        display: block;
      }

      li {
        display: flex;
        align-items: center;
        gap: var(--_space-3);
        min-block-size: var(--_target);
        padding-block: var(--_space-1);
      }

      .name {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 550;
      }

      .avatar {
        background: color-mix(in oklab, var(--_tint) 72%, #0b1412);
        color: #fff;
      }

      .mark {
        color: ${token.textMuted};
      }
    `,
  ];

  readonly #session = new SessionController(this, this.door, ({ people, self, call, room }) => ({
    people,
    self,
    microphone: call.microphone,
    camera: call.camera,
    phase: room.phase,
  }));

  protected override render() {
    const { people, self, microphone, camera, phase } = this.#session.slice;
    const { words } = this;
    const me = {
      id: self.id,
      name: self.name,
      shown: words.nameAndYou(self.name),
      audio: microphone.enabled,
      video: camera.enabled,
    };
    return html`<ul part="list" aria-label=${words.people}>
      ${phase === 'joined' ? this.#renderPerson(me, nothing) : nothing}
      ${people.map((person) =>
        this.#renderPerson(
          { ...person, shown: labelOf(person, words) },
          person.held === undefined
            ? this.#renderMark(protectionIcon[person.protection], words.protection[person.protection])
            : this.#renderMark('clock', words.heldShort),
        ),
      )}
    </ul>`;
  }

  #renderPerson({ id, name, shown, audio, video }: Line, protection: unknown) {
    const { words } = this;
    return html`<li part="person">
      <span class="avatar" data-tint=${tintOf(id)} aria-hidden="true">${initials(name || shown)}</span>
      <span class="name" dir="auto">${shown}</span>
      ${protection}
      ${this.#renderMark(audio ? 'microphone' : 'microphone-off', audio ? words.microphoneOn : words.microphoneOff)}
      ${this.#renderMark(video ? 'camera' : 'camera-off', video ? words.cameraOn : words.cameraOff)}
    </li>`;
  }

  #renderMark(name: Parameters<typeof icon>[0], label: string) {
    return html`<span class="mark">${icon(name)}<span class="spoken">${label}</span></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-participants': ReformsParticipants;
  }
}
