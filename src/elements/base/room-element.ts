// takes the room's attributes, gives an element that has a session: from a room around it, or its own.

import { property } from 'lit/decorators.js';
import { SessionController, SessionDoor, forgetEveryone, inviteLink } from '../../controllers/index.ts';
import type { CredentialIssuer, IdentityMode, Participant, Requirement, Session } from '../../core.ts';
import { emit } from '../events/emit.ts';
import { asText, text } from './attributes.ts';
import { ReformsElement } from './reforms-element.ts';
import { roomEvents } from './room-facts.ts';

/**
 * What every element that needs a session can do. Inside a `<reforms-room>` the room's attributes count and these are
 * not read; outside, elements of a page with the same `server` and `room` share one session.
 *
 * @attr room - The room's name. The server never learns it.
 * @attr server - One or more base URLs, separated by spaces, tried in order; where the script came from by default.
 * @attr display-name - What others see; `Guest` by default.
 * @attr identity - `room` (one key for each room, the default), `persistent` or `ephemeral`.
 * @attr {'link' | 'verified' | 'credential'} require - What must be known of a person before anything flows to or from them.
 * @attr relay-only - Hide the IP address from the others: connections go through a relay only.
 */
export abstract class RoomElement extends ReformsElement {
  /** The room's name; the server sees only a hash of it. */
  @property(text()) room = '';
  /** Base URLs of signaling servers, separated by spaces, tried in order. */
  @property(text()) server = '';
  /** What others see; `Guest` in the page's language where it is empty. */
  @property({ converter: asText(), attribute: 'display-name' }) displayName = '';
  /** How long one's key lives: for this room, for all rooms of this origin, or for this visit. */
  @property(text('room')) identity: IdentityMode = 'room';
  /**
   * What must be known of a person before anything flows: that they hold the link's secret, that the emoji were compared,
   * or who a known issuer says they are. Empty: nothing beyond encryption.
   */
  @property(text()) require: '' | NonNullable<Requirement> = '';
  /** A signed word of an issuer (EdDSA JWT) about us, bound to our key and this room. */
  @property({ attribute: false }) credential: string | undefined;
  /** Whose credentials count here. */
  @property({ attribute: false }) credentialIssuers: readonly CredentialIssuer[] = [];
  /** Connect through a relay only, so that nobody learns our address. */
  @property({ type: Boolean, attribute: 'relay-only' }) relayOnly = false;
  /** 32 bytes; in place of the secret in the page's fragment (`#rf=1.…`). */
  @property({ attribute: false }) roomSecret: Uint8Array | undefined;
  /** STUN and TURN servers; the signaling server's own where undefined. */
  @property({ attribute: false }) iceServers: readonly RTCIceServer[] | undefined;
  /** A session that the page made itself (`createSession` of `reforms/core`); the room attributes are then not read. */
  @property({ attribute: false }) session: Session | undefined;

  /** Where the element's session comes from. */
  protected readonly door = new SessionDoor(this);

  readonly #facts = new SessionController(
    this,
    this.door,
    () => ({}),
    (fact, session) => {
      if (!this.door.isOwn) return;
      for (const event of roomEvents(fact, session.snapshot, this.words)) emit(this, event);
    },
  );

  /** The name of someone who gives none. */
  get guestName(): string {
    return this.words.guest;
  }

  /**
   * Enters the room; resolves once inside, at once where we are in already. Rejects with `ReformsError`: the code that
   * `reforms-error` names as fatal, or `not-joined` where `leave()` was called meanwhile.
   */
  join(): Promise<void> {
    return this.door.join();
  }

  /** Leaves the room and lets go of camera and microphone. */
  leave(): void {
    this.door.leave();
  }

  /**
   * Leaves the room, and deletes from this device our key and all that is remembered of the people we met there. Rejects
   * with `ReformsError`: `store` where the browser refuses, `not-joined` where the element has no room.
   */
  async forget(): Promise<void> {
    await this.updateComplete;
    await forgetEveryone(this.door.session);
  }

  /** The link that brings someone else into this room, with the room's secret in its fragment. */
  invite(): string {
    return inviteLink(this.ownerDocument, this.door.entrance.secret);
  }

  /** Everyone else who is in the room. */
  getParticipants(): readonly Participant[] {
    return this.#facts.snapshot.people;
  }

  /** The browser's figures about the link to each participant, by participant id. */
  async getConnectionStats(): Promise<ReadonlyMap<string, RTCStatsReport>> {
    const stats = await Promise.all(
      this.getParticipants().map(async ({ id }) => [id, await this.door.session?.stats(id)] as const),
    );
    return new Map(stats.flatMap(([id, report]) => (report === undefined ? [] : [[id, report] as const])));
  }
}
