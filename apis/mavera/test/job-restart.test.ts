// Jobs that outlive the process: what served them dies, another takes over its stores and its records, and every
// job keeps its slot, its credits and its end.

import { MINUTE_MS } from "sluice/base";
import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { type LiveApi, startApi } from "./live-api.ts";
import { enterpriseId } from "./people.ts";
import { type Ask, type Reply, requestIdOf } from "./reply.ts";
import { newFile, openUntilDone } from "./upstream/records-file.ts";

const slot = `videoAnalyses:${enterpriseId}`;
const halfHourMs = 30 * MINUTE_MS;
const json = { ...video, delay: 40_000 };
const unreadable = { ...json, video_url: "https://example.com/unreadable.mp4" };

function start(api: LiveApi, how: Ask = {}): Promise<Reply> {
  return api.send("POST /video-analyses", { key: api.keys.enterprise, json, ...how });
}

async function look(api: LiveApi, id: string) {
  return (await api.send(`GET /video-analyses/${id}`, { key: api.keys.enterprise })).body;
}

function stateOf(api: LiveApi) {
  const { used, held } = api.funds(enterpriseId);
  return { used, held, slots: api.stores.limits.slotsInUse(slot) };
}

/** An API on a file, and the way to begin anew when it has died. */
async function startOnFile() {
  const file = newFile();
  const api = await startApi({ records: openUntilDone(file) });
  return {
    api,
    restart: (before: LiveApi) => startApi({ before, records: openUntilDone(file) }),
  };
}

describe("jobs whose process has died", () => {
  test("go on where they stood, keep their slots, and are charged when they have ended", async () => {
    const { api: first, restart } = await startOnFile();
    const { id } = (await start(first)).body;
    await start(first, { json: { ...unreadable, delay: 60_000 } });
    await start(first, { json: { ...json, delay: 600_000 } });
    await first.clock.advance(25_000);
    await first.die();

    const second = await restart(first);
    expect(await second.gate.jobs.restore()).toBe(3);
    second.upstream.resume();
    expect(stateOf(second)).toEqual({ used: 0, held: 1_500, slots: 3 });
    expect((await start(second)).status).toBe(429);
    expect((await look(second, id)).status).toBe("generating");

    // Two of its four steps were done, and the third had begun.
    await second.clock.advance(20_000);
    const { status, credits_used } = await look(second, id);
    expect(status).toBe("completed");
    expect(stateOf(second)).toEqual({ used: credits_used, held: 1_000, slots: 2 });
    await second.clock.advance(600_000);
    // The failed one cost nothing; the third looked at the same video as the first.
    expect(stateOf(second)).toEqual({ used: 2 * credits_used, held: 0, slots: 0 });
    expect((await start(second)).status).toBe(201);
    expect(second.stores.ledger.audit()).toEqual([]);
  });

  test("do nothing until somebody takes them over", async () => {
    const { api: first, restart } = await startOnFile();
    const reply = await start(first);
    await first.die();
    const second = await restart(first);
    await second.gate.jobs.restore();
    await second.clock.advance(halfHourMs - 1);
    expect(stateOf(second)).toEqual({ used: 0, held: 500, slots: 1 });
    expect((await look(second, reply.body.id)).status).toBe("pending");
  });

  test("are told apart from calls that died with it, whose credits come back at once", async () => {
    const { api: first, restart } = await startOnFile();
    const job = requestIdOf(await start(first));
    const open = first.send("POST /mave/chat", {
      key: first.keys.enterprise,
      json: { message: "Hello", delay: 60_000 },
    });
    open.catch(() => undefined);
    await first.arrivals.reached(2);
    const call = first.arrivals.all[1]?.caller.requestId;
    expect(stateOf(first).held).toBe(550);
    // It has no time to give anything back.
    first.outages.begin("ledger");
    await first.die();
    const second = await restart(first);
    expect(await second.gate.sweeper.sweepAll()).toEqual([call]);
    expect(await second.gate.jobs.restore()).toBe(1);
    second.upstream.resume();
    expect(stateOf(second)).toEqual({ used: 0, held: 500, slots: 1 });
    await second.clock.advance(40_000);
    expect(stateOf(second)).toMatchObject({ held: 0, slots: 0 });
    const entries = second.stores.ledger.entries(enterpriseId, { limit: 10_000 });
    const charged = entries.filter(({ to }) => to === "charged");
    expect(new Set(charged.map(({ holdId }) => holdId))).toEqual(new Set([job]));
  });

  test("are not charged when it stayed away beyond their maximum age", async () => {
    const { api: first, restart } = await startOnFile();
    const reply = await start(first);
    await first.die();
    await first.clock.advance(halfHourMs);
    const second = await restart(first);
    expect(await second.gate.sweeper.sweep()).toEqual([requestIdOf(reply)]);
    expect(await second.gate.jobs.restore()).toBe(0);
    second.upstream.resume();
    await second.clock.advance(40_000);
    expect((await look(second, reply.body.id)).status).toBe("completed");
    expect(stateOf(second)).toEqual({ used: 0, held: 0, slots: 0 });
    expect(second.stores.ledger.audit()).toEqual([]);
  });

  test("are charged once when their end was told and the telling was forgotten", async () => {
    const { api: first, restart } = await startOnFile();
    const id = requestIdOf(await start(first));
    const told = { kind: "completed", credits: 123 } as const;
    expect(await first.gate.jobs.end(id, told)).toEqual({ kind: "charged", credits: 123 });
    await first.die();
    const second = await restart(first);
    expect(await second.gate.jobs.restore()).toBe(0);
    second.upstream.resume();
    await second.clock.advance(40_000);
    expect(stateOf(second)).toEqual({ used: 123, held: 0, slots: 0 });
  });

  test("whose end came while nobody could hear of it are told of after the restart", async () => {
    const { api: first, restart } = await startOnFile();
    const { id } = (await start(first)).body;
    first.outages.begin("ledger");
    await first.clock.advance(40_000);
    expect((await look(first, id)).status).toBe("completed");
    await first.die();
    const second = await restart(first);
    await second.gate.jobs.restore();
    second.upstream.resume();
    await second.clock.advance(0);
    const { credits_used } = await look(second, id);
    expect(stateOf(second)).toEqual({ used: credits_used, held: 0, slots: 0 });
  });
});

test("a start that is repeated after the restart is answered with the same job", async () => {
  const { api: first, restart } = await startOnFile();
  const headers = { "Idempotency-Key": "spot-1" };
  const before = await start(first, { headers });
  await first.die();
  const second = await restart(first);
  await second.gate.jobs.restore();
  second.upstream.resume();
  const after = await start(second, { headers });
  expect([after.status, after.text]).toEqual([201, before.text]);
  expect(after.headers.get("Idempotent-Replayed")).toBe("true");
  expect(stateOf(second)).toEqual({ used: 0, held: 500, slots: 1 });
});
