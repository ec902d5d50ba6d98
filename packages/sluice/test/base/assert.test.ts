// Invariants: when they throw, what, and that a message which is not needed is not built.

import { describe, expect, it } from "vitest";
import { assert, InvariantError, unreachable } from "../../src/base/index.ts";

describe("assert", () => {
  it("lets a true condition pass without building the message", () => {
    let built = 0;
    assert(true, () => `message ${++built}`);
    expect(built).toBe(0);
  });

  it("throws an InvariantError with the message, given or built", () => {
    expect(() => assert(false, "held < 0")).toThrow(new InvariantError("held < 0"));
    expect(() => assert(0, () => "built")).toThrow(new InvariantError("built"));
  });

  it("narrows the type", () => {
    const value: string | undefined = ["a"].find((item) => item === "a");
    assert(value !== undefined, "there is one");
    expect(value.length).toBe(1);
  });
});

describe("an InvariantError", () => {
  it("is an error of its own name", () => {
    const error = new InvariantError("broken");
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("InvariantError: broken");
  });
});

describe("unreachable", () => {
  it("names the case that the types said could not be", () => {
    expect(() => unreachable("surprise" as never)).toThrow('Unreachable case: "surprise"');
    expect(() => unreachable(undefined as never)).toThrow("Unreachable case: undefined");
    expect(() => unreachable(10n as never)).toThrow("Unreachable case: 10");
  });
});
