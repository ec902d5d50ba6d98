// What happens now, second by second: counted only while somebody watches, bounded for whoever reads slowly, and ended in order.

import { createFetchHandler } from "sluice/adapter/fetch";
import { VirtualClock } from "sluice/base";
import type { LogRow } from "sluice/gate";
import { describe, expect, it } from "vitest";
import {
  createLiveCounts,
  type LiveEvent,
  type LiveEvents,
} from "../../src/admin/live/live-counts.ts";
import { row } from "../watch/fixtures/row.ts";
import { useWorlds } from "./fixtures/worlds.ts";

function rig() {
  const clock = new VirtualClock();
  const live = createLiveCounts({ clock, underWay: () => 3 });
  const watch = (endsAfterMs = 60_000, signal = new AbortController().signal) => {
    const events = live.watch(endsAfterMs, signal);
    if (events === undefined) throw new Error("too many watch");
    return events;
  };
  const answered = (changed: Partial<LogRow>) => live.answered({ ...row(), ...changed });
  return { clock, live, watch, answered };
}

async function next(events: LiveEvents): Promise<LiveEvent | undefined> {
  const { value, done } = await events.next();
  return done ? undefined : value;
}

describe("a second", () => {
  it("counts what was answered in it", async () => {
    const { clock, watch, answered } = rig();
    const events = watch();
    const refused = { ending: "refused", code: "rate_limited", status: 429, api: "Acme" } as const;
    for (let i = 0; i < 90; i++) answered({ durationMs: 4 });
    for (let i = 0; i < 3; i++) answered({ ...refused, keyId: "key_1", durationMs: 0.1 });
    answered({ ...refused, keyId: "key_2", code: "forbidden", durationMs: 0.1 });
    answered({ status: 503, ending: "fault", durationMs: 90, degraded: "limits, keys" });
    answered({ charged: 12, durationMs: 4, degraded: "limits" });
    await clock.advance(1_000);
    expect(await next(events)).toEqual({
      name: "second",
      data: {
        atMs: clock.wallMs(),
        requests: 96,
        refusals: [
          { api: "Acme", code: "rate_limited", count: 3 },
          { api: "Acme", code: "forbidden", count: 1 },
        ],
        faults: 1,
        credits: 12,
        latency: { p50Ms: 5, p95Ms: 5, p99Ms: 100 },
        underWay: 3,
        degraded: { limits: 2, keys: 1 },
        refusedKeys: [
          { keyId: "key_1", count: 3 },
          { keyId: "key_2", count: 1 },
        ],
      },
    });
    await clock.advance(1_000);
    const quiet = await next(events);
    expect(quiet?.data).toMatchObject({ requests: 0, refusals: [], latency: null });
    expect(quiet?.data).toMatchObject({
      refusedKeys: [
        { keyId: "key_1", count: 3 },
        { keyId: "key_2", count: 1 },
      ],
    });
    for (let i = 0; i < 60; i++) await clock.advance(1_000);
    await events.return();
  });

  it("counts nothing and has no timer while nobody watches", async () => {
    const { clock, watch, answered, live } = rig();
    answered({});
    expect(clock.pendingTimers).toBe(0);
    const events = watch();
    await clock.advance(1_000);
    expect((await next(events))?.data).toMatchObject({ requests: 0 });
    await events.return();
    expect([clock.pendingTimers, live.watchers]).toEqual([0, 0]);
  });

  it("is bounded: of very many codes and keys the most frequent are told", async () => {
    const { clock, watch, answered } = rig();
    const events = watch();
    for (let i = 0; i < 5_000; i++) {
      const few = i < 40 ? i % 4 : i;
      answered({ ending: "refused", code: `code_${few}`, keyId: `key_${few}` });
    }
    await clock.advance(1_000);
    const second = await next(events);
    expect(second?.data).toMatchObject({ requests: 5_000 });
    if (second?.name !== "second") throw new Error("a second");
    expect(second.data.refusals).toHaveLength(10);
    expect(second.data.refusals.slice(0, 4).map(({ count }) => count)).toEqual([10, 10, 10, 10]);
    expect(second.data.refusedKeys).toHaveLength(10);
    await events.return();
  });
});

