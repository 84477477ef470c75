// takes a code, gives the one error class of the kit. Words for a code live in `locales/`.

/** Codes of signaling, as PeerJS names them (peerjs `PeerErrorType`). */
export type SignalingCode =
  | 'browser-incompatible'
  | 'disconnected'
  | 'invalid-id'
  | 'invalid-key'
  | 'network'
  | 'peer-unavailable'
  | 'ssl-unavailable'
  | 'server-error'
  | 'socket-error'
  | 'socket-closed'
  | 'unavailable-id'
  | 'webrtc';

/** Codes of cameras and microphones. */
export type DeviceCode =
  'cam-in-use' | 'mic-in-use' | 'permissions' | 'not-found' | 'constraints' | 'undefined-mediadevices';

/** Codes of the room and its policy. */
export type RoomCode =
  | 'no-server'
  | 'no-room'
  | 'invalid-secret'
  | 'room-full'
  | 'not-admitted'
  | 'ejected'
  | 'turn-unreachable'
  | 'e2ee-failed'
  | 'verification-mismatch';

/** Codes of the cryptographic layer (`trust.md` §9). */
export type TrustCode =
  | 'version'
  | 'wasm-blocked'
  | 'decrypt'
  | 'signature'
  | 'sas-commit'
  | 'prologue'
  | 'fingerprint-count'
  | 'fingerprint-mismatch'
  | 'fingerprint-changed'
  | 'confirm'
  | 'timeout'
  | 'key-changed'
  | 'policy'
  | 'replay'
  | 'skip-limit'
  | 'prekey'
  | 'store'
  | 'file-commit'
  | 'file-chunk'
  | 'file-truncated'
  | 'file-hash'
  | 'credential';

/** Codes of what a person or a page asked for and cannot have, and of frames from a peer that make no sense. */
export type UseCode =
  | 'bad-frame'
  | 'frame-too-large'
  | 'message-empty'
  | 'message-too-big'
  | 'not-joined'
  | 'unknown-transfer'
  | 'file-too-large'
  | 'file-changed'
  | 'file-rejected'
  | 'file-cancelled'
  | 'file-unwritable'
  | 'peer-gone'
  | 'internal';

export type ErrorCode = SignalingCode | DeviceCode | RoomCode | TrustCode | UseCode;

/**
 * The one error of the kit. `code` is stable and documented, `message` repeats it for consoles and says nothing about
 * people; sentences for people are in `locales/`.
 */
export class ReformsError extends Error {
  readonly code: ErrorCode;
  override readonly name = 'ReformsError';

  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }

  /** Narrows an unknown value to a `ReformsError`, optionally of one code. */
  static is(value: unknown, code?: ErrorCode): value is ReformsError {
    return value instanceof ReformsError && (code === undefined || value.code === code);
  }
}

/** What a parser or an opener gives: a value, or the reason why there is none. Nothing is cast, nothing thrown. */
export type Result<T, Reason extends string = ErrorCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const no = <Reason extends string>(
  reason: Reason,
): { readonly ok: false; readonly reason: Reason } => ({
  ok: false,
  reason,
});
