// What Prometheus reads, and that nobody outside can make it longer.

import { describe, expect, it, onTestFinished } from "vitest";
import { createMetrics } from "../../src/watch/metrics.ts";
import { films } from "../fixtures/film-gate.ts";
import { row } from "./fixtures/row.ts";

function open() {
  const metrics = createMetrics();
  onTestFinished(() => metrics.close());
  const api = metrics.forApi("films", films);
  /** The samples of one name, by their labels in braces. */
  const samples = async (name: string): Promise<Record<string, number>> => {
    const { text } = await metrics.text();
    const found: Record<string, number> = {};
    for (const line of text.split("\n")) {
      const sample = /^(\w+)(\{.*\})? (\S+)$/.exec(line);
      if (sample?.[1] === name) found[sample[2] ?? ""] = Number(sample[3]);
    }
    return found;
  };
  return { metrics, api, samples };
}

describe("what is counted", () => {
  it("are requests, refusals and credits, by operation", async () => {
    const { api, samples } = open();
    api.answered(row({ operation: "film", status: 201, charged: 40 }));
    api.answered(row({ operation: "film", status: 201, charged: 2, degraded: "limits" }));
    api.answered(row({ operation: "film", status: 402, code: "insufficient_credits" }));
    api.answered(row({ operation: "hello", status: 429, code: "rate_limited" }));
    expect(await samples("sluice_requests_total")).toEqual({
      '{api="films",operation="film",status="2xx"}': 2,
      '{api="films",operation="film",status="4xx"}': 1,
      '{api="films",operation="hello",status="4xx"}': 1,
    });
    expect(Object.values(await samples("sluice_refusals_total"))).toEqual([1, 1]);
    expect(await samples("sluice_credits_charged_total")).toEqual({
      '{api="films",operation="film"}': 42,
    });
    expect(await samples("sluice_degraded_total")).toEqual({ '{api="films",operation="film"}': 1 });
  });

  it("is how long it took, in seconds", async () => {
    const { api, samples } = open();
    api.answered(row({ operation: "hello", durationMs: 0.7 }));
    api.answered(row({ operation: "hello", durationMs: 40 }));
    const buckets = await samples("sluice_request_duration_seconds_bucket");
    const at = (le: string) => buckets[`{api="films",operation="hello",le="${le}"}`];
    expect([at("0.0005"), at("0.001"), at("0.025"), at("0.05"), at("+Inf")]).toEqual([
      0, 1, 1, 2, 2,
    ]);
    expect(Object.values(await samples("sluice_request_duration_seconds_sum"))).toEqual([0.0407]);
  });

  it("is what is under way; bytes that were no request never were", async () => {
    const { api, samples } = open();
    const inFlight = async () => Object.values(await samples("sluice_requests_in_flight"))[0];
    api.begin();
    api.begin();
    api.answered(row());
    api.answered(row({ method: "-" }));
    expect(await inFlight()).toBe(1);
  });

  it("are events, and whether the limits are away", async () => {
    const { api, samples } = open();
    const down = async () => (await samples("sluice_store_down"))['{api="films",store="limits"}'];
    expect(await down()).toBe(0);
    api.event({ kind: "limits_down", error: new Error("gone") });
    expect(await down()).toBe(1);
    api.event({ kind: "limits_back" });
    expect(await down()).toBe(0);
    api.event({ kind: "fault", step: "run", requestId: "r", error: "x" });
    expect(await samples("sluice_events_total")).toEqual({
      '{api="films",kind="limits_down"}': 1,
      '{api="films",kind="limits_back"}': 1,
      '{api="films",kind="fault",step="run"}': 1,
    });
  });

  it("are upstreams that failed, connections, and what was dropped", async () => {
    const { metrics, samples } = open();
    metrics.watch({
      doors: [
        { connections: 3, turnedAway: 1 },
        { connections: 4, turnedAway: 0 },
      ],
      logRowsDropped: () => 5,
      linesDropped: () => 6,
    });
    metrics.upstreamFailed("main", "connect");
    const only = async (name: string) => Object.values(await samples(name));
    expect(await only("sluice_connections")).toEqual([7]);
    expect(await only("sluice_connections_turned_away_total")).toEqual([1]);
    expect(await only("sluice_log_rows_dropped_total")).toEqual([5]);
    expect(await only("sluice_lines_dropped_total")).toEqual([6]);
    expect(await samples("sluice_upstream_failures_total")).toEqual({
      '{upstream="main",phase="connect"}': 1,
    });
    expect((await only("sluice_event_loop_delay_seconds")).length).toBe(3);
    expect((await only("sluice_resident_memory_bytes"))[0]).toBeGreaterThan(1e6);
  });

  it("has no more labels than the contract, whatever comes", async () => {
    const { metrics, api } = open();
    const lengthOf = async () => (await metrics.text()).text.split("\n").length;
    api.answered(row({ operation: "other", code: "other", path: "/x", status: 404 }));
    api.answered(row({ status: 404 }));
    const before = await lengthOf();
    for (let i = 0; i < 1_000; i++) {
      const odd = { accountId: `a${i}`, keyId: `k${i}`, path: `/${i}`, method: `M${i}` };
      api.answered(row({ ...odd, operation: `o${i}`, code: `c${i}`, status: 404 }));
    }
    expect(await lengthOf()).toBe(before);
  });

  it("keeps several APIs apart", async () => {
    const { metrics, api, samples } = open();
    metrics.forApi("second", films).answered(row({ operation: "hello" }));
    api.answered(row({ operation: "hello" }));
    expect(Object.keys(await samples("sluice_requests_total"))).toEqual([
      '{api="films",operation="hello",status="2xx"}',
      '{api="second",operation="hello",status="2xx"}',
    ]);
  });
});
