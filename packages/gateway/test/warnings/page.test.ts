// The page about early warning shows what is sent, as it is sent, and when it is tried again.

import { readFileSync } from "node:fs";
import type { Warning } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../src/warnings/message.ts";
import { ATTEMPT_WAITS_MS } from "../../src/warnings/schedule.ts";

const page = readFileSync(new URL("../../../../docs/early-warning.md", import.meta.url), "utf8");

const warning: Warning = {
  id: "wrn_5d41402abc4b2a76b9719d911017c592",
  accountId: "acct_1",
  subject: { kind: "credits" },
  periodStartMs: Date.UTC(2_026, 5, 1),
  resetAtMs: Date.UTC(2_026, 6, 1),
  percent: 90,
  used: 912,
  cap: 1_000,
  atMs: Date.UTC(2_026, 5, 15, 9, 30),
  url: undefined,
};

describe("the page about early warning", () => {
  it("shows a message as it is sent", () => {
    const [, shown = ""] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
    expect(JSON.parse(shown)).toEqual(JSON.parse(bodyOf(warning)));
  });

  it("names what a message about a budget, and about bought credits, has instead", () => {
    const subject = { kind: "budget", scope: "project", id: "prj_1" } as const;
    const never = { periodStartMs: undefined, resetAtMs: undefined };
    const { type, data } = JSON.parse(bodyOf({ ...warning, ...never, subject }));
    expect([type, data.scope, data.scopeId]).toEqual(["budget.low", "project", "prj_1"]);
    expect([data.periodStart, data.resetAt]).toEqual([null, null]);
    for (const word of ["budget.low", "scope", "scopeId", "periodStart", "resetAt"]) {
      expect(page).toContain(`\`${word}\``);
    }
  });

  it("lists the waits of the schedule", () => {
    const units = [
      ["h", 3_600_000],
      ["min", 60_000],
      ["s", 1_000],
    ] as const;
    const waits = ATTEMPT_WAITS_MS.slice(1).map((ms) => {
      const [name, unitMs] = units.find(([, unit]) => ms % unit === 0) ?? units[2];
      return `${ms / unitMs} ${name}`;
    });
    const listed = `${waits.slice(0, -1).join(", ")} and ${waits.at(-1)}`;
    expect(page.replaceAll("\n", " ")).toContain(`tried again after ${listed}`);
  });
});
