// `shadow` in a configuration: a second contract beside the one that is served, seen in metrics and lines, and by no caller.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "sluice/base";
import { describe, expect, it, onTestFinished } from "vitest";
import { ConfigError } from "../../src/config/index.ts";
import { openGateway } from "../../src/index.ts";
import { type Change, changed, load, SMALL } from "./small.ts";

const narrow = {
  ...SMALL.contract,
  windows: { perMinute: { per: "key", limit: 2, within: "1m" } },
};

const folder = mkdtempSync(join(tmpdir(), "sluice-shadow-"));

async function complaintsOf(...changes: Change[]): Promise<string[]> {
  try {
    await load(changed(changes), folder);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.complaints.map(({ at, what }) => `${at}: ${what}`);
  }
}

describe("a shadow in a configuration", () => {
  it("is taken as a contract is, and what is wrong with it is said of it", async () => {
    expect(await complaintsOf(["shadow", narrow])).toEqual([]);
    const [none] = await complaintsOf(["shadow", "./not-there.ts"]);
    expect(none).toContain("shadow: ./not-there.ts does not exist");
    const { free } = SMALL.contract.plans;
    expect(await complaintsOf(["shadow", { ...narrow, plans: { free } }])).toEqual([
      "shadow.plans: the plan pro of the contract is missing",
    ]);
    const [odd] = await complaintsOf(["shadow", { ...narrow, window: {} }]);
    expect(odd).toContain("shadow.window");
    const [zero] = await complaintsOf([
      "shadow",
      { ...narrow, windows: { perMinute: { per: "key", limit: 0, within: "1m" } } },
    ]);
    expect(zero).toContain("shadow.windows.perMinute");
  });

  it("decides beside what is served: callers see nothing of it, operators all", async () => {
    const upstream = createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      upstream.close();
      rmSync(folder, { recursive: true });
    });
    const { port } = upstream.address() as AddressInfo;
    const { settings } = await load(
      changed([
        ["shadow", narrow],
        ["upstreams.main.url", `http://127.0.0.1:${port}`],
        ["stores", { kind: "memory" }],
        ["listeners", { public: { port: 0 }, internal: { port: 0 } }],
      ]),
      folder,
    );
    const log = join(folder, "lines");
    const gateway = await openGateway({
      ...settings,
      watch: { ...settings.watch, ...{ logTo: log } },
    });
    const { url, internalUrl } = await gateway.listen();
    const change = { by: "test", atMs: 0 };
    const account = { id: "a", name: "a", plan: "pro", subscription: "active" } as const;
    await gateway.stores.directory.putAccount(account, change);
    const made = await gateway.gates[0]?.keys.create({ accountId: "a", name: "k", by: "test" });
    const headers = { authorization: `Bearer ${made?.secret}` };
    for (let sent = 0; sent < 5; sent++) {
      const answer = await fetch(`${url}/brands`, { headers });
      expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
    }
    const counts = () => gateway.gates[0]?.shadow?.counts();
    while (counts()?.judged !== 5) await systemClock.sleep(1);
    expect(counts()?.byAccount).toEqual([
      { accountId: "a", kind: "newly_refused", calls: 3, credits: 0 },
    ]);
    const metrics = await (await fetch(`${internalUrl}/metrics`)).text();
    expect(metrics).toContain('sluice_shadow_judged_total{api="main"} 5');
    expect(metrics).toContain(
      'sluice_shadow_differences_total{api="main",operation="listBrands",kind="newly_refused"} 3',
    );
    await gateway.close();
    const lines = readFileSync(log, "utf8").trim().split("\n");
    const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "difference");
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      ...{ api: "main", kind: "newly_refused", accountId: "a", operation: "listBrands" },
      ...{ real: { status: 200 }, shadow: { status: 429, by: `perMinute:${made?.key.id}` } },
    });
    expect(lines.join()).not.toContain(made?.secret);
  });
});
