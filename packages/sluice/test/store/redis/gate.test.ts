// A gate whose limits are far away: the contract says what happens when they do not answer, callers and operators hear of it
// once, and what belongs to one account is kept together.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import type { AnyApi } from "../../../src/contract/index.ts";
import { DistantLimits } from "../../../src/store/redis/limits/distant-limits.ts";
import { acme } from "../../gate/fixtures/acme.ts";
import { useInstantDigests } from "../../gate/fixtures/instant-digests.ts";
import { secrets } from "../../gate/fixtures/people.ts";
import { createRig } from "../../gate/fixtures/rig.ts";
import { ModelEngine } from "./model-engine.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const hello = { path: "/v1/hello", key: secrets.pro };
const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
const apiWith = (limitsDown: "open" | "local" | "closed"): AnyApi => ({
  ...acme,
  server: { ...acme.server, limitsDown },
});

async function rigWith(api: AnyApi = acme, parts = 64) {
  const clock = new VirtualClock();
  const engine = new ModelEngine(clock, parts);
  const limits = new DistantLimits({
    engine,
    deadlineMs: 30,
    leaseMs: 15_000,
    clock,
    random: seededRandom("gate"),
  });
  const rig = await createRig({ api, clock, stores: (plain) => ({ ...plain, limits }) });
  const sendMany = async (calls: number) => {
    const statuses = [];
    for (let call = 0; call < calls; call++) statuses.push((await rig.send(hello)).status);
    return statuses;
  };
  const kinds = () => rig.events.map(({ kind }) => kind);
  return { ...rig, engine, limits, sendMany, kinds };
}

/** Until the breaker asks again. */
const LONGEST_MS = 6_000;

describe("while limits far away are down, a contract that says nothing or local", () => {
  it("goes on counting, says so on each answer, and once to the operator", async () => {
    const rig = await rigWith();
    rig.engine.health = "unreachable";
    const first = await rig.send(hello);
    expect(first.status).toBe(200);
    expect(first.header("Sluice-Degraded")).toBe("limits");
    expect(rig.row(first)).toMatchObject({ degraded: "limits" });
    await rig.sendMany(19);
    const refused = await rig.send(hello);
    expect(refused.code).toBe("rate_limited");
    expect(refused.header("Retry-After")).toBe("60");
    expect(refused.header("Sluice-Degraded")).toBe("limits");
    expect(rig.kinds()).toEqual(["limits_down"]);
  });

  it("tells them afterwards, so that no more passes than if they had been there", async () => {
    const rig = await rigWith(apiWith("local"));
    await rig.sendMany(5);
    rig.engine.health = "unreachable";
    await rig.sendMany(10);
    rig.engine.health = "well";
    await rig.clock.advance(LONGEST_MS);
    const after = await rig.send(hello);
    expect(after.header("Sluice-Degraded")).toBeUndefined();
    expect(after.header("X-RateLimit-Remaining")).toBe("4");
    expect(rig.kinds()).toEqual(["limits_down", "limits_back"]);
  });

  it("does not say that they are back while a part of them is not", async () => {
    const rig = await rigWith();
    rig.engine.health = "broken";
    await rig.sendMany(5);
    rig.engine.health = "well";
    const other = await rig.send({ ...hello, key: secrets.free });
    expect(other.header("Sluice-Degraded")).toBeUndefined();
    await rig.send(hello);
    expect(rig.kinds()).toEqual(["limits_down"]);
    await rig.clock.advance(LONGEST_MS);
    await rig.send(hello);
    expect(rig.kinds()).toEqual(["limits_down", "limits_back"]);
  });
});

describe("while limits far away are down, a contract that says open", () => {
  it("lets everything pass, and tells them nothing afterwards", async () => {
    const rig = await rigWith(apiWith("open"));
    rig.engine.health = "unreachable";
    expect(new Set(await rig.sendMany(60))).toEqual(new Set([200]));
    rig.engine.health = "well";
    await rig.clock.advance(LONGEST_MS);
    const after = await rig.send(hello);
    expect(after.header("X-RateLimit-Remaining")).toBe("19");
    expect(rig.engine.commands("post")).toEqual([]);
    expect(rig.kinds()).toEqual(["limits_down", "limits_back"]);
  });
});

describe("while limits far away are down, a contract that says closed", () => {
  it("refuses with 503 and when to come back", async () => {
    const rig = await rigWith(apiWith("closed"));
    rig.engine.health = "unreachable";
    const refused = await rig.send(hello);
    expect(refused.code).toBe("unavailable");
    expect(Number(refused.header("Retry-After"))).toBeGreaterThan(0);
  });
});

describe("counters far away", () => {
  it("of one account are in one shard, whichever of them a call needs", async () => {
    const rig = await rigWith();
    await rig.send(hello);
    await rig.send(render);
    await rig.send({ ...render, key: secrets.free });
    const shards = new Map<string, Set<number>>();
    for (const { shard, command } of rig.engine.batches.flat()) {
      const counters =
        command.kind === "admit"
          ? [...command.admission.windows, ...command.admission.slots]
          : [command];
      for (const { id } of counters as { id: string }[]) {
        shards.set(id, (shards.get(id) ?? new Set()).add(shard));
      }
    }
    expect([...shards.values()].map(({ size }) => size)).toEqual([...shards].map(() => 1));
    expect(shards.get("renders:pro")).toEqual(shards.get("work:pro"));
  });

  it("C4: are one round trip a call, and a slot is given back once", async () => {
    const rig = await rigWith();
    const sent = rig.engine.batches.length;
    expect((await rig.send(render)).status).toBe(201);
    await rig.clock.advance(0);
    expect(rig.engine.batches.length - sent).toBe(2);
    expect(rig.engine.commands("release")).toHaveLength(1);
    expect(rig.engine.slotsInUse("renders:pro")).toBe(0);
  });
});
