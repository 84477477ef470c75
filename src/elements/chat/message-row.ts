// takes a row of the timeline, gives its pixels.

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { isolatedLabel, labelOf } from '../../controllers/index.ts';
import type { ChatMessage } from '../../core/session/snapshot.ts';
import type { Words } from '../../locales/index.ts';
import { icon, type IconName } from '../icon/icon.ts';
import { isEmojiOnly } from './emoji-only.ts';
import { splitText, type TextPart } from './text-parts.ts';
import type { DayRow, MessageRow, NoticeRow } from './timeline.ts';
import type { Times } from './times.ts';

export function dayRow({ at }: DayRow, words: Words, times: Times, now: number): TemplateResult {
  const day = times.day(at, now, { today: words.chatToday, yesterday: words.chatYesterday });
  return html`<li class="day" part="day">${day}</li>`;
}

export function noticeRow({ notice }: NoticeRow, words: Words): TemplateResult {
  return html`<li class="notice" part="notice">
    ${icon('shield')}<span>${words.keyChanged(isolatedLabel(notice, words))}</span>
  </li>`;
}

export function messageRow(row: MessageRow, words: Words, times: Times): TemplateResult {
  const { message, own, first, last, mark } = row;
  const bubble = classMap({ bubble: true, emoji: isEmojiOnly(message.text) });
  // No blanks around it in the template: they would be shown.
  const text = splitText(message.text).map((part) => renderPart(part, words));
  return html`<li class=${classMap({ message: true, own, first, last })} part="message">
    ${renderName(row, words)}
    <div class=${bubble} part=${own ? 'bubble own' : 'bubble'} dir="auto">
      <span class="text">${text}</span>
    </div>
    ${
      last || mark
        ? html`<div class="meta" part="meta">
            <time
              dir="auto"
              datetime=${new Date(message.sentAt).toISOString()}
              title=${times.full(message.sentAt)}
              >${times.time(message.sentAt)}</time
            >
            ${mark ? renderMark(message, words) : nothing}
          </div>`
        : nothing
    }
  </li>`;
}

/** Shown once a group, spoken with every message. */
function renderName({ message, own, first }: MessageRow, words: Words): TemplateResult {
  const name = own ? words.chatYou : labelOf(message, { guest: words.chatSomeone, you: words.you });
  return own || !first
    ? html`<span class="spoken">${words.chatSays(name)}</span>`
    : html`<bdi class="name" part="name">${name}</bdi>`;
}

function renderPart(part: TextPart, words: Words): TemplateResult | string {
  if (part.kind === 'text') return part.text;
  const link = html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr"
    >${part.text}</a
  >`;
  return part.host === undefined
    ? link
    : html`${link} <bdi class="host">${words.chatLinkLeadsTo(part.host)}</bdi>`;
}

const marks: Readonly<Record<ChatMessage['delivery'], IconName>> = {
  waiting: 'clock',
  sent: 'check',
  delivered: 'checks',
};

function renderMark(message: ChatMessage, words: Words): TemplateResult {
  const { delivery } = message;
  const sentence = markWords(message, words);
  return html`<span class=${classMap({ mark: true, [delivery]: true })} part="mark" title=${sentence}>
    ${icon(marks[delivery])}${
      delivery === 'waiting' ? html`<span aria-hidden="true">${words.chatWaitingShort}</span>` : nothing
    }
    <span class="spoken">${sentence}</span>
  </span>`;
}

function markWords({ delivery, sentTo, deliveredTo }: ChatMessage, words: Words): string {
  if (delivery === 'waiting') return words.chatWaiting;
  if (delivery === 'delivered') return words.chatDelivered;
  return deliveredTo.length > 0
    ? words.chatDeliveredToSome(deliveredTo.length, sentTo.length)
    : words.chatSent;
}
