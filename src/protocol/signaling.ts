// takes a frame of the signaling socket, gives a Signal or the reason why there is none; and the frames a server sends.

/** Every `type` a PeerJS 1.x server or client puts on the socket. Case matters. */
export type SignalType =
  'OPEN' | 'ERROR' | 'ID-TAKEN' | 'HEARTBEAT' | 'OFFER' | 'ANSWER' | 'CANDIDATE' | 'LEAVE' | 'EXPIRE';

/** One message of the signaling socket. `src` is no part of it: only the server knows, and stamps, who sent it. */
export interface Signal {
  readonly type: SignalType;
  /** Id of the addressee, 1 to `maxIdLength` characters; undefined when the frame names nobody. */
  readonly dst: string | undefined;
  /** The text of any JSON, passed on as it came; undefined when the frame has none. */
  readonly payload: string | undefined;
}

export type SignalReason =
  'too-large' | 'not-utf8' | 'too-deep' | 'not-json' | 'not-object' | 'unknown-type' | 'bad-dst';

export type ParsedSignal =
  { readonly ok: true; readonly value: Signal } | { readonly ok: false; readonly reason: SignalReason };

/** Longest frame, in bytes (of a text: in UTF-16 code units). A session description is 3 to 20 kB; the rest is metadata. */
export const maxSignalBytes = 1_048_576;
/** Longest id or token, in UTF-16 code units. Stock clients use 36. */
export const maxIdLength = 256;
/** Deepest nesting of objects and arrays in a frame. A serialiser is recursive, so depth is bounded before anything is parsed. */
export const maxSignalDepth = 128;

/** Why a server turns a socket away: the sentences stock clients show to their users, letter by letter. */
export const refusals = {
  'missing-field': 'No id, token, or key supplied to websocket server',
  'invalid-key': 'Invalid key provided',
  'invalid-id': 'Invalid id or token provided',
  'full': 'Server has reached its concurrent user limit',
  'id-taken': 'ID is taken',
} as const;
export type Refusal = keyof typeof refusals;

const types: ReadonlyMap<string, SignalType> = new Map(
  (
    ['OPEN', 'ERROR', 'ID-TAKEN', 'HEARTBEAT', 'OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE'] as const
  ).map((type) => [type, type]),
);
const utf8 = new TextDecoder('utf-8', { fatal: true });
const no = (reason: SignalReason): ParsedSignal => ({ ok: false, reason });

/** Reads one frame, text or binary alike, as PeerServer does. Never throws, whatever a stranger sends. */
export function parseSignal(frame: string | Uint8Array): ParsedSignal {
  if (frame.length > maxSignalBytes) return no('too-large');
  const text = typeof frame === 'string' ? frame : decode(frame);
  if (text === undefined) return no('not-utf8');
  const layout = survey(text);
  if (!layout) return no('too-deep');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no('not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return no('not-object');
  const type = 'type' in value && typeof value.type === 'string' ? types.get(value.type) : undefined;
  if (type === undefined) return no('unknown-type');
  // PeerServer takes every falsy dst for "nobody"; of those, null and "" are what clients really send.
  const dst = 'dst' in value && value.dst !== null && value.dst !== '' ? value.dst : undefined;
  if (dst !== undefined && (typeof dst !== 'string' || dst.length > maxIdLength)) return no('bad-dst');
  const payload = !('payload' in value)
    ? undefined
    : layout.isPlain
      ? text.slice(layout.payloadStart, layout.payloadEnd)
      : JSON.stringify(value.payload);
  return { ok: true, value: { type, dst, payload } };
}

/**
 * The relayed frame: exactly `type`, `src`, `dst` and, where the sender gave one, `payload`. The payload is most of a frame, and
 * is put in as the text it came as: it is known to be JSON, and nothing is gained by writing it anew.
 */
export function relayFrame({ type, dst, payload }: Signal, src: string): string {
  const to = dst === undefined ? '' : `,"dst":${JSON.stringify(dst)}`;
  const rest = payload === undefined ? '' : `,"payload":${payload}`;
  return `{"type":"${type}","src":${JSON.stringify(src)}${to}${rest}}`;
}

/** Tells a socket that its id is registered. Always the first frame. */
export const openFrame = '{"type":"OPEN"}';

/** Tells `sender` that nobody came for what it sent to `missing`. */
export function expireFrame(missing: string, sender: string): string {
  return JSON.stringify({ type: 'EXPIRE', src: missing, dst: sender });
}

/** Tells a socket why it is turned away. */
export function refusalFrame(refusal: Refusal): string {
  return JSON.stringify({
    type: refusal === 'id-taken' ? 'ID-TAKEN' : 'ERROR',
    payload: { msg: refusals[refusal] },
  });
}

/** Whether an id or token may be registered: 1 to `maxIdLength` characters, no control characters or line separators. */
export function isAllowedId(id: string): boolean {
  return id.length > 0 && id.length <= maxIdLength && !/[\p{Cc}\u2028\u2029]/u.test(id);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the payload stands in a frame. True of valid JSON only; of anything else it is never asked. */
interface Layout {
  readonly payloadStart: number;
  readonly payloadEnd: number;
  /** Whether there is one `payload`, and no key is written so that it might be another one in disguise. */
  readonly isPlain: boolean;
}

/** Walks over a frame once, strings at a leap; undefined when it nests too deep. */
function survey(text: string): Layout | undefined {
  let [depth, payloadStart, payloadEnd] = [0, -1, -1];
  let [isKeyNext, isPayload, isPlain] = [false, false, true];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: {
        const end = endOfString(text, at);
        if (depth === 1 && isKeyNext) {
          const key = text.slice(at + 1, end);
          isKeyNext = false;
          isPayload = key === 'payload';
          if (key.includes('\\') || (isPayload && payloadStart !== -1)) isPlain = false;
        }
        at = end;
        break;
      }
      case 0x3a: // :
        if (depth === 1 && isPayload) payloadStart = at + 1;
        break;
      case 0x2c: // ,
        if (depth !== 1) break;
        if (isPayload) payloadEnd = at;
        [isKeyNext, isPayload] = [true, false];
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxSignalDepth) return undefined;
        if (depth === 1) isKeyNext = true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (depth-- === 1 && isPayload) payloadEnd = at;
        break;
    }
  }
  return { payloadStart, payloadEnd, isPlain };
}

/** Index of the quote that ends the string begun at `start`, or of the text's end. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === 0x5c) first--;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}
