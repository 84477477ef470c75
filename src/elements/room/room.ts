// takes a room's attributes, gives one session to every kit element inside.

import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { dialog, dialogStyles, showDialog } from '../base/dialog.ts';
import type { ReformsVerifyRequestEvent } from '../events/room-events.ts';
import { RoomElement } from '../base/room-element.ts';
import { button } from '../../styles/index.ts';

/**
 * One room for all kit elements inside it, however deep. It draws nothing of its own but, on request, the emoji.
 *
 * @tag reforms-room
 * @summary Gives one session to the elements inside it.
 * @attr room - The room's name. The server never learns it.
 * @attr server - One or more base URLs, separated by spaces, tried in order; where the script came from by default.
 * @attr display-name - What others see; `Guest` by default.
 * @attr {'room' | 'persistent' | 'ephemeral'} identity - How long one's key lives.
 * @attr {'link' | 'verified' | 'credential'} require - What must be known of a person before anything flows to or from them.
 * @attr relay-only - Connect through a relay only, so that nobody learns our address.
 * @slot - The page's own content with kit elements in it.
 * @fires {ReformsJoiningEvent} reforms-joining - Someone pressed Join, or `join()` was called.
 * @fires {ReformsJoinedEvent} reforms-joined - We are in the room.
 * @fires {ReformsLeftEvent} reforms-left - We are out of it again.
 * @fires {ReformsParticipantJoinedEvent} reforms-participant-joined - Someone came.
 * @fires {ReformsParticipantUpdatedEvent} reforms-participant-updated - Someone's name, devices or protection changed.
 * @fires {ReformsParticipantLeftEvent} reforms-participant-left - Someone went, or was lost.
 * @fires {ReformsConnectionStatusChangedEvent} reforms-connection-status-changed - The session's state.
 * @fires {ReformsPeerVerifiedEvent} reforms-peer-verified - The person here compared the emoji, and they match.
 * @fires {ReformsIdentityChangedEvent} reforms-identity-changed - Someone came under a known name with another key.
 * @fires {ReformsErrorEvent} reforms-error - Something failed, or was refused.
 */
export class ReformsRoom extends RoomElement {
  static override styles = [
    ...RoomElement.styles,
    button,
    dialogStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  /** Whose emoji are looked at. */
  @state() private verifying = '';

  /** Opens the emoji to compare, of one participant or of the first who is not verified. */
  verify(id = ''): void {
    this.verifying = id;
    showDialog(this.shadowRoot, 'verify');
  }

  readonly #compare = (event: ReformsVerifyRequestEvent): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    this.verify(event.id);
  };

  protected override render() {
    return html`
      <slot @reforms-verify-request=${this.#compare}></slot>
      ${dialog({
        id: 'verify',
        title: this.words.verifyTitle,
        close: this.words.close,
        body: html`<reforms-verify .participant=${this.verifying}></reforms-verify>`,
      })}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reforms-room': ReformsRoom;
  }
}
