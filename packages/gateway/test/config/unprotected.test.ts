// What passes without protection is told to whoever starts the gateway.

import { describe, expect, it } from "vitest";
import { unprotectedRoutes } from "../../src/config/index.ts";
import { type Change, changed, load } from "./small.ts";

async function routes(...changes: Change[]) {
  const { settings } = await load(changed(changes));
  return unprotectedRoutes(settings).map(({ route, reason }) => `${route}: ${reason}`);
}

const FREE = "needs a key, but no window counts it, no slot bounds it, and it is free";
const OPEN = "open: passes without a key, a limit or a price";

describe("a route that nothing protects", () => {
  it("is none where a window counts every operation", async () => {
    expect(await routes()).toEqual([]);
  });

  it("is an operation that no window counts, no slot bounds and nobody pays for", async () => {
    const none: Change = ["contract.windows", undefined];
    expect(await routes(none)).toEqual([
      `GET /brands: ${FREE}`,
      `POST /brands: ${FREE}`,
      `GET /brands/{brandId}: ${FREE}`,
    ]);
    const paid: Change = ["contract.operations.createBrand.price", { fixed: 1 }];
    const slot: Change = [
      "contract.slots",
      { one: { per: "key", limit: 1, operations: ["getBrand"] } },
    ];
    expect(await routes(none, paid, slot)).toEqual([`GET /brands: ${FREE}`]);
  });

  it("is an open path, named as callers see it", async () => {
    const open: Change = ["open", ["GET /health", "/docs/{rest*}"]];
    expect(await routes(open, ["mount", "/acme"])).toEqual([
      `GET /acme/health: ${OPEN}`,
      `any method /acme/docs/{rest*}: ${OPEN}`,
    ]);
  });
});
