// takes what a handshake message says, gives its JSON bytes, and back.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from './bytes.ts';

/** `body1`, in OFFER. */
export interface OfferBody {
  readonly sdp: string;
  /** Commitment to the initiator's SAS nonce and IK, 32 bytes. */
  readonly sasc: Bytes;
}

/** `body2`, in ANSWER. */
export interface AnswerBody {
  readonly sdp: string;
  readonly ik: Bytes;
  /** The responder's SAS nonce, 32 bytes. */
  readonly sasr: Bytes;
  /** X25519 ratchet public key, 32 bytes. */
  readonly rpk: Bytes;
  readonly cred: string | null;
}

/** `body3`, in FIN. */
export interface FinBody {
  readonly ik: Bytes;
  /** The initiator's SAS nonce: opens `sasc`, 32 bytes. */
  readonly saso: Bytes;
  readonly rpk: Bytes;
  readonly cred: string | null;
}

type Refusal = 'version' | 'bad-frame';
type Fields = Readonly<Record<string, unknown>>;

/** Nothing in a credential is that long, and FIN has to fit a signaling message. */
const MAX_CREDENTIAL = 8192;

const encode = (body: Fields): Bytes => utf8(JSON.stringify({ v: 1, ...body }));
// JSON leaves out a member that is undefined.
const optional = (cred: string | null): string | undefined => cred ?? undefined;

export const encodeOfferBody = ({ sdp, sasc }: OfferBody): Bytes => encode({ sdp, sasc: toBase64Url(sasc) });

export const encodeAnswerBody = ({ sdp, ik, sasr, rpk, cred }: AnswerBody): Bytes =>
  encode({
    sdp,
    ik: toBase64Url(ik),
    sasr: toBase64Url(sasr),
    rpk: toBase64Url(rpk),
    cred: optional(cred),
  });

export const encodeFinBody = ({ ik, saso, rpk, cred }: FinBody): Bytes =>
  encode({ ik: toBase64Url(ik), saso: toBase64Url(saso), rpk: toBase64Url(rpk), cred: optional(cred) });

export function parseOfferBody(bytes: Uint8Array): Result<OfferBody, Refusal> {
  const fields = parse(bytes);
  if (!fields.ok) return fields;
  const sdp = fields.value['sdp'];
  const sasc = key(fields.value['sasc']);
  return typeof sdp === 'string' && sasc ? ok({ sdp, sasc }) : no('bad-frame');
}

export function parseAnswerBody(bytes: Uint8Array): Result<AnswerBody, Refusal> {
  const fields = parse(bytes);
  if (!fields.ok) return fields;
  const sdp = fields.value['sdp'];
  const ik = key(fields.value['ik']);
  const sasr = key(fields.value['sasr']);
  const rpk = key(fields.value['rpk']);
  const cred = credential(fields.value['cred']);
  if (typeof sdp !== 'string' || !ik || !sasr || !rpk || cred === undefined) return no('bad-frame');
  return ok({ sdp, ik, sasr, rpk, cred });
}

export function parseFinBody(bytes: Uint8Array): Result<FinBody, Refusal> {
  const fields = parse(bytes);
  if (!fields.ok) return fields;
  const ik = key(fields.value['ik']);
  const saso = key(fields.value['saso']);
  const rpk = key(fields.value['rpk']);
  const cred = credential(fields.value['cred']);
  return ik && saso && rpk && cred !== undefined ? ok({ ik, saso, rpk, cred }) : no('bad-frame');
}

function parse(bytes: Uint8Array): Result<Fields, Refusal> {
  const text = fromUtf8(bytes);
  if (!text.ok) return text;
  try {
    const value: unknown = JSON.parse(text.value);
    if (!isFields(value)) return no('bad-frame');
    return value['v'] === 1 ? ok(value) : no('version');
  } catch {
    return no('bad-frame');
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// A key, a nonce, a commitment: 32 bytes each.
function key(value: unknown): Bytes | null {
  const bytes = typeof value === 'string' ? fromBase64Url(value, 32) : no('bad-frame');
  return bytes.ok ? bytes.value : null;
}

// undefined: not a credential at all; null: none was sent.
function credential(value: unknown): string | null | undefined {
  if (value === undefined) return null;
  return typeof value === 'string' && value.length <= MAX_CREDENTIAL ? value : undefined;
}
