// takes what a test runner has written, gives how many tests passed, failed and were skipped.
import { existsSync, readFileSync } from 'node:fs';

const nothing = { passed: 0, failed: 1, skipped: 0 };

/** A runner that ends badly without naming a failed test has failed all the same. */
const withExitCode = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

/** node:test's TAP: the summary at its end. */
export const countTap = (path, exitCode) => {
  if (!existsSync(path)) return nothing;
  const text = readFileSync(path, 'utf8');
  const number = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const passed = number('pass');
  if (Number.isNaN(passed)) return nothing;
  return withExitCode(
    { passed, failed: number('fail') + number('cancelled'), skipped: number('skipped') + number('todo') },
    exitCode,
  );
};

/** The JSON of our own reporter for web-test-runner, see test/config/wtr-report.mjs. */
export const countWtr = (path, exitCode) =>
  existsSync(path) ? withExitCode(JSON.parse(readFileSync(path, 'utf8')), exitCode) : nothing;

/** Playwright's JSON. A test that passed only when repeated has failed. */
export const countPlaywright = (path, exitCode) => {
  if (!existsSync(path)) return nothing;
  const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
  const failed = stats.unexpected + stats.flaky + errors.length;
  return withExitCode({ passed: stats.expected, failed, skipped: stats.skipped }, exitCode);
};

/** A check that is one test. */
export const countCheck = (exitCode) =>
  exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
