// takes a chat message, gives the events that tell the page of it.

import type { ChatMessage } from '../../core/session/snapshot.ts';
import { ReformsEvent } from './reforms-event.ts';

/** A message of ours went out, or waits for someone to come. */
export class ReformsMessageSentEvent extends ReformsEvent {
  readonly message: ChatMessage;

  constructor(message: ChatMessage) {
    super('reforms-message-sent');
    this.message = message;
  }
}

/** Someone's message came. Its text is theirs: plain text, to be shown as such. */
export class ReformsMessageReceivedEvent extends ReformsEvent {
  readonly message: ChatMessage;

  constructor(message: ChatMessage) {
    super('reforms-message-received');
    this.message = message;
  }
}

/** A message of ours got further: to someone who came, or delivered. */
export class ReformsMessageUpdatedEvent extends ReformsEvent {
  readonly message: ChatMessage;

  constructor(message: ChatMessage) {
    super('reforms-message-updated');
    this.message = message;
  }
}

declare global {
  interface HTMLElementEventMap {
    'reforms-message-sent': ReformsMessageSentEvent;
    'reforms-message-received': ReformsMessageReceivedEvent;
    'reforms-message-updated': ReformsMessageUpdatedEvent;
  }
}
