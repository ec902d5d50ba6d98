// Deadlines and departures: the work hears of both by its signal, the answer waits for neither, and what was done
// in time is charged.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reply, type WorkDone } from "../../src/gate/index.ts";
import { DEADLINE_MS } from "./fixtures/acme.ts";
import type { AcmeHandlers } from "./fixtures/acme-upstream.ts";
import { drive } from "./fixtures/drive.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const sent = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };

/** A render that takes this long, and what its signal said at the end. */
async function rigThatTakes(ms: number, render?: AcmeHandlers["render"]) {
  const seen: { aborted?: boolean; reason?: unknown } = {};
  const rig = await createRig({
    handlers: {
      render:
        render ??
        (async (_, { signal }) => {
          await rig.clock.sleep(ms);
          seen.aborted = signal.aborted;
          seen.reason = signal.reason;
          return reply({ picture: "a cat" }, 201);
        }),
    },
  });
  return { rig, seen };
}

describe("the deadline of an operation", () => {
  it("lets pass what is done a millisecond before it", async () => {
    const { rig, seen } = await rigThatTakes(DEADLINE_MS - 1);
    expect((await drive(rig.clock, rig.send(sent))).status).toBe(201);
    expect(seen.aborted).toBe(false);
    expect(rig.funds().used).toBe(10);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it("answers what is not done by then, tells the work, and charges nothing, ever", async () => {
    const { rig, seen } = await rigThatTakes(DEADLINE_MS + 1);
    const refused = await drive(rig.clock, rig.send(sent));
    expect(refused.code).toBe("upstream_timeout");
    expect(refused.status).toBe(504);
    expect(rig.clock.monotonicMs()).toBe(DEADLINE_MS);
    expect(rig.row(refused)).toMatchObject({ durationMs: DEADLINE_MS, ending: "refused" });
    await rig.clock.advance(60_000);
    expect(seen.aborted).toBe(true);
    expect(seen.reason).toMatchObject({ name: "DeadlineError" });
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });

  it("is no fault, however the late work ends", async () => {
    const render = async () => {
      await rig.clock.sleep(DEADLINE_MS + 1);
      throw new Error("late and broken");
    };
    const { rig } = await rigThatTakes(0, render);
    await drive(rig.clock, rig.send(sent));
    await rig.clock.advance(60_000);
    expect(rig.events).toEqual([]);
  });

  it("is 30 seconds where the contract does not say", async () => {
    const rig = await createRig({ handlers: { hello: () => new Promise(() => undefined) } });
    const hello = { path: "/v1/hello", key: secrets.pro };
    expect((await drive(rig.clock, rig.send(hello))).code).toBe("upstream_timeout");
    expect(rig.clock.monotonicMs()).toBe(30_000);
  });
});

describe("a caller who leaves", () => {
  it("before the work: nothing is done, nothing is charged, and the log says so", async () => {
    let runs = 0;
    const { rig } = await rigThatTakes(0, () => {
      runs++;
      return reply({}, 201);
    });
    const call = new FakeCall(sent);
    call.onRead = () => call.abort();
    const answer = await rig.pass(call);
    expect(answer.status).toBe(499);
    expect(rig.row(answer)).toMatchObject({
      status: 499,
      ending: "abandoned",
      endedAt: "validate",
    });
    expect(runs).toBe(0);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });

  it("while it works: the work is told, and its giving up is no fault and costs nothing", async () => {
    const { rig } = await rigThatTakes(0, (_, { signal }) => {
      return new Promise<WorkDone>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    });
    const call = new FakeCall(sent);
    const answer = rig.pass(call);
    await rig.clock.advance(100);
    call.abort();
    const { status } = await drive(rig.clock, answer);
    expect(status).toBe(499);
    expect(rig.clock.monotonicMs()).toBe(100);
    expect(rig.events).toEqual([]);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });

  it("while it works: work that ends all the same is charged, and kept for a replay", async () => {
    const { rig, seen } = await rigThatTakes(1_000);
    const once = { ...sent, headers: { "Idempotency-Key": "a" } };
    const call = new FakeCall(once);
    const answer = rig.pass(call);
    await rig.clock.advance(100);
    call.abort();
    expect((await drive(rig.clock, answer)).status).toBe(201);
    expect(seen.aborted).toBe(true);
    expect(rig.funds()).toMatchObject({ used: 10, held: 0 });
    expect((await rig.send(once)).header("Idempotent-Replayed")).toBe("true");
  });

  it("is heard of also by work that looks at its signal only afterwards", async () => {
    const seen: unknown[] = [];
    const { rig } = await rigThatTakes(0, async (_, context) => {
      await rig.clock.sleep(1_000);
      const { signal } = context;
      seen.push(signal.aborted, signal.reason);
      return reply({}, 201);
    });
    const call = new FakeCall(sent);
    const answer = rig.pass(call);
    await rig.clock.advance(500);
    call.abort();
    await drive(rig.clock, answer);
    expect(seen).toEqual([true, new Error("the caller left")]);
    expect(call.listeners).toBe(0);
  });

  it("is listened for only while somebody works", async () => {
    const { rig } = await rigThatTakes(0, (_, { signal }) => {
      expect(signal.aborted).toBe(false);
      expect(call.listeners).toBe(1);
      return reply({}, 201);
    });
    const call = new FakeCall(sent);
    expect((await rig.pass(call)).status).toBe(201);
    expect(call.listeners).toBe(0);
  });
});
