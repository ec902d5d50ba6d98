// Every route with every role: what it may, and what it hears where it may not.

import { VirtualClock } from "sluice/base";
import { createMemoryStores } from "sluice/store/memory";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adminWire, type Permission, type Role, roles } from "../../src/admin/contract/index.ts";
import { type Operation, openWorld, outputOf, type World } from "./fixtures/world.ts";

it("x", async () => {
  const w = await openWorld({ stores: createMemoryStores(), clock: new VirtualClock() });
  for (const op of Object.keys(adminWire.operations) as Operation[]) {
    if (op === "watchLive" || op === "revokeToken") continue;
    const r = await w.ask(op, w.sample(op), w.tokens.owner);
    const parsed = outputOf(op)?.safeParse(r.body);
    if (r.status >= 300 || !parsed?.success) console.log(op, r.status, r.text.slice(0, 300), parsed?.error?.message?.slice(0,400));
  }
});
