// Telling our errors from all others, and from each other by code; what the type checker knows then.

import { wire as mavera } from "@sluice-apis/mavera/contract";
import { describe, expect, it, vi } from "vitest";
import { ApiError, type ApiErrorOf } from "../../src/client/errors/api-error.ts";
import { apiErrorIn, isApiError, isApiErrorOf } from "../../src/client/errors/guards.ts";
import type { CodeOf } from "../../src/contract/index.ts";
import { failureOf, NOW_MS } from "./failure/answers.ts";

/** True exactly if the two types are the same, so that `any` passes for nothing. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles for `true` only. */
function holds<_Claim extends true>(): void {}

const limited: unknown = new ApiError(
  failureOf(429, { error: { code: "rate_limit_exceeded", message: "Slow down." } }),
  { nowMs: NOW_MS, wire: mavera },
);

type MaveraError = ApiErrorOf<typeof mavera>;

describe("the guard", () => {
  it("knows our errors, and with codes those that have one of them", () => {
    expect(isApiError(limited)).toBe(true);
    expect(isApiError(limited, "rate_limit_exceeded")).toBe(true);
    expect(isApiError(limited, "forbidden", "rate_limit_exceeded")).toBe(true);
    expect(isApiError(limited, "forbidden")).toBe(false);
  });

  it.each([
    ["another error", new Error("429")],
    ["data of the same shape", { name: "ApiError", code: "rate_limit_exceeded" }],
    ["its own record", JSON.parse(JSON.stringify(limited))],
    ["nothing", undefined],
    ["null", null],
    ["a text", "ApiError"],
    ["the class", ApiError],
  ])("takes nothing else for one: %s", (_, value) => {
    expect(isApiError(value)).toBe(false);
    expect(isApiError(value, "rate_limit_exceeded")).toBe(false);
    expect(isApiErrorOf(mavera, value)).toBe(false);
  });

  it("knows the errors of another copy of the package, and that copy knows ours", async () => {
    vi.resetModules();
    const other = await import("../../src/client/errors/api-error.ts");
    const guards = await import("../../src/client/errors/guards.ts");
    expect(other.ApiError).not.toBe(ApiError);
    const theirs = new other.ApiError(failureOf(404), { nowMs: NOW_MS });
    expect(theirs).not.toBeInstanceOf(ApiError);
    expect(isApiError(theirs, "not_found")).toBe(true);
    expect(guards.isApiError(limited, "rate_limit_exceeded")).toBe(true);
  });

  it("knows the errors of a contract by their codes", () => {
    expect(isApiErrorOf(mavera, limited)).toBe(true);
    const foreign = new ApiError(failureOf(418), { nowMs: NOW_MS });
    expect(isApiErrorOf(mavera, foreign)).toBe(false);
    const unknown = new ApiError(failureOf(418), { nowMs: NOW_MS, wire: mavera });
    expect(unknown.code).toBe("unknown_error");
    expect(isApiErrorOf(mavera, unknown)).toBe(true);
  });
});

describe("our error in what a host threw", () => {
  it("is that itself, or what it names as its cause, however often it was wrapped", () => {
    const once = new Error("Connection error.", { cause: limited });
    expect(apiErrorIn(limited)).toBe(limited);
    expect(apiErrorIn(once)).toBe(limited);
    expect(apiErrorIn(new Error("Failed after 1 attempt.", { cause: once }))).toBe(limited);
  });

  it("is none where there is none, in a circle of causes, and where one cannot be read", () => {
    const circle = new Error("a");
    circle.cause = new Error("b", { cause: circle });
    for (const other of [circle, new Error("429"), "ApiError", null, undefined, { cause: 1 }]) {
      expect(apiErrorIn(other)).toBeUndefined();
    }
  });
});

describe("the type checker", () => {
  it("knows every code of a contract, and ours", () => {
    holds<
      Same<
        MaveraError["code"],
        CodeOf<typeof mavera> | "connection_failed" | "timeout" | "unknown_error"
      >
    >();
    holds<Same<Extract<MaveraError, { code: "forbidden" }>, ApiError<"forbidden">>>();
    holds<Same<ApiError["code"], string>>();
  });

  it("narrows by the codes that the guard was asked for", () => {
    if (isApiError(limited, "rate_limit_exceeded", "forbidden")) {
      const { code } = limited;
      holds<Same<typeof code, "rate_limit_exceeded" | "forbidden">>();
      expect(code).toBe("rate_limit_exceeded");
    }
    if (isApiErrorOf(mavera, limited)) {
      holds<Same<typeof limited, MaveraError>>();
      // @ts-expect-error: this contract has no such code.
      expect(limited.code === "rate_limitid").toBe(false);
    }
    // @ts-expect-error: a code is a text.
    expect(isApiError(limited, 429)).toBe(false);
  });

  it("wants a switch over the codes to have them all", () => {
    const whose = (error: ApiErrorOf<typeof small>): "ours" | "theirs" => {
      switch (error.code) {
        case "a":
        case "b":
          holds<Same<typeof error, ApiError<"a"> | ApiError<"b">>>();
          return "theirs";
        case "connection_failed":
        case "timeout":
        case "unknown_error":
          return "ours";
      }
    };
    // @ts-expect-error: "timeout" and the rest have no case, so the end can be reached.
    const forgetful = (error: ApiErrorOf<typeof small>): string => {
      switch (error.code) {
        case "a":
        case "b":
          return error.code;
      }
    };
    const error: ApiErrorOf<typeof small> = new ApiError<"b">(failureOf(400, { code: "bb" }), {
      nowMs: NOW_MS,
    });
    expect(whose).not.toBe(forgetful);
    expect(error.rawCode).toBe("bb");
  });
});

const entry = { status: 400, message: "No.", action: "fix_request", retry: "never" } as const;
const small = { codes: { a: entry, b: entry } };