describe("whoever watches", () => {
  it("and reads slowly misses what is old", async () => {
    const { clock, watch } = rig();
    const events = watch();
    const startMs = clock.wallMs();
    for (let i = 0; i < 20; i++) await clock.advance(1_000);
    const first = await next(events);
    expect(first?.data).toMatchObject({ atMs: startMs + 16_000 });
    await events.return();
  });

  it("hears the end after its time, and at the stop, and nothing after it", async () => {
    const { clock, live, watch } = rig();
    const short = watch(1_500);
    const long = watch();
    await clock.advance(1_500);
    expect((await next(short))?.name).toBe("second");
    expect(await next(short)).toEqual({ name: "end", data: { reason: "again" } });
    expect(await next(short)).toBeUndefined();
    live.stop();
    expect((await next(long))?.name).toBe("second");
    expect(await next(long)).toEqual({ name: "end", data: { reason: "stopping" } });
    expect(await next(long)).toBeUndefined();
    expect([clock.pendingTimers, live.watchers]).toEqual([0, 0]);
    expect(await next(watch())).toEqual({ name: "end", data: { reason: "stopping" } });
  });

  it("and leaves costs nothing more, also in the middle of waiting", async () => {
    const { clock, live, watch } = rig();
    const leaving = new AbortController();
    const events = watch(60_000, leaving.signal);
    const waiting = next(events);
    leaving.abort();
    expect(await waiting).toBeUndefined();
    expect([clock.pendingTimers, live.watchers]).toEqual([0, 0]);
  });

  it("is one of 64 at most", () => {
    const { live, watch } = rig();
    for (let i = 0; i < 64; i++) watch();
    expect(live.watch(1_000, new AbortController().signal)).toBeUndefined();
  });
});

describe("over HTTP", () => {
  const open = useWorlds();

  it("a second is an event, and a caller who leaves is gone", async () => {
    const world = await open("memory");
    const fetchAdmin = createFetchHandler(world.admin.gate);
    const leaving = new AbortController();
    const response = await fetchAdmin(
      new Request("http://admin.test/admin/v1/live", {
        headers: { authorization: `Bearer ${world.tokens.support}` },
        signal: leaving.signal,
      }),
    );
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = reader?.read();
    await world.call("/v1/nothing");
    await world.clock.advance(1_000);
    const text = (await read)?.value ?? "";
    expect(text).toMatch(/^event: second\ndata: /);
    const data = JSON.parse(text.split("data: ")[1] ?? "");
    expect(data).toMatchObject({
      requests: 1,
      refusals: [{ api: "Acme", code: "not_found", count: 1 }],
    });
    leaving.abort();
    await reader?.cancel().catch(() => undefined);
    await world.admin.gate.idle();
    expect(world.live.watchers).toBe(0);
  });

  it("one token watches four times at most", async () => {
    const world = await open("memory");
    const fetchAdmin = createFetchHandler(world.admin.gate);
    const watch = () =>
      fetchAdmin(
        new Request("http://admin.test/admin/v1/live", {
          headers: { authorization: `Bearer ${world.tokens.support}` },
        }),
      );
    const four = await Promise.all([watch(), watch(), watch(), watch()]);
    expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const fifth = await watch();
    expect([fifth.status, fifth.headers.get("retry-after")]).toEqual([429, "5"]);
    // Nothing was read of any of them.
    await Promise.all(four.map(({ body }) => body?.cancel()));
    await world.admin.gate.idle();
    expect(world.live.watchers).toBe(0);
    const another = await watch();
    expect(another.status).toBe(200);
    await another.body?.cancel();
  });
});
