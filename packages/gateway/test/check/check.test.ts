// Whether a running API keeps its promises, seen from outside: a right one is blamed for nothing, and what needs more says so.

import { describe, expect, it, vi } from "vitest";
import { reportText } from "../../src/check/index.ts";
import { mutants } from "./fixtures/mutants.ts";
import { checkTea, idsOf, startTea } from "./fixtures/tea-api.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("the check of an API that is right", () => {
  it("finds every promise kept that it can provoke", async () => {
    const report = await checkTea(await startTea());
    expect(idsOf(report, "broken"), reportText(report)).toEqual([]);
    expect(idsOf(report, "not_provoked")).toEqual([
      "refusals.budget_exceeded",
      "errors.help-pages",
    ]);
  });
});

describe("the check with little to go by", () => {
  it("blames nobody without a key, and says what it needs", async () => {
    const report = await checkTea(await startTea(), { keys: {}, may: new Set() });
    expect(idsOf(report, "broken"), reportText(report)).toEqual([]);
    expect(idsOf(report, "kept")).toEqual([
      "refusals.malformed_request",
      "refusals.headers_too_large",
      "refusals.missing_key",
      "refusals.malformed_key",
      "refusals.unknown_key",
      "errors.envelope",
      "errors.catalogue",
      "errors.words",
      "errors.not-stored",
      "errors.www-authenticate",
      "errors.no-internals",
      "errors.no-faults",
      "errors.help",
      "keys.strangers",
      "keys.not-echoed",
      "ids.own",
      "ids.present",
      "ids.unique",
      "protocol.options",
    ]);
    expect(reportText(report)).toContain("needs --key main=env:…, a key that works");
  });

  it("never sends more than it may, and says so", async () => {
    const report = await checkTea(await startTea(), {}, { bounds: { requestsMax: 30 } });
    expect(report.requests).toBe(30);
    expect(idsOf(report, "broken"), reportText(report)).toEqual([]);
    expect(reportText(report)).toContain("needs more requests: --max-requests is 30");
  });

  it("never fills a window that is long, unless it may, and says how long that would take", async () => {
    const bounds = { shortWindowMs: 1_000 };
    const report = await checkTea(await startTea(), { may: new Set() }, { bounds });
    expect(idsOf(report, "kept").filter((id) => id.startsWith("rate."))).toEqual([]);
    expect(reportText(report)).toContain(
      'needs --exhaust, which fills the window "requests" of the main key (6 in 2 s) five times: about 30 requests and 18 s',
    );
  });

  it("changes and spends nothing unless it may", async () => {
    const written: string[] = [];
    const api = await startTea({
      answer(answer, { method, target }) {
        if (method !== "GET" && answer.status < 300) written.push(`${method} ${target}`);
        return answer;
      },
    });
    await checkTea(api, { may: new Set(["exhaust"]) });
    expect(written.filter((one) => !one.startsWith("HEAD"))).toEqual([]);
  });
});

describe("the check of an API with one thing wrong", () => {
  it.each(mutants)("says that $wrong, and nothing else", async ({ mutation, breaks }) => {
    const report = await checkTea(await startTea(mutation));
    expect(idsOf(report, "broken").toSorted()).toEqual(breaks.toSorted());
  });
});
