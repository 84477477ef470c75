// takes moments, gives them as people of a language write them.

export interface Times {
  /** 14:05 */
  time(at: number): string;
  /** Tuesday, 10 March 2026, 14:05 */
  full(at: number): string;
  /** Today, Yesterday, else the weekday and date; the year where it is not this one. */
  day(at: number, now: number, words: { readonly today: string; readonly yesterday: string }): string;
}

/** Formatters are dear to make and cheap to use. */
export function timesIn(language: string): Times {
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  const thisYear = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const otherYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' });
  return {
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    day: (at, now, { today, yesterday }) => {
      const then = new Date(at);
      const day = new Date(now);
      if (then.toDateString() === day.toDateString()) return today;
      const year = day.getFullYear();
      day.setDate(day.getDate() - 1);
      if (then.toDateString() === day.toDateString()) return yesterday;
      return (then.getFullYear() === year ? thisYear : otherYear).format(then);
    },
  };
}
