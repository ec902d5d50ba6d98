/** What a check found out, as JUnit XML: a suite a group, a case a promise; not provoked is skipped. */
import type { Report } from "../check.ts";
import type { Judged } from "../promise.ts";
import type { Target } from "../target.ts";
import { faultLines } from "./text.ts";

export function reportJunit({ target, judged, durationMs }: Report): string {
  const groups = Map.groupBy(judged, ({ promise }) => promise.group);
  const suites = [...groups].map(([group, all]) => {
    const failures = all.filter(({ finding }) => finding.kind === "broken").length;
    const skipped = all.filter(({ finding }) => finding.kind === "not_provoked").length;
    const counts = `tests="${all.length}" failures="${failures}" skipped="${skipped}"`;
    const cases = all.map((one) => caseOf(target, one)).join("");
    return `  <testsuite name="${escaped(group)}" ${counts}>\n${cases}  </testsuite>\n`;
  });
  const title = escaped(target.api.wire.about.title);
  const seconds = (durationMs / 1_000).toFixed(3);
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${title}" time="${seconds}">\n`;
  return `${head}${suites.join("")}</testsuites>\n`;
}

function caseOf(target: Target, { promise, finding }: Judged): string {
  const head = `    <testcase classname="${escaped(promise.id)}" name="${escaped(promise.says)}"`;
  switch (finding.kind) {
    case "kept":
      return `${head}/>\n`;
    case "not_provoked":
      return `${head}><skipped message="${escaped(`needs ${finding.needs}`)}"/></testcase>\n`;
    case "broken": {
      const [first] = finding.faults;
      const message = escaped(`expected ${first?.expected}, found ${first?.found}`);
      const text = finding.faults
        .slice(0, 5)
        .flatMap((fault) => faultLines(target, fault))
        .join("\n");
      return `${head}><failure message="${message}">${escaped(text)}</failure></testcase>\n`;
    }
  }
}

/** XML 1.0 §2.2 has no other control characters. */
function escaped(text: string): string {
  const legal = text.replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, "?");
  return legal
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
