// takes the sessions of web-test-runner, gives their sum as a file that `npm test` can add up.
import { writeFileSync } from 'node:fs';

const count = ({ tests, suites }, sum) => {
  for (const { passed, skipped } of tests) sum[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  for (const suite of suites) count(suite, sum);
};

/** A reporter that writes `{ passed, failed, skipped }`; a file that could not run at all has failed once. */
export const countReporter = (path) => ({
  onTestRunFinished({ sessions }) {
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const { testResults, passed } of sessions) {
      const own = { passed: 0, failed: 0, skipped: 0 };
      if (testResults) count(testResults, own);
      if (!passed && own.failed === 0) own.failed = 1;
      for (const key of Object.keys(sum)) sum[key] += own[key];
    }
    writeFileSync(path, JSON.stringify(sum));
  },
});
