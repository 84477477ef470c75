// takes the base classes, gives their table of contents.

export { ReformsElement } from './reforms-element.ts';
export { RoomElement } from './room-element.ts';
