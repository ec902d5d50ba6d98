// What a listener is told of calls, and what it may add to them.
import { describe, expect, it } from "vitest";
import { drive } from "../gate/fixtures/drive.ts";
import { BASE, createRig, KEY, OK, refusal } from "./fixtures/scripted.ts";

describe("events", () => {
  it("tell each attempt and each decision with its reasons, without the key", async () => {
    const { client, clock, events } = createRig((_, n) =>
      n === 1 ? refusal(500, "internal") : OK,
    );
    await drive(clock, client.call("hello", {}));
    expect(events.map(({ kind }) => kind)).toEqual(["begun", "sent", "failed", "sent", "ended"]);
    expect(events[2]).toMatchObject({ code: "internal", status: 500, path: "/v1/hello" });
    expect(events[4]).toMatchObject({ attempts: 2, status: 200, code: undefined });
    expect(JSON.stringify(events)).not.toContain(KEY);
  });
});

describe("events of calls at the same time", () => {
  it("have one number for each call", async () => {
    const { client, clock, events } = createRig(() => ({ ...OK, afterMs: 10 }));
    await drive(clock, Promise.all([client.call("hello", {}), client.call("hello", {})]));
    const numbers = events.flatMap((event) => ("call" in event ? [event.call] : []));
    expect(numbers.toSorted()).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it("end as aborted where the caller leaves, and as what they failed with", async () => {
    const { client, clock, events } = createRig((_, n) =>
      n === 1 ? refusal(404, "not_found") : { ...OK, afterMs: 1_000 },
    );
    await drive(
      clock,
      client.call("hello", {}).catch(() => undefined),
    );
    const caller = new AbortController();
    const left = client.call("hello", {}, { signal: caller.signal }).catch(() => undefined);
    await clock.advance(10);
    caller.abort();
    await drive(clock, left);
    const ends = events.flatMap((event) => (event.kind === "ended" ? [event] : []));
    expect(ends).toMatchObject([
      { call: 1, attempts: 1, status: 404, code: "not_found" },
      { call: 2, attempts: undefined, status: undefined, code: "aborted" },
    ]);
  });

  it("hold no key, also where it stands in a path", async () => {
    const { client, clock, events } = createRig(() => OK);
    await drive(clock, client.fetch(`${BASE}/hello/${KEY}?key=${KEY}`));
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain(KEY.slice(12));
  });

  it("may add headers to an attempt, and take none away", async () => {
    const { client, clock, arrivals } = createRig(() => OK, {
      onEvent: (event) => {
        if (event.kind !== "sent") return;
        event.addHeader("Traceparent", `00-${event.call}-${event.attempts}`);
        event.addHeader("Accept", "none");
      },
    });
    await drive(clock, client.call("hello", {}));
    expect(arrivals[0]?.headers).toMatchObject({
      traceparent: "00-1-1",
      accept: "application/json",
    });
  });

  it("say how long a call waited for its turn, and what held it up", async () => {
    const { client, clock, events } = createRig(() => ({ ...OK, afterMs: 100 }), {
      queue: { concurrencyStart: 1, concurrencyMax: 1 },
      pacing: false,
    });
    const calls = Array.from({ length: 3 }, () => client.call("hello", {}));
    await drive(clock, Promise.all(calls));
    const sent = events.flatMap((event) => (event.kind === "sent" ? [event] : []));
    expect(sent.map(({ waitedMs, heldBy }) => [waitedMs, heldBy])).toEqual([
      [0, undefined],
      [100, "concurrency"],
      [200, "concurrency"],
    ]);
  });
});
