// takes a message's text, gives the parts to show: plain text, and the few addresses that may become links.

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly text: string;
      readonly href: string;
      /** The host the link really leads to, where the text does not spell it that way (IDN, odd numbers, escapes). */
      readonly host: string | undefined;
    };

/** Longer ones are no address that a person reads; they stay text. UTF-16 code units. */
const maxLinkLength = 2_048;

/** Controls except tab and line feed, and the embeddings and overrides that make text run backwards. Isolates and marks stay. */
const misleading = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufff9-\ufffb]/gu;
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/gu;

/**
 * Where an address may begin and what it may contain. It does not begin inside a word or after another scheme
 * (`javascript:https://…`), and ends at blanks, quotes, brackets of CJK and backslashes.
 */
const candidate =
  /(?<![A-Za-z0-9_+.:/\\@%&=#-])(?:https?:\/\/|mailto:)[^\s<>"`\\\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Z}\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2018-\u201f\u00ab\u00bb\u115f\u1160\u3164\uffa0]+/giu;

const trailing = /[.,:;!?'*_~|…\p{Cf}]+$/u;
/** An invisible character inside an address makes it look like another one. */
const invisible = /\p{Cf}/u;
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Parts in order; joined, their texts are the message without what misleads. Never throws. */
export function splitText(message: string): readonly TextPart[] {
  const text = message.replace(lineBreaks, '\n').replace(misleading, '');
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(candidate)) {
    const link = readLink(withoutTail(match[0]));
    if (link === undefined) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push(link);
    from = match.index + link.text.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** Without the full stop, the comma, the bracket that belong to the sentence and not to the address. */
function withoutTail(text: string): string {
  let kept = text.slice(0, maxLinkLength + 1);
  for (;;) {
    const trimmed = kept.replace(trailing, '');
    const opening = pairs[trimmed.at(-1) ?? ''];
    const closed = opening !== undefined && count(trimmed, trimmed.at(-1) ?? '') > count(trimmed, opening);
    const next = closed ? trimmed.slice(0, -1) : trimmed;
    if (next === kept) return kept;
    kept = next;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function readLink(text: string): TextPart | undefined {
  if (text.length > maxLinkLength || invisible.test(text) || !URL.canParse(text)) return undefined;
  return /^mailto:/i.test(text) ? readMail(text) : readWeb(text);
}

function readWeb(text: string): TextPart | undefined {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  // `https://bank.example@evil.example` reads like the bank.
  if (authority === '' || authority.includes('@') || url.username !== '' || url.password !== '')
    return undefined;
  const spelled = authority.replace(/:\d*$/, '').toLowerCase();
  return { kind: 'link', text, href: url.href, host: spelled === url.hostname ? undefined : url.hostname };
}

/** One address, and of the headers only those that a person sees before sending. */
const mail =
  /^mailto:[\w.!$'*+=^{}~-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?:\?(?:subject|body)=[^&#]*(?:&(?:subject|body)=[^&#]*)*)?$/i;

function readMail(text: string): TextPart | undefined {
  if (!mail.test(text)) return undefined;
  return { kind: 'link', text, href: new URL(text).href, host: undefined };
}
