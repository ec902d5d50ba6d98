// The numbers of a step, as people read them.

import { describe, expect, it } from "vitest";
import { factsOf } from "../src/console/pages/request/step-facts.ts";

const lines = (facts: Readonly<Record<string, number | string>>) =>
  factsOf(facts).map(({ name, value }) => `${name}: ${value}`);

describe("the facts of a step", () => {
  it("are one line for what belongs together", () => {
    expect(
      lines({
        ...{ window: "requests", used: 60, limit: 60, condition: "rate_limited" },
        ...{ slots: "runs:acct_1", slotsTaken: 2, slotLimit: 5, retryAfterMs: 12_000 },
      }),
    ).toEqual(["window requests: 60 of 60", "slots runs: 2 of 5", "told to wait: 12 s"]);
  });

  it("tell a hold from what a budget holds", () => {
    expect(lines({ held: 5, creditsRemaining: 1_200 })).toEqual([
      "held: 5 credits",
      "left: 1,200 credits",
    ]);
    expect(lines({ by: "workspace ws_1", cap: 10, used: 9, held: 1, resetAtMs: 0 })).toEqual([
      "budget: 9 used and 1 held of 10",
      "starts anew: 1970-01-01 00:00 UTC",
      "by: workspace ws_1",
    ]);
  });

  it("lose nothing that nobody foresaw", () => {
    expect(lines({ window: "requests", degraded: "limits", status: 429 })).toEqual([
      "window: requests",
      "degraded: limits",
      "status: 429",
    ]);
  });
});
