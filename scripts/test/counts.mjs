/** How many tests passed and failed, from the reports of the runners. Pure. */

const ONE_FAILED = { passed: 0, failed: 1 };

/** A check that either holds or not: types, lint, format, build. */
export const countCheck = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/**
 * Vitest's JSON report. A file that could not even be loaded counts as one failed test; no report, or none that
 * failed though the runner did, counts as one too.
 *
 * @param report the parsed report, or null when there is none
 * @param ok whether the runner ended with exit code 0
 */
export function countVitest(report, ok) {
  if (!report) return ONE_FAILED;
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const counts = { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
  return withRunnerFailure(counts, ok);
}

/** Playwright's JSON report; a test that passed at its second try has passed, and its list says so (“flaky”). */
export function countPlaywright(report, ok) {
  if (!report) return ONE_FAILED;
  const { expected, unexpected, flaky } = report.stats;
  return withRunnerFailure({ passed: expected + flaky, failed: unexpected }, ok);
}

/** The line that ends a run. */
export const closingLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

function withRunnerFailure(counts, ok) {
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
