// Outcomes and values that may be ready: how each is told apart.

import { describe, expect, it } from "vitest";
import {
  type Awaitable,
  andThen,
  done,
  isPromise,
  type Outcome,
  refused,
} from "../../src/base/index.ts";

describe("an outcome", () => {
  it("is told apart by ok, and then gives its value or its reason", () => {
    const say = (outcome: Outcome<number, string>) =>
      outcome.ok ? `yes ${outcome.value}` : `no ${outcome.no}`;
    expect(say(done(7))).toBe("yes 7");
    expect(say(refused("closed"))).toBe("no closed");
  });
});

function withThen(then: unknown): unknown {
  const name = "then";
  return { [name]: then };
}

describe("isPromise", () => {
  it("says yes to a promise and to any thenable", () => {
    const thenable: PromiseLike<number> = Promise.resolve(1);
    expect(isPromise(Promise.resolve(1))).toBe(true);
    expect(isPromise<unknown>(thenable)).toBe(true);
    expect(isPromise<unknown>(withThen(() => 1))).toBe(true);
  });

  it("says no to a value that is ready, whatever it is", () => {
    const ready: Awaitable<unknown>[] = [undefined, null, 0, "then", {}, () => 1];
    for (const value of [...ready, withThen(1)]) expect(isPromise(value)).toBe(false);
  });
});

describe("andThen", () => {
  it("goes on at once with a value that is there, so that no turn is lost", () => {
    expect(andThen(20, (value) => value + 1)).toBe(21);
  });

  it("goes on later with a promise, and passes its rejection on", async () => {
    expect(await andThen(Promise.resolve(20), async (value) => value + 1)).toBe(21);
    const broken: Awaitable<number> = Promise.reject(new Error("broken"));
    await expect(andThen(broken, () => expect.unreachable())).rejects.toThrow("broken");
  });
});
