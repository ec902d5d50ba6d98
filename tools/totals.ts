// The last line of `.ci/run`: `N passed, N failed`, from the reports of the tests and the check.
// A report that is missing, or a run that failed though no test did, counts as one failure.

import { readFileSync } from "node:fs";

interface TestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

interface CheckReport {
  readonly passed: number;
  readonly failed: number;
}

const [testPath, checkPath, ...exitCodes] = process.argv.slice(2);

const tests = read<TestReport>(testPath);
const check = read<CheckReport>(checkPath);
const passed = (tests?.numPassedTests ?? 0) + (check?.passed ?? 0);
const counted = (tests === undefined ? 1 : failedTests(tests)) + (check?.failed ?? 1);
const someCommandFailed = exitCodes.some((code) => code !== "0");
const failed = counted === 0 && someCommandFailed ? 1 : counted;

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Failed tests, and files that failed before any of their tests could run. */
function failedTests(report: TestReport): number {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const counted = report.numFailedTests + brokenFiles;
  return counted === 0 && !report.success ? 1 : counted;
}

function read<Report>(path: string | undefined): Report | undefined {
  try {
    return JSON.parse(readFileSync(path ?? "", "utf8")) as Report;
  } catch {
    return undefined;
  }
}
