// Where the status page is: nowhere unless the configuration says so, and never in anybody's place.

import { describe, expect, it } from "vitest";
import { type Change, changed, load } from "./small.ts";

const statusWith = async (...changes: Change[]) => (await load(changed(changes))).settings.status;
const get = (path: string) => ({ method: "GET", path, summary: "Gets." });

describe("the status page of a configuration", () => {
  it("is off unless it is asked for, then at /status under the contract's title", async () => {
    const standard = { path: "/status", title: "Acme", hidden: [] };
    expect(await statusWith()).toBeUndefined();
    expect(await statusWith(["status", false])).toBeUndefined();
    expect(await statusWith(["status", true])).toEqual(standard);
    expect(await statusWith(["status", {}])).toEqual(standard);
    const written = { path: "/how/it-is", title: "Acme's APIs", hidden: ["getBrand"] };
    expect(await statusWith(["status", written])).toEqual(written);
  });

  it.each<[string, Change]>([
    ["an operation", ["contract.operations.status", get("/status")]],
    ["an operation with a parameter", ["contract.operations.any", get("/{name}")]],
    ["an operation of its JSON", ["contract.operations.json", get("/status.json")]],
    ["an open path", ["open", ["GET /status"]]],
    ["the receiver of leaks", ["leaks", { path: "/status.atom", onLeak: "note" }]],
    ["the documents", ["docs", { path: "/status" }]],
  ])("is not served in place of %s", async (_, change) => {
    await expect(statusWith(["status", true], change)).rejects.toThrow(
      /status: .*choose another path/s,
    );
    expect(await statusWith(["status", { path: "/how" }])).toMatchObject({ path: "/how" });
  });

  it("may take its path out of all that is left, and lies beside what has a mount", async () => {
    const rest: Change = ["contract.operations.rest", get("/{rest*}")];
    expect(await statusWith(["status", true], rest, ["docs", false])).toBeDefined();
    const mounted: Change = ["mount", "/acme"];
    const own: Change = ["contract.operations.status", get("/status")];
    expect(await statusWith(["status", true], mounted, own)).toBeDefined();
    const path: Change = ["status", { path: "/acme/status" }];
    await expect(statusWith(path, mounted, own)).rejects.toThrow(/operation status/);
  });
});
