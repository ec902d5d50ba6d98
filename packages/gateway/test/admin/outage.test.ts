// A store that is down is our outage, and passes: whoever asks hears when to come back, what needs no such store goes on, and the
// health says which one it is.

import { VirtualClock } from "sluice/base";
import type { OperatorStores } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it, vi } from "vitest";
import type { Operation } from "./fixtures/input.ts";
import { openWorld } from "./fixtures/world.ts";

/** Stores of which each can be down. */
function fragileStores() {
  const down = new Set<string>();
  const plain = createMemoryStores();
  const fragile = (name: keyof OperatorStores) =>
    new Proxy(plain[name], {
      get(target, member) {
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== "function") return value;
        return (...told: unknown[]) => {
          // What a process counts by itself it knows always.
          if (down.has(name) && member !== "dropped")
            throw new Error("connect ECONNREFUSED postgres://me:secret@10.0.0.1");
          return Reflect.apply(value, target, told);
        };
      },
    });
  const names = ["directory", "limits", "ledger", "log", "notices"] as const;
  const stores = Object.fromEntries(names.map((name) => [name, fragile(name)]));
  return { stores: stores as unknown as OperatorStores, down };
}

const needs: readonly (readonly [Operation, keyof OperatorStores])[] = [
  ["getAccount", "directory"],
  ["getCredits", "ledger"],
  ["listHolds", "ledger"],
  ["listRequests", "log"],
  ["explainRequest", "log"],
  ["listDays", "log"],
  ["listIncidents", "notices"],
  ["createIncident", "notices"],
];

describe("a store that is down", () => {
  it.each(needs)(
    "%s says so without a word of what was thrown, and goes on when the %s is back",
    async (operation, store) => {
      const told = vi.spyOn(console, "error").mockReturnValue();
      const { stores, down } = fragileStores();
      const world = await openWorld({ stores, clock: new VirtualClock() });
      // The token is known by now, and believed.
      await world.ask("whoAmI");
      down.add(store);
      const { status, body, text, headers } = await world.ask(operation, world.sample(operation));
      expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unavailable", "1"]);
      expect(text).not.toMatch(/ECONN|secret/);
      const health = await world.ask("getHealth");
      const failing = health.body.stores.filter(
        ({ status }: { status: string }) => status !== "ok",
      );
      expect(failing).toMatchObject([{ name: store, status: "failing" }]);
      expect(health.text).not.toMatch(/ECONN|secret/);
      expect((await world.ask("listApis")).status).toBe(200);
      down.delete(store);
      expect((await world.ask(operation, world.sample(operation))).status).toBeLessThan(300);
      told.mockRestore();
    },
  );

  it("limits that are down are counted by this process: whoever looks for the reason gets in", async () => {
    const told = vi.spyOn(console, "error").mockReturnValue();
    const { stores, down } = fragileStores();
    const world = await openWorld({ stores, clock: new VirtualClock() });
    down.add("limits");
    const { status, headers } = await world.ask("listRequests");
    expect([status, headers.get("sluice-degraded")]).toEqual([200, "limits"]);
    told.mockRestore();
  });
});
