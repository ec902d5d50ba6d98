/** What a check found out, for people: what is broken first in each group, with request, answer and what was expected. */
import type { Report } from "../check.ts";
import type { Fault, Finding, Judged } from "../promise.ts";
import { redacted, shownOf } from "../redact.ts";
import type { Target } from "../target.ts";

export interface Style {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}

export const plainStyle: Style = { good: (t) => t, bad: (t) => t, faint: (t) => t };

/** More of a kind say nothing new. */
const FAULTS_SHOWN_MAX = 2;

export interface Counts {
  readonly kept: number;
  readonly broken: number;
  readonly notProvoked: number;
}

export function countsOf({ judged }: Report): Counts {
  const count = (kind: Finding["kind"]) =>
    judged.filter(({ finding }) => finding.kind === kind).length;
  return { kept: count("kept"), broken: count("broken"), notProvoked: count("not_provoked") };
}

export function reportText(report: Report, style: Style = plainStyle): string {
  const lines: string[] = [];
  let group = "";
  for (const one of report.judged) {
    if (one.promise.group !== group) {
      group = one.promise.group;
      lines.push("", group);
    }
    lines.push(...linesOf(report.target, one, style));
  }
  return `${lines.slice(1).join("\n")}\n\n${summaryOf(report, style)}\n`;
}

function linesOf(target: Target, { promise, finding }: Judged, style: Style): readonly string[] {
  const { id, says } = promise;
  switch (finding.kind) {
    case "kept":
      return [`  ${style.good("✓")} ${says} ${style.faint(`${id}, ${answers(finding.answers)}`)}`];
    case "not_provoked":
      return [`  ${style.faint("-")} ${says} ${style.faint(id)}`, `      needs ${finding.needs}`];
    case "broken": {
      const shown = finding.faults.slice(0, FAULTS_SHOWN_MAX);
      const more = finding.faults.length - shown.length;
      return [
        `  ${style.bad("✗")} ${says} ${style.faint(id)}`,
        ...shown.flatMap((fault) => faultLines(target, fault)),
        ...(more > 0 ? [`      and ${more} more like ${more === 1 ? "it" : "them"}`] : []),
      ];
    }
  }
}

export function faultLines(
  target: Target,
  { exchange, expected, found }: Fault,
): readonly string[] {
  const said = [`expected  ${expected}`, `found     ${found}`];
  const lines = said.map((line) => redacted(target, line));
  if (exchange !== undefined) {
    const { request, answer } = shownOf(target, exchange);
    lines.push(...request.map((line) => `> ${line}`), ...answer.map((line) => `< ${line}`));
  }
  return lines.map((line) => `      ${line}`);
}

function summaryOf(report: Report, style: Style): string {
  const { kept, broken, notProvoked } = countsOf(report);
  const seconds = (report.durationMs / 1_000).toFixed(1);
  const parts = [
    style.good(`${kept} kept`),
    broken === 0 ? "0 broken" : style.bad(`${broken} broken`),
    `${notProvoked} not provoked`,
  ];
  return `${parts.join(", ")} (${report.requests} requests in ${seconds} s)`;
}

function answers(count: number): string {
  return `${count} answer${count === 1 ? "" : "s"}`;
}
