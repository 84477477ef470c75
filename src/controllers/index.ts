// takes the controllers, gives their table of contents.

export { Announcer } from './announcer.ts';
export { defaultServer, setDefaultServer } from './default-server.ts';
export { inviteLink } from './invite-link.ts';
export { Localize } from './localize.ts';
export type { RoomAttributes } from './room-plan.ts';
export type { Entrance } from './session-context.ts';
export { SessionController } from './session-controller.ts';
export { SessionDoor, type DoorHost } from './session-door.ts';
export { emojiAt } from './sas.ts';
