// What callers were promised is kept beside the contract: whoever changes it hears what that asks of them.

import { readFileSync } from "node:fs";
import { changesBetween, changesText, isSummary, summaryOf } from "@sluice/gateway/check";
import type { AnyApi } from "sluice";
import { assert } from "sluice/base";
import { expect, it } from "vitest";

/** @param file where `npm run freeze` has written it. */
export function describeFrozen(api: AnyApi, file: URL): void {
  const frozen: unknown = JSON.parse(readFileSync(file, "utf8"));

  it("promises what it promised: if a change is meant, say so in CHANGELOG.md and run npm run freeze", () => {
    assert(isSummary(frozen), "npm run freeze has written it");
    const now = summaryOf(api);
    expect(changesText(changesBetween(frozen, now))).toBe("Nothing changed for callers.\n");
    expect(now).toEqual(frozen);
  });
}
