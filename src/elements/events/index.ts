// takes the event files, gives their table of contents.

export * from './call-events.ts';
export { emit } from './emit.ts';
export * from './file-events.ts';
export * from './message-events.ts';
export { ReformsEvent } from './reforms-event.ts';
export * from './room-events.ts';
