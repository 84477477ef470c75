// takes the elements, gives what `import … from 'reforms'` offers. It registers nothing: `reforms/define` does.

export { SessionController, SessionDoor, setDefaultServer } from './controllers/index.ts';
export {
  ReformsError,
  createSession,
  encodeRoomFragment,
  newRoomSecret,
  parseRoomFragment,
  type ChatMessage,
  type CredentialIssuer,
  type ErrorCode,
  type Fact,
  type IdentityMode,
  type Intent,
  type MediaDevice,
  type Participant,
  type Protection,
  type Requirement,
  type Session,
  type SessionConfig,
  type SessionStatus,
  type Snapshot,
  type Transfer,
} from './core.ts';
export { ReformsElement, RoomElement } from './elements/base/index.ts';
export { ReformsCall } from './elements/call/call.ts';
export { ReformsChat } from './elements/chat/chat.ts';
export { ReformsControls } from './elements/controls/controls.ts';
export { ReformsDevicePicker } from './elements/device-picker/device-picker.ts';
export * from './elements/events/index.ts';
export { ReformsFileDrop } from './elements/file-drop/file-drop.ts';
export { ReformsInvite } from './elements/invite/invite.ts';
export { ReformsParticipants } from './elements/participants/participants.ts';
export { ReformsPrejoin } from './elements/prejoin/prejoin.ts';
export { ReformsRoom } from './elements/room/room.ts';
export { ReformsTile } from './elements/tile/tile.ts';
export { ReformsVerify } from './elements/verify/verify.ts';
export type { Words } from './locales/index.ts';
