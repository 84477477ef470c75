// takes bytes, bytes a second and seconds, gives them as people of a language write them.

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as phones and macOS count: `1.4 MB` is 1,400,000 bytes. */
export function formatSize(bytes: number, language: string): string {
  const power = Math.min(exponentOf(bytes), sizeUnits.length - 1);
  const unit = sizeUnits[power] ?? 'byte';
  return unitFormat(unit, language, power === 0 ? 'long' : 'short', bytes / 1000 ** power);
}

export function formatSpeed(bytesPerSecond: number, language: string): string {
  const power = Math.min(Math.max(exponentOf(bytesPerSecond), 1), sizeUnits.length - 1);
  const unit = sizeUnits[power] ?? 'kilobyte';
  return unitFormat(`${unit}-per-second`, language, 'short', bytesPerSecond / 1000 ** power);
}

/** Rounded as people speak: seconds in fives above ten, then minutes, then hours. */
export function formatTimeLeft(seconds: number, language: string): string {
  if (seconds >= 5_400) return unitFormat('hour', language, 'long', Math.round(seconds / 3_600));
  if (seconds >= 55) return unitFormat('minute', language, 'long', Math.max(1, Math.round(seconds / 60)));
  const rounded = seconds > 10 ? Math.ceil(seconds / 5) * 5 : Math.max(1, Math.ceil(seconds));
  return unitFormat('second', language, 'long', rounded);
}

/** Whole percents; 100 % only when it is true. `share` from 0 to 1. */
export function formatPercent(share: number, language: string): string {
  const whole = Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(whole);
}

function exponentOf(bytes: number): number {
  let power = 0;
  // 999.5 kB would be shown as 1,000 kB.
  for (let rest = bytes; rest >= 999.5; rest /= 1000) power += 1;
  return power;
}

function unitFormat(unit: string, language: string, unitDisplay: 'short' | 'long', value: number): string {
  const maximumFractionDigits = value < 10 && !['byte', 'second', 'minute', 'hour'].includes(unit) ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(
    value,
  );
}
