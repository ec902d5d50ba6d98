// What a reload may take over and what waits for a restart, in words that hold no value.

import { describe, expect, it } from "vitest";
import { changesBetween } from "../../src/config/index.ts";
import { type Change, changed, load } from "./small.ts";

const environment = {
  PEPPER: "0123456789abcdef0123456789abcdef",
  OLD: "old-secret-old-secret-old-secret",
  NEW: "new-secret-new-secret-new-secret",
};

async function between(before: readonly Change[], after: readonly Change[]) {
  const [old, fresh] = await Promise.all(
    [before, after].map((changes) => load(changed(changes), "/x", environment)),
  );
  if (old === undefined || fresh === undefined) throw new Error("Both were loaded");
  return changesBetween(old, fresh);
}

describe("between two readings", () => {
  it("nothing changes where nothing was changed", async () => {
    expect(await between([], [])).toEqual({ now: [], atRestart: [] });
  });

  it.each<[Change, string]>([
    [["contract.windows.perMinute.limit", 9], "contract.windows.perMinute"],
    [
      ["contract.windows.perDay", { per: "key", limit: 1, within: "1d" }],
      "contract.windows.perDay (new)",
    ],
    [["contract.windows.perMinute", undefined], "contract.windows.perMinute (gone)"],
    [["contract.operations.getBrand.price", { fixed: 1 }], "contract.operations.getBrand"],
    [["contract.envelope", "flat"], "contract.envelope"],
    [["upstreams.main.url", "http://elsewhere"], "upstreams"],
    [["open", ["/pages"]], "open paths"],
    [["docs", false], "docs"],
    [["cors", { origins: "*" }], "cors"],
    [["keys", { cacheMax: 1 }], "keys"],
    [["leaks", { path: "/leaks", onLeak: "note" }], "leaks"],
    [["status", true], "status"],
    [["portal", true], "portal"],
    [["drain", { answers: "1s" }], "drain"],
  ])("%j is taken over while serving", async (change, word) => {
    expect(await between([], [change])).toEqual({ now: [word], atRestart: [] });
  });

  it.each<[Change, string]>([
    [["stores", { kind: "memory" }], "stores"],
    [["listeners", { public: { port: 80 } }], "listeners.public (host, port)"],
    [["listeners", { public: { keepAlive: "5s" } }], "the bounds of listeners.public"],
    [["listeners", { internal: { host: "::1" } }], "listeners.internal"],
    [["mount", "/acme"], "mount"],
    [["trustedHops", 1], "trustedHops"],
    [["admin", false], "admin"],
    [["metrics", false], "logs, metrics, traces"],
  ])("%j waits for a restart", async (change, word) => {
    expect(await between([], [change])).toEqual({ now: [], atRestart: [word] });
  });

  it("a secret that is replaced is told by its name, never by its value", async () => {
    const signedBy = (env: string): Change => [
      "secrets",
      { caller: [{ id: "1", secret: { env } }] },
    ];
    const changes = await between([signedBy("OLD")], [signedBy("NEW")]);
    expect(changes).toEqual({ now: ["secrets.caller"], atRestart: [] });
  });
});
