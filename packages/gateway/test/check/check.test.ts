// Whether a running API keeps its promises, seen from outside: a right one is blamed for nothing, and what needs more says so.

import { describe, expect, it, vi } from "vitest";
import { askPage, reportText } from "../../src/check/index.ts";
import { mutants } from "./fixtures/mutants.ts";
import { checkTea, idsOf, startTea } from "./fixtures/tea-api.ts";
import { tea } from "./fixtures/tea-contract.ts";
import { serveTeaDocs } from "./fixtures/tea-docs.ts";

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

describe("the check of the pages that refusals link to", () => {
  const only = ["errors.help-pages"];
  const may = new Set(["links"] as const);

  it("finds the page of every code, also where a host leads on to it", async () => {
    const here = await serveTeaDocs();
    const asked: string[] = [];
    const ask = (url: string) => {
      asked.push(url);
      return askPage(here(url));
    };
    const report = await checkTea(await startTea(), { may }, { only, askPage: ask });
    expect(idsOf(report, "kept"), reportText(report)).toEqual(only);
    const codes = Object.keys(tea.wire.codes);
    expect(asked).toEqual(codes.map((code) => `https://tea.example/docs/errors/${code}`));
    expect(report.requests).toBe(codes.length);
  });

  it("names the page that is gone, and a host that does not answer", async () => {
    const here = await serveTeaDocs("conflict");
    const ask = (url: string) => askPage(here(url));
    const report = await checkTea(await startTea(), { may }, { only, askPage: ask });
    expect(idsOf(report, "broken")).toEqual(only);
    const text = reportText(report);
    expect(text).toMatch(/200 at https:\/\/tea\.example\/docs\/errors\/conflict\n.*found +404/);
    expect(text.match(/200 at /g)).toHaveLength(1);

    const nobody = () => askPage("http://127.0.0.1:9/");
    const silent = await checkTea(await startTea(), { may }, { only, askPage: nobody });
    expect(idsOf(silent, "broken")).toEqual(only);
  });

  it("asks for none without leave, and for no more than the bound", async () => {
    const asked: string[] = [];
    const ask = async (url: string) => asked.push(url) && 200;
    const api = await startTea();
    const unasked = await checkTea(api, { may: new Set() }, { only, askPage: ask });
    expect([idsOf(unasked, "not_provoked"), asked]).toEqual([only, []]);
    const bounds = { requestsMax: 3 };
    const bounded = await checkTea(api, { may }, { only, askPage: ask, bounds });
    expect([idsOf(bounded, "not_provoked"), asked.length]).toEqual([only, 3]);
    expect(reportText(bounded)).toContain("needs more requests: --max-requests is 3");
  });
});

describe("the check of an API with one thing wrong", () => {
  it.each(mutants)("says that $wrong, and nothing else", async ({ mutation, breaks }) => {
    const report = await checkTea(await startTea(mutation));
    expect(idsOf(report, "broken").toSorted()).toEqual(breaks.toSorted());
  });
});
