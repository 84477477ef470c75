// takes nothing, gives the list of what can have happened. Past tense; `reduce` answers each, elements tell the page of some.

import type { DeviceCode, ErrorCode } from '../errors.ts';
import type {
  ChatMessage,
  Held,
  MediaDevice,
  Participant,
  SessionStatus,
  StreamHandle,
  Transfer,
} from './snapshot.ts';

export type DeviceKind = 'microphone' | 'camera';

export type Fact =
  | { readonly kind: 'join-started' }
  /** In the room, by the server's word and our own id. */
  | { readonly kind: 'room-joined'; readonly id: string }
  | { readonly kind: 'room-left' }
  | { readonly kind: 'server-lost' }
  | { readonly kind: 'server-restored' }
  /** Fatal ends the session; otherwise something was refused and everything goes on. `from`: the person whose doing it was. */
  | {
      readonly kind: 'error-raised';
      readonly code: ErrorCode;
      readonly fatal: boolean;
      readonly from: string | undefined;
    }
  | { readonly kind: 'status-changed'; readonly status: SessionStatus }
  | { readonly kind: 'name-changed'; readonly name: string }
  /** A pair became SECURE and the person said who they are. Replaces an earlier link of the same identity. */
  | { readonly kind: 'participant-joined'; readonly participant: Participant }
  | {
      readonly kind: 'participant-updated';
      readonly id: string;
      readonly name: string;
      readonly audio: boolean;
      readonly video: boolean;
      /** Why nothing flows any more, where the new name is the cause. */
      readonly held?: Held;
    }
  /** The emoji were compared and match; what was held back may flow, unless `held` says why it still may not. */
  | { readonly kind: 'participant-verified'; readonly id: string; readonly held?: Held }
  /** Somebody came under a known name with another key; `wasVerified`: the key known before had been verified. */
  | {
      readonly kind: 'identity-changed';
      readonly id: string;
      readonly name: string;
      readonly wasVerified: boolean;
    }
  | { readonly kind: 'participant-left'; readonly id: string; readonly reason: 'left' | 'lost' | 'mismatch' }
  | { readonly kind: 'link-interrupted'; readonly id: string }
  | { readonly kind: 'link-restored'; readonly id: string }
  | { readonly kind: 'device-wanted'; readonly device: DeviceKind; readonly enabled: boolean }
  | { readonly kind: 'device-opening'; readonly device: DeviceKind }
  | {
      readonly kind: 'device-opened';
      readonly device: DeviceKind;
      readonly deviceId: string;
      readonly label: string;
    }
  | { readonly kind: 'device-closed'; readonly device: DeviceKind }
  | { readonly kind: 'device-refused'; readonly device: DeviceKind; readonly code: DeviceCode }
  | { readonly kind: 'preview-changed'; readonly stream: StreamHandle | undefined }
  | { readonly kind: 'devices-listed'; readonly devices: readonly MediaDevice[] }
  | { readonly kind: 'message-sent'; readonly message: ChatMessage }
  /** A waiting message went out to someone who came. */
  | { readonly kind: 'message-forwarded'; readonly id: string; readonly to: readonly string[] }
  | { readonly kind: 'message-received'; readonly message: ChatMessage }
  | { readonly kind: 'messages-delivered'; readonly by: string; readonly ids: readonly string[] }
  | { readonly kind: 'file-offered'; readonly transfer: Transfer }
  | { readonly kind: 'file-started'; readonly id: string }
  | {
      readonly kind: 'file-progressed';
      readonly id: string;
      readonly bytes: number;
      readonly bytesPerSecond: number;
    }
  | {
      readonly kind: 'file-completed';
      readonly id: string;
      readonly savedBy: 'picker' | 'download' | undefined;
    }
  | { readonly kind: 'file-rejected'; readonly id: string }
  | { readonly kind: 'file-cancelled'; readonly id: string; readonly by: 'self' | 'peer' }
  | { readonly kind: 'file-failed'; readonly id: string; readonly code: ErrorCode };
