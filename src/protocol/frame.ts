// takes plain bytes from the sealed control channel, gives a Frame or the reason why there is none; and back.

import {
  maxFileNameLength,
  maxFileTypeLength,
  maxFrameBytes,
  maxMessageBytes,
  maxNameLength,
  maxReceiptIds,
  maxRosterPeers,
  maxSdpLength,
} from './limits.ts';

/**
 * What two people's kits say to each other on `rf-ctl` once the pair is SECURE. JSON in UTF-8, discriminated by `kind`.
 * Every field is a claim of the sender; who the sender is has been proved by the handshake, not by a frame.
 */
export type Frame =
  | ProfileFrame
  | { readonly kind: 'roster'; readonly peers: readonly string[]; readonly door: boolean }
  | { readonly kind: 'bye'; readonly reason: ByeReason }
  | { readonly kind: 'description'; readonly type: 'offer' | 'answer'; readonly sdp: string }
  | CandidateFrame
  | { readonly kind: 'message'; readonly id: string; readonly text: string; readonly sentAt: number }
  | { readonly kind: 'receipt'; readonly ids: readonly string[] }
  | FileOfferFrame
  | { readonly kind: 'file-accept'; readonly id: string; readonly from: number }
  | { readonly kind: 'file-reject'; readonly id: string }
  | { readonly kind: 'file-cancel'; readonly id: string; readonly reason: FileCancelReason }
  | { readonly kind: 'file-received'; readonly id: string; readonly bytes: number }
  | { readonly kind: 'file-done'; readonly id: string };

/** Why a link ends: its owner left, the mesh has no place, or the people's emoji did not match. */
export type ByeReason = 'left' | 'full' | 'mismatch';

/** Who I am in this room: the first frame each way, and again whenever one of its values changes. */
export interface ProfileFrame {
  readonly kind: 'profile';
  /** The peer id at the signaling server under which this tab can be dialled. */
  readonly peer: string;
  readonly name: string;
  readonly audio: boolean;
  readonly video: boolean;
}

/** A trickled ICE candidate (RFC 8838); `candidate` empty means end of candidates. */
export interface CandidateFrame {
  readonly kind: 'candidate';
  readonly candidate: string;
  readonly mid: string | null;
  readonly line: number | null;
  readonly ufrag: string | null;
}

/** One file on offer. The bytes follow on `rf-file` under `transfer`, sealed in the container of `trust.md` §7. */
export interface FileOfferFrame {
  readonly kind: 'file-offer';
  readonly id: string;
  /** Number that names this transfer on `rf-file`; chosen by the sender, unique per link and direction. */
  readonly transfer: number;
  readonly name: string;
  readonly type: string;
  /** Bytes of the file. */
  readonly size: number;
  /** 32 bytes, base64url: `fileSecret`. */
  readonly secret: string;
  /** 56 bytes, base64url: the container's header (salt and key commitment). */
  readonly header: string;
}

export type FileCancelReason =
  'cancelled' | 'file-changed' | 'file-chunk' | 'file-unwritable' | 'file-truncated' | 'internal';

export type FrameRefusal = 'bad-frame' | 'frame-too-large';
export type FrameResult =
  { readonly ok: true; readonly value: Frame } | { readonly ok: false; readonly reason: FrameRefusal };

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A frame's bytes. Throws `RangeError` only if the caller built a frame beyond `maxFrameBytes`. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(JSON.stringify(frame));
  if (bytes.length > maxFrameBytes) throw new RangeError('frame-too-large');
  return bytes;
}

/** Parses what a peer sent. Never throws, whatever the bytes are; unknown fields are dropped. */
export function decodeFrame(bytes: Uint8Array): FrameResult {
  if (bytes.length > maxFrameBytes) return { ok: false, reason: 'frame-too-large' };
  const value = parseJson(bytes);
  const frame = isRecord(value) ? readFrame(value) : undefined;
  return frame === undefined ? { ok: false, reason: 'bad-frame' } : { ok: true, value: frame };
}

/** Length in UTF-8 bytes, as the message limit counts it. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Whether something may be a frame's `id`: base64url, so that it is safe as map key, attribute and part of a selector. */
export function isFrameId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{8,64}$/.test(value);
}

