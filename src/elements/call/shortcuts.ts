// takes a key press inside a call, gives what it stands for.

export type Shortcut = 'microphone' | 'camera';

const keys: Readonly<Record<string, Shortcut>> = { m: 'microphone', v: 'camera' };

/** Nothing while someone writes or chooses, with a modifier (those are the browser's), or while the key is held down. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
    return undefined;
  const [target] = event.composedPath();
  if (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
    return undefined;
  return keys[event.key.toLowerCase()];
}
