// takes samples, gives medians, ratios and the table that people read.

export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly number[];
}

export interface Goal {
  readonly name: string;
  /** Ratios, one a round: both figures come from the same round. */
  readonly ratios: readonly number[];
  readonly bound: number;
  /** `most`: the ratio shall not be above the bound; `least`: not below. */
  readonly sense: 'most' | 'least';
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

export const ratios = (above: readonly number[], below: readonly number[]): number[] =>
  above.map((value, round) => value / (below[round] ?? Number.NaN));

export const isMet = ({ ratios: values, bound, sense }: Goal): boolean =>
  sense === 'most' ? median(values) <= bound : median(values) >= bound;

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export function table(rows: readonly Row[], goals: readonly Goal[]): string {
  const lines = [
    ['figure', 'median', 'least', 'most', 'runs'],
    ...rows.map(({ name, unit, samples }) => [
      `${name} (${unit})`,
      figure(median(samples)),
      figure(Math.min(...samples)),
      figure(Math.max(...samples)),
      String(samples.length),
    ]),
    ...goals.map((goal) => [
      `${goal.name} (goal ${goal.sense === 'most' ? '≤' : '≥'} ${goal.bound}: ${isMet(goal) ? 'met' : 'MISSED'})`,
      `${figure(median(goal.ratios))}×`,
      `${figure(Math.min(...goal.ratios))}×`,
      `${figure(Math.max(...goal.ratios))}×`,
      String(goal.ratios.length),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