type Fields = Readonly<Record<string, unknown>>;

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strictDecoder.decode(bytes));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each reader gives the frame with exactly its own fields, or nothing. */
const readers: { readonly [K in Frame['kind']]: (fields: Fields) => Frame | undefined } = {
  'profile': ({ peer, name, audio, video }) =>
    isPeerId(peer) && isText(name, maxNameLength) && isFlag(audio) && isFlag(video)
      ? { kind: 'profile', peer, name, audio, video }
      : undefined,
  'roster': ({ peers, door }) =>
    isList(peers, maxRosterPeers, isPeerId) && isFlag(door) ? { kind: 'roster', peers, door } : undefined,
  'bye': ({ reason }) =>
    reason === 'left' || reason === 'full' || reason === 'mismatch' ? { kind: 'bye', reason } : undefined,
  'description': ({ type, sdp }) =>
    (type === 'offer' || type === 'answer') && isText(sdp, maxSdpLength)
      ? { kind: 'description', type, sdp }
      : undefined,
  'candidate': ({ candidate, mid, line, ufrag }) =>
    isText(candidate, 2_048) &&
    isTextOrNull(mid, 64) &&
    isCountOrNull(line, 0xffff) &&
    isTextOrNull(ufrag, 256)
      ? { kind: 'candidate', candidate, mid, line, ufrag }
      : undefined,
  'message': ({ id, text, sentAt }) =>
    isFrameId(id) &&
    isText(text, maxMessageBytes) &&
    text !== '' &&
    utf8Length(text) <= maxMessageBytes &&
    isCount(sentAt, 8.64e15)
      ? { kind: 'message', id, text, sentAt }
      : undefined,
  'receipt': ({ ids }) => (isList(ids, maxReceiptIds, isFrameId) ? { kind: 'receipt', ids } : undefined),
  'file-offer': ({ id, transfer, name, type, size, secret, header }) =>
    isFrameId(id) &&
    isCount(transfer, 0xffff_ffff) &&
    isText(name, maxFileNameLength) &&
    isText(type, maxFileTypeLength) &&
    isCount(size, Number.MAX_SAFE_INTEGER) &&
    isBase64Url(secret, 32) &&
    isBase64Url(header, 56)
      ? { kind: 'file-offer', id, transfer, name, type, size, secret, header }
      : undefined,
  'file-accept': ({ id, from }) =>
    isFrameId(id) && isCount(from, 0xffff_ffff) ? { kind: 'file-accept', id, from } : undefined,
  'file-reject': ({ id }) => (isFrameId(id) ? { kind: 'file-reject', id } : undefined),
  'file-cancel': ({ id, reason }) =>
    isFrameId(id) && isCancelReason(reason) ? { kind: 'file-cancel', id, reason } : undefined,
  'file-received': ({ id, bytes }) =>
    isFrameId(id) && isCount(bytes, Number.MAX_SAFE_INTEGER)
      ? { kind: 'file-received', id, bytes }
      : undefined,
  'file-done': ({ id }) => (isFrameId(id) ? { kind: 'file-done', id } : undefined),
};

function readFrame(fields: Fields): Frame | undefined {
  const { kind } = fields;
  return typeof kind === 'string' && isKind(kind) ? readers[kind](fields) : undefined;
}

const isKind = (kind: string): kind is Frame['kind'] => Object.hasOwn(readers, kind);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isText = (value: unknown, length: number): value is string =>
  typeof value === 'string' && value.length <= length;
const isTextOrNull = (value: unknown, length: number): value is string | null =>
  value === null || isText(value, length);
const isCount = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= limit;
const isCountOrNull = (value: unknown, limit: number): value is number | null =>
  value === null || isCount(value, limit);
/** Ids at the signaling server, in the alphabet that stock PeerJS clients accept. */
const isPeerId = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9][\w-]{0,63}$/.test(value);
const isBase64Url = (value: unknown, bytes: number): value is string =>
  typeof value === 'string' && value.length === Math.ceil((bytes * 4) / 3) && /^[\w-]*$/.test(value);
const isList = (
  value: unknown,
  most: number,
  isItem: (item: unknown) => item is string,
): value is readonly string[] => Array.isArray(value) && value.length <= most && value.every(isItem);

const cancelReasons: { readonly [K in FileCancelReason]: true } = {
  'cancelled': true,
  'file-changed': true,
  'file-chunk': true,
  'file-unwritable': true,
  'file-truncated': true,
  'internal': true,
};
const isCancelReason = (value: unknown): value is FileCancelReason =>
  typeof value === 'string' && Object.hasOwn(cancelReasons, value);
