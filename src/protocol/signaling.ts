// takes a frame of the signaling socket, gives a Signal or the reason why there is none; and the frames a server sends.

/** Every `type` a PeerJS 1.x server or client puts on the socket. Case matters. */
export type SignalType =
  'OPEN' | 'ERROR' | 'ID-TAKEN' | 'HEARTBEAT' | 'OFFER' | 'ANSWER' | 'CANDIDATE' | 'LEAVE' | 'EXPIRE';

/** One message of the signaling socket. `src` is no part of it: only the server knows, and stamps, who sent it. */
export interface Signal {
  readonly type: SignalType;
  /** Id of the addressee, 1 to `maxIdLength` characters; undefined when the frame names nobody. */
  readonly dst: string | undefined;
  /** Any JSON, passed on as it came; undefined when the frame has none. */
  readonly payload: unknown;
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
  if (isTooDeep(text)) return no('too-deep');
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
  return { ok: true, value: { type, dst, payload: 'payload' in value ? value.payload : undefined } };
}

/** The relayed frame: exactly `type`, `src`, `dst` and, where the sender gave one, `payload`. */
export function relayFrame(signal: Signal, src: string): string {
  return JSON.stringify({ type: signal.type, src, dst: signal.dst, payload: signal.payload });
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

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxSignalDepth) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
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
