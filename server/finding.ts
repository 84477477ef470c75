// takes what a look at a server has shown, gives it as a line for a person.

export interface Finding {
  readonly verdict: 'good' | 'bad' | 'absent';
  readonly what: string;
  /** What to do about it; for what is bad. */
  readonly mend?: string;
}

export const good = (what: string): Finding => ({ verdict: 'good', what });
export const bad = (what: string, mend: string): Finding => ({ verdict: 'bad', what, mend });
export const absent = (what: string): Finding => ({ verdict: 'absent', what });

const signs = { good: 'ok ', bad: 'BAD', absent: ' - ' } as const;

/** A finding as it is printed. */
export function lineOf({ verdict, what, mend }: Finding): string {
  return `${signs[verdict]} ${what}${mend === undefined ? '' : `\n      ${mend}`}`;
}
