/** What a check found out, for programs. */
import type { Report } from "../check.ts";
import type { Finding } from "../promise.ts";
import { redacted, shownOf } from "../redact.ts";
import type { Target } from "../target.ts";
import { countsOf } from "./text.ts";

export function reportJson(report: Report): string {
  const { target, judged, requests, durationMs } = report;
  const promises = judged.map(({ promise: { id, group, says }, finding }) => ({
    ...{ id, group, says, verdict: finding.kind },
    ...detailsOf(target, finding),
  }));
  const { title } = target.api.wire.about;
  const whole = {
    api: title,
    ...countsOf(report),
    requests,
    durationMs: Math.round(durationMs),
    promises,
  };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

function detailsOf(target: Target, finding: Finding): object {
  switch (finding.kind) {
    case "kept":
      return { answers: finding.answers };
    case "not_provoked":
      return { needs: finding.needs };
    case "broken":
      return {
        faults: finding.faults.map(({ exchange, expected, found }) => ({
          expected: redacted(target, expected),
          found: redacted(target, found),
          ...(exchange && shownOf(target, exchange)),
        })),
      };
  }
}
