// takes frames of one pair, gives those that may pass: content waits until the person is admitted.

import type { Frame } from '../../protocol/frame.ts';

export interface ContentGate {
  readonly admitted: boolean;
  /** A frame of ours as it may go out now; undefined: not at all. What is not content always may. */
  outgoing(frame: Frame): Frame | undefined;
  /** A frame of theirs: passed on at once, or kept until they are admitted. False where too much waits. */
  take(frame: Frame): boolean;
  admit(): void;
  /** They turned out to be someone else than we thought: nothing passes until they are admitted again. */
  hold(): void;
}

/** Frames of one person that wait for our judgement. */
const maxWaiting = 256;

const isContent = ({ kind }: Frame): boolean =>
  kind === 'message' || kind === 'receipt' || kind.startsWith('file-');

/** Who gets neither sound nor picture is not told that there are any. */
const veiled = (frame: Frame): Frame =>
  frame.kind === 'profile' ? { ...frame, audio: false, video: false } : frame;

export function createContentGate(initially: boolean, deliver: (frame: Frame) => void): ContentGate {
  let admitted = initially;
  const waiting: Frame[] = [];
  return {
    get admitted() {
      return admitted;
    },
    outgoing: (frame) => (admitted ? frame : isContent(frame) ? undefined : veiled(frame)),
    take: (frame) => {
      if (admitted || !isContent(frame)) deliver(frame);
      else if (waiting.length >= maxWaiting) return false;
      else waiting.push(frame);
      return true;
    },
    admit: () => {
      admitted = true;
      for (const frame of waiting.splice(0)) deliver(frame);
    },
    hold: () => {
      admitted = false;
    },
  };
}
