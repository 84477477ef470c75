// takes what came through the signaling socket, gives what it means to us, or nothing; and the messages we send.

import { refusals } from '../../protocol/signaling.ts';
import type { Hello, Sealed } from '../brand.ts';
import type { SignalingCode } from '../errors.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { isConnectionId, isPeerId } from './id.ts';
import type { IncomingSignal, SignalKind } from './port.ts';

export type PeerjsMessage =
  | { readonly kind: 'opened' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly code: SignalingCode }
  | { readonly kind: 'signal'; readonly signal: IncomingSignal }
  | { readonly kind: 'expired'; readonly to: string };

/** What goes to the server; it reads `type` and `dst` only, stamps `src` and passes `payload` on untouched. */
export interface OutgoingMessage {
  readonly type: 'OFFER' | 'ANSWER' | 'CANDIDATE';
  readonly dst: string;
  /** No `connectionId`: stock clients would keep the message for ever as one of a connection still to come. */
  readonly payload: { readonly rf1: string; readonly c: string };
}

/** Longest `rf1` read, in characters: an SDP of the greatest length, sealed and padded, is shorter. */
const maxSignalLength = 131_072;

const types = { offer: 'OFFER', answer: 'ANSWER', candidate: 'CANDIDATE' } as const;
const kinds: ReadonlyMap<unknown, SignalKind> = new Map<unknown, SignalKind>([
  ['OFFER', 'offer'],
  ['ANSWER', 'answer'],
  ['CANDIDATE', 'candidate'],
]);

export function writeSignal(
  kind: SignalKind,
  to: string,
  connectionId: string,
  bytes: Hello | Sealed,
): OutgoingMessage {
  return { type: types[kind], dst: to, payload: { rf1: toBase64Url(bytes), c: connectionId } };
}

/**
 * Reads one parsed message of the socket. Whatever is not the server's own word or one of our signals is nothing: offers of
 * stock clients, payloads without sense, messages of later versions. Never throws.
 */
export function readMessage(message: unknown): PeerjsMessage | undefined {
  if (!isRecord(message)) return undefined;
  const { type, src, payload } = message;
  switch (type) {
    case 'OPEN':
      return { kind: 'opened' };
    case 'ID-TAKEN':
      return { kind: 'taken' };
    case 'ERROR':
      return { kind: 'refused', code: refusalCode(isRecord(payload) ? payload['msg'] : undefined) };
    case 'INVALID-KEY':
      return { kind: 'refused', code: 'invalid-key' };
    case 'EXPIRE':
      return isPeerId(src) ? { kind: 'expired', to: src } : undefined;
    default:
      return readSignal(kinds.get(type), src, payload);
  }
}

function readSignal(
  kind: SignalKind | undefined,
  from: unknown,
  payload: unknown,
): PeerjsMessage | undefined {
  if (kind === undefined || !isPeerId(from) || !isRecord(payload)) return undefined;
  const { rf1, c } = payload;
  if (typeof rf1 !== 'string' || rf1.length > maxSignalLength || !isConnectionId(c)) return undefined;
  const bytes = fromBase64Url(rf1);
  return bytes && { kind: 'signal', signal: { kind, from, connectionId: c, bytes } };
}

function refusalCode(sentence: unknown): SignalingCode {
  if (sentence === refusals['invalid-key']) return 'invalid-key';
  if (sentence === refusals['invalid-id']) return 'invalid-id';
  return 'server-error';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
