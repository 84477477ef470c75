// takes the controllers, gives their table of contents.

export { Announcer } from './announcer.ts';
export { Arrival } from './arrival.ts';
export { defaultServer, setDefaultServer } from './default-server.ts';
export { forgetEveryone } from './entering.ts';
export { inviteLink } from './invite-link.ts';
export { Localize } from './localize.ts';
export { isolate, isolatedLabel, labelOf, type Named } from './names.ts';
export { Playback } from './playback.ts';
export type { RoomAttributes } from './room-plan.ts';
export { RovingFocus } from './roving-focus.ts';
export type { Entrance } from './session-context.ts';
export { SessionController } from './session-controller.ts';
export { SessionDoor, type DoorHost } from './session-door.ts';
export { emojiAt } from './sas.ts';
export { Size } from './size.ts';
