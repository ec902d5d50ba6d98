// `sluice simulate plan` as it is typed: a log and a contract in, who would be refused out.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanResult } from "sluice/sim";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SMALL } from "../../../config/small.ts";
import { newFolder, sluice } from "../../fixtures/command.ts";

vi.setConfig({ testTimeout: 60_000 });

let folder: string;

function contract(limit: number, credits: number): object {
  const { contract: own, ...rest } = SMALL;
  const { createBrand, ...others } = own.operations;
  const priced = { ...createBrand, price: { fixed: credits } };
  const windows = { perMinute: { per: "key", limit, within: "1m" } };
  return { ...rest, contract: { ...own, windows, operations: { ...others, createBrand: priced } } };
}

beforeEach(() => {
  folder = newFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("new.json", JSON.stringify(contract(3, 5)));
  write("old.json", JSON.stringify(contract(60, 2)));
  const rows = Array.from({ length: 10 }, (_, at) => ({
    ...{ requestId: `r${at}`, api: "Acme", atMs: 1_000 * at, accountId: at < 6 ? "busy" : "calm" },
    ...{ keyId: `key_${at < 6}`, method: "POST", path: "/brands", operation: "createBrand" },
    ...{ status: 200, ending: "done", endedAt: "respond", durationMs: 10 },
    ...{ held: 2, charged: 2, creditsRemaining: 1_000 - 2 * at },
  }));
  write(
    "log.jsonl",
    rows
      .toReversed()
      .map((row) => JSON.stringify(row))
      .join("\n"),
  );
  const accounts = ["busy", "calm"].map((id) => JSON.stringify({ id, plan: "pro" }));
  write("accounts.jsonl", accounts.join("\n"));
});

const plan = (...more: string[]) =>
  sluice(folder, ["simulate", "plan", "new.json", "--log", "log.jsonl", ...more]);

describe("sluice simulate plan", () => {
  it("says who would be refused, by what, and what changes in credits", async () => {
    const { code, out, err } = await plan("--was", "old.json", "--accounts", "accounts.jsonl");
    expect([code, err], out).toEqual([0, ""]);
    expect(out).toContain("Of 10 calls, 4 that went through would be refused, of 2 accounts.");
    expect(out).toContain("They would be charged 30 credits in place of 20: 10 more.");
    expect(out).toMatch(/rate window perMinute +#+ 4/);
    expect(out).toMatch(/busy +6 +3 +0 +12 +15/);
    expect(out).toContain("Windows were empty at the beginning");
  });

  it("gives programs the numbers, and people a page to send on", async () => {
    const { code, out } = await plan("--plan", "pro", "--json", "--html", "page.html");
    expect(code).toBe(0);
    const { all, byLimit, assumed } = JSON.parse(out) as PlanResult;
    expect(all).toMatchObject({ calls: 10, newlyRefused: 4, creditsWas: 20, creditsWould: 30 });
    expect(byLimit).toEqual([{ limit: "rate window perMinute", calls: 4 }]);
    expect(assumed).toMatchObject({ plan: 10, credits: 0 });
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(page).toContain("<svg");
    expect(page).not.toContain("<script");
  });

  it("says what is missing, and what to do", async () => {
    const none = await sluice(folder, ["simulate", "plan", "new.json"]);
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining("Say which log: --log <file>"),
    ]);
    const noPlan = await plan();
    expect([noPlan.code, noPlan.err]).toEqual([2, expect.stringContaining("--plan <free or pro>")]);
    const gone = await plan("--plan", "gold");
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('no plan "gold"')]);
    const lost = await sluice(folder, ["simulate", "plan", "new.json", "--log", "lost.jsonl"]);
    expect([lost.code, lost.err]).toEqual([
      4,
      expect.stringContaining("There is no file lost.jsonl"),
    ]);
    writeFileSync(join(folder, "accounts.jsonl"), "nonsense");
    const odd = await plan("--accounts", "accounts.jsonl");
    expect([odd.code, odd.err]).toEqual([2, expect.stringContaining("line 1 is no account")]);
  });
});
