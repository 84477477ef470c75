// takes an element and an event, gives the event to the page.

/** Fires `event` from `target`. False where it was cancelable and someone refused. */
export const emit = (target: EventTarget, event: Event): boolean => target.dispatchEvent(event);
