// What changed between two contracts, and how much it asks of callers.

import { describe, expect, it } from "vitest";
import {
  type Change,
  type ContractSummary,
  changesBetween,
  changesText,
  isSummary,
  summaryOf,
} from "../../src/check/index.ts";
import { type Editable, changes as rows } from "./fixtures/contract-changes.ts";
import { tea } from "./fixtures/tea-contract.ts";

const frozen = summaryOf(tea);

function changed(edit: (summary: Editable) => void): readonly Change[] {
  const other = structuredClone(frozen) as unknown as Editable;
  edit(other);
  return changesBetween(frozen, other as ContractSummary);
}

describe("what changed since an old contract", () => {
  it("is nothing where nothing did, also by way of JSON", () => {
    const kept: unknown = JSON.parse(JSON.stringify(frozen));
    expect(isSummary(kept)).toBe(true);
    expect(kept).toEqual(frozen);
    expect(changesBetween(kept as ContractSummary, summaryOf(tea))).toEqual([]);
    expect(changesText([])).toBe("Nothing changed for callers.\n");
  });

  it.each(rows)("knows %s", (_, edit, severity, said) => {
    const changes = changed(edit);
    const lines = changes.map((change) => `${change.severity} ${change.at}: ${change.what}`);
    expect(lines).toContain(`${severity} ${said}`);
    // The worst is never worse than what was done.
    expect(changes[0]?.severity).toBe(severity);
    for (const { advice } of changes) expect(advice).not.toBe("");
  });

  it("says the worst first, with advice", () => {
    const text = changesText(
      changed(({ codes, limits }) => {
        codes.internal.type = "api_error";
        limits["windows.requests"].limit.gold = 61;
      }),
    );
    expect(text).toBe(`Breaking:
  codes.internal.type: type server_error is api_error now
    → programs that go by types miss it: keep the type

Fine:
  windows.requests.limit: gold has 61 in place of 60

1 breaking, 0 to be careful with, 1 fine
`);
  });
});
