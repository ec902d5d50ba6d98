// Plans: when an allowance starts anew.

import { describe, expect, it } from "vitest";
import { lazilyAfterDays, monthly } from "../../src/contract/index.ts";

describe("a reset", () => {
  it("comes with each month", () => {
    expect(monthly).toEqual({ kind: "calendar_month" });
  });

  it("comes a number of days after the period began, counted in milliseconds", () => {
    expect(lazilyAfterDays(30)).toEqual({ kind: "lazy", everyMs: 2_592_000_000 });
  });
});
