// takes what a person dropped, pasted or picked and what the page allows, gives the files to send and what was left out.

export interface IntakeRules {
  /** As `accept` of a file input: `.pdf, image/*, text/plain`; empty: everything. */
  readonly accept: string;
  readonly multiple: boolean;
  /** Megabytes of 1,000,000 bytes; undefined: no limit. */
  readonly maxSizeMb: number | undefined;
}

export type LeftOutReason = 'folder' | 'too-many' | 'one-only' | 'type' | 'size';

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** Name of the first of them; empty for folders and where nothing of the whole was taken. */
  readonly name: string;
}

export interface Intake<F extends FileLike = FileLike> {
  readonly files: readonly F[];
  readonly leftOut: readonly LeftOut[];
}

export interface FileLike {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Files in one gesture. Whoever drops a whole disk by accident has sent nothing. */
export const maxFilesAtOnce = 50;

const bytesPerMb = 1_000_000;

/** A gesture with too many files is refused whole: which of them were meant is not ours to guess. */
export function takeIn<F extends FileLike>(
  candidates: readonly F[],
  folders: number,
  rules: IntakeRules,
): Intake<F> {
  const leftOut: LeftOut[] = [];
  if (folders > 0) leftOut.push({ reason: 'folder', count: folders, name: '' });
  if (!rules.multiple && candidates.length > 1)
    return { files: [], leftOut: [...leftOut, { reason: 'one-only', count: candidates.length, name: '' }] };
  if (candidates.length > maxFilesAtOnce)
    return { files: [], leftOut: [...leftOut, { reason: 'too-many', count: candidates.length, name: '' }] };
  const wrongType = candidates.filter((file) => !matches(file, rules.accept));
  const fitting = candidates.filter((file) => matches(file, rules.accept));
  const tooLarge = fitting.filter((file) => !fits(file, rules.maxSizeMb));
  for (const [reason, files] of [
    ['type', wrongType],
    ['size', tooLarge],
  ] as const)
    if (files[0] !== undefined) leftOut.push({ reason, count: files.length, name: files[0].name });
  return { files: fitting.filter((file) => fits(file, rules.maxSizeMb)), leftOut };
}

/** Whether one file is allowed by itself; for what others offer. */
export function isAllowed(file: FileLike, rules: Pick<IntakeRules, 'accept' | 'maxSizeMb'>): boolean {
  return matches(file, rules.accept) && fits(file, rules.maxSizeMb);
}

function fits(file: FileLike, maxSizeMb: number | undefined): boolean {
  return maxSizeMb === undefined || !(maxSizeMb > 0) || file.size <= maxSizeMb * bytesPerMb;
}

/** HTML, "accept" of `input type=file`: extensions with a dot, MIME types, and `audio/*`, `video/*`, `image/*`. */
function matches({ name, type }: FileLike, accept: string): boolean {
  const tokens = accept
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
  if (tokens.length === 0) return true;
  const lowerName = name.toLowerCase();
  const mime = type.toLowerCase().split(';')[0]?.trim() ?? '';
  return tokens.some((token) => {
    if (token === '*' || token === '*/*') return true;
    if (token.startsWith('.')) return lowerName.endsWith(token);
    if (token.endsWith('/*')) return mime.startsWith(token.slice(0, -1));
    return mime === token;
  });
}
