// `sluice replay` as it is typed: what explains a request of a real gate, decided once more by its contract.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGate } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it, vi } from "vitest";
import { explanationOf } from "../../src/admin/handlers/explanation.ts";
import { loadConfig } from "../../src/config/index.ts";
import { SMALL } from "../config/small.ts";
import { newFolder, sluice } from "./fixtures/command.ts";

vi.setConfig({ testTimeout: 60_000 });

const config = {
  ...SMALL,
  contract: {
    ...SMALL.contract,
    windows: { perMinute: { per: "key", limit: { free: 2, pro: 60 }, within: "1m" } },
  },
};

async function refusedAtAGate(folder: string) {
  writeFileSync(join(folder, "sluice.config.json"), JSON.stringify(config));
  const { settings } = await loadConfig(folder);
  const api = settings.apis[0]?.api;
  if (api === undefined) throw new Error("no API");
  const stores = createMemoryStores();
  const run = () => ({ status: 200, headers: [], body: "{}" });
  const upstream = { run, quote: () => 0 };
  const gate = createGate(api, { stores, upstream, pepper: new Uint8Array(32).fill(1) });
  const account = { id: "a", name: "a", plan: "free", subscription: "active" } as const;
  stores.directory.putAccount(account, { by: "test", atMs: 0 });
  const { secret } = await gate.keys.create({ accountId: "a", name: "k", by: "test" });
  for (let sent = 0; sent < 3; sent++) {
    await gate.handle({
      ...{ method: "GET", target: "/brands", address: "192.0.2.1", aborted: false },
      header: (name) => (name === "authorization" ? `Bearer ${secret}` : undefined),
      headers: () => [],
      readBody: () => ({ kind: "aborted" }),
      openBody: () => ({ length: 0, next: async () => undefined, cancel: () => undefined }),
      onAbort: () => () => undefined,
    });
  }
  gate.close();
  const [row] = stores.log.find({ condition: "rate_limited", limit: 1 });
  if (row === undefined) throw new Error("nothing was refused");
  return explanationOf({ apis: [api], stores }, row, "operator");
}

describe("sluice replay", () => {
  it("prints the steps again with their numbers, and what would have changed it", async () => {
    const folder = newFolder();
    const explanation = await refusedAtAGate(folder);
    writeFileSync(join(folder, "explained.json"), JSON.stringify(explanation));
    const { code, out, err } = await sluice(folder, ["replay", "explained.json"]);
    expect([code, err], out).toEqual([0, ""]);
    expect(out).toContain("window perMinute: 2 of 2 used");
    expect(out).toMatch(
      /Once more, on plan free: refused, rate_limited by perMinute:\S+, .* as it was\./,
    );
    expect(out).toContain("With plan pro: it passes.");
    expect(out).toMatch(/After \d+ s: it passes\./);

    const asJson = await sluice(folder, ["replay", "explained.json", "--plan", "free", "--json"]);
    expect(JSON.parse(asJson.out)).toMatchObject({ plan: "free", agrees: true });
  });

  it("replays a client's error by its why", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "sluice.config.json"), JSON.stringify(config));
    const error = { code: "rate_limited", status: 429, endpoint: "GET /brands", response: null };
    const why = ["rate_limited: wait", "Retry-After 200 s", "longest wait 120 s"];
    writeFileSync(join(folder, "error.json"), JSON.stringify({ ...error, why }));
    const { code, out } = await sluice(folder, ["replay", "error.json"]);
    expect(code).toBe(0);
    expect(out).toContain("Once more: it gives up after 0 ms, for the same reason as it did.");
    expect(out).toContain("  - the body of the answer");
    expect(out).toMatch(/With a longer waitMaxMs, .*: it passes after 3 minutes\./);
  });

  it("says what is no record, and what one lacks", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "sluice.config.json"), JSON.stringify(config));
    const tried = async (text: string, ...more: string[]) => {
      writeFileSync(join(folder, "record.json"), text);
      const { code, err } = await sluice(folder, ["replay", "record.json", ...more]);
      return [code, err];
    };
    expect(await tried("tea")).toEqual([
      2,
      expect.stringContaining("is no record that can be replayed"),
    ]);
    const noAccount = { request: { accountId: null }, steps: [] };
    expect(await tried(JSON.stringify(noAccount))).toEqual([
      2,
      expect.stringContaining("lacks an account"),
    ]);
    const none = await sluice(folder, ["replay", "lost.json"]);
    expect([none.code, none.err]).toEqual([4, expect.stringContaining("lost.json cannot be read")]);
  });
});
