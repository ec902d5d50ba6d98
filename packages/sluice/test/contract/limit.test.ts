// Limits: one number for everybody, or one a plan.

import { describe, expect, it } from "vitest";
import { limitFor } from "../../src/contract/index.ts";

describe("a limit", () => {
  it("is one number for everybody", () => {
    expect(limitFor(60, "free")).toBe(60);
  });

  it("is one number a plan", () => {
    expect(limitFor<"free" | "pro">({ free: 60, pro: 600 }, "pro")).toBe(600);
  });

  it("is unknown for a plan that has no number", () => {
    expect(limitFor<string>({ free: 60 }, "team")).toBeUndefined();
  });
});
