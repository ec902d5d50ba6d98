/** Everything that changed between two contracts, the worst first. */
import { type Change, SEVERITIES } from "./change.ts";
import { codeChanges } from "./code-changes.ts";
import { frameChanges } from "./frame-changes.ts";
import { limitChanges } from "./limit-changes.ts";
import { operationChanges } from "./operation-changes.ts";
import type { ContractSummary } from "./summary.ts";

export function changesBetween(old: ContractSummary, now: ContractSummary): readonly Change[] {
  const all = [
    ...frameChanges(old, now),
    ...codeChanges(old.codes, now.codes),
    ...operationChanges(old.operations, now.operations),
    ...limitChanges(old.limits, now.limits),
  ];
  return all.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

export function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return "Nothing changed for callers.\n";
  const lines = SEVERITIES.flatMap((severity) => {
    const some = changes.filter((change) => change.severity === severity);
    if (some.length === 0) return [];
    const heading = severity.charAt(0).toUpperCase() + severity.slice(1);
    return [
      `${heading}:`,
      ...some.flatMap(({ at, what, advice }) => [
        `  ${at}: ${what}`,
        ...(severity === "fine" ? [] : [`    → ${advice}`]),
      ]),
      "",
    ];
  });
  const count = (severity: string) => changes.filter((one) => one.severity === severity).length;
  return `${lines.join("\n")}\n${count("breaking")} breaking, ${count("careful")} to be careful with, ${count("fine")} fine\n`;
}
