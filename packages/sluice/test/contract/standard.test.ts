// The ready catalogue: complete, with pages that help, and good to serve as it is.

import { describe, expect, it } from "vitest";
import {
  CONDITION_NAMES,
  CONDITIONS,
  type Condition,
  defineApi,
  nested,
  PAGE_HEADINGS,
  parsePage,
  refuse,
  render,
  standard,
} from "../../src/contract/index.ts";
import { standardIn } from "./fixtures/contracts.ts";

describe("the ready catalogue", () => {
  it("has one code a condition, of the same name", () => {
    expect(Object.keys(standard.wire.codes).sort()).toEqual([...CONDITION_NAMES].sort());
    expect(Object.entries(standard.wire.conditions).every(([name, code]) => name === code)).toBe(
      true,
    );
    expect(Object.keys(standard.wire.conditions).sort()).toEqual([...CONDITION_NAMES].sort());
  });

  it("can be served as it is", () => {
    const api = defineApi(
      standardIn(nested()),
      { plans: { only: { title: "Only" } }, operations: { ping: {} } },
      standard.pages,
    );
    expect(Object.keys(api.pages).sort()).toEqual([...CONDITION_NAMES].sort());
  });

  it.each([
    ["missing_key", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["method_not_allowed", 405],
    ["body_too_large", 413],
    ["unsupported_media_type", 415],
    ["rate_limited", 429],
    ["headers_too_large", 431],
    ["internal", 500],
    ["unavailable", 503],
    ["upstream_timeout", 504],
  ] as const)("answers %s with the status that HTTP has for it", (condition, status) => {
    expect(standard.wire.codes[condition].status).toBe(status);
  });

  it.each(CONDITION_NAMES)("has a page for %s that says what to do", (condition: Condition) => {
    const page = parsePage(condition, standard.pages[condition]);
    if (typeof page === "string") throw new Error(page);
    expect(page.whatHappened).toBe(CONDITIONS[condition].means);
    expect(page.howToFix).toMatch(/^[A-Z].{30,}\.$/);
    expect(page.endUser).toMatch(/^[A-Z].{30,}\.$/);
    for (const heading of PAGE_HEADINGS) expect(standard.pages[condition]).toContain(heading);
  });

  it("shows an end user nothing of keys, codes and credits", () => {
    for (const condition of CONDITION_NAMES) {
      const page = parsePage(condition, standard.pages[condition]);
      if (typeof page === "string") throw new Error(page);
      expect(page.endUser).not.toMatch(/\b(?:key|API|credit|request|header|[45]\d\d)/i);
    }
  });

  it("advises a wait exactly where waiting helps", () => {
    for (const condition of CONDITION_NAMES) {
      const { action, retry, status } = standard.wire.codes[condition];
      expect(retry !== "never").toBe(action === "wait");
      if (status === 429) expect(retry).toBe("wait");
      if (status >= 500) expect(retry).toBe("backoff");
    }
  });

  it("repeats the wait in the message of a full window", () => {
    const { body } = render(standardIn(nested()), refuse("rate_limited", { retryAfterMs: 6_500 }));
    expect(body).toContain("Retry after 7 seconds.");
  });
});
