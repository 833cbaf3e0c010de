import { describe, expect, it } from 'vitest';
import { add, closingLine, countCheck, countPlaywright, countVitest } from './counts.mjs';

const file = (status, tests) => ({ status, assertionResults: Array.from({ length: tests }, () => ({})) });

describe('countVitest', () => {
  it('takes the runner’s figures', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, testResults: [file('failed', 9)] };
    expect(countVitest(report, false)).toEqual({ passed: 7, failed: 2 });
  });

  it('counts a file that does not load', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [file('failed', 0), file('passed', 3)] };
    expect(countVitest(report, false)).toEqual({ passed: 3, failed: 1 });
  });

  it('counts an error outside of all tests', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 3)] };
    expect(countVitest(report, false)).toEqual({ passed: 3, failed: 1 });
  });

  it('counts a runner that left no report', () => expect(countVitest(null, true)).toEqual({ passed: 0, failed: 1 }));
});

describe('countPlaywright', () => {
  it('counts a test that needed two tries as passed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(countPlaywright(report, false)).toEqual({ passed: 6, failed: 1 });
  });

  it('counts a set-up that failed before any test', () => {
    const report = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } };
    expect(countPlaywright(report, false)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('the closing line', () => {
  it('adds all up', () => {
    const all = [countCheck(true), countCheck(false), { passed: 40, failed: 0 }].reduce(add);
    expect(closingLine(all)).toBe('41 passed, 1 failed');
  });
});
