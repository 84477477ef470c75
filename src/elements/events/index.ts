// takes the event files, gives their table of contents.

export * from './call-events.ts';
export { emit } from './emit.ts';
export { ReformsEvent } from './reforms-event.ts';
export * from './room-events.ts';
