// What the page tells, over memory and a file: what counts, what the operator says, and nothing of anybody's.

import { describe, expect, it } from "vitest";
import { dayMs, minuteMs, nowMs } from "./fixtures/samples.ts";
import { kinds, useWorlds } from "./fixtures/world.ts";

const open = useWorlds();
const times = (count: number, changed: object) => Array.from({ length: count }, () => changed);

describe.each(kinds)("the status page over %s", (kind) => {
  it("counts what was answered, by day, API and operation; a refusal is answered well", async () => {
    const { write, json, ask } = await open(kind);
    const yesterday = { atMs: nowMs - dayMs };
    await write([
      ...times(6, yesterday),
      { ...yesterday, status: 402, ending: "refused" },
      { ...yesterday, status: 502, ending: "refused", durationMs: 900 },
      { ...yesterday, status: 499, ending: "abandoned" },
      { ...yesterday, operation: undefined, status: 404, ending: "refused" },
      { operation: "film", durationMs: 60_001 },
      { api: "Gone", status: 500 },
      { operation: "removed", status: 500 },
    ]);
    const { apis, state, asOfMs } = await json();
    expect([state, asOfMs]).toEqual(["ok", nowMs]);
    const [acme, beta] = apis;
    expect(acme).toMatchObject({ title: "Acme", requests: 9, failures: 1, availability: 8 / 9 });
    const day = { requests: 8, failures: 1, availability: 7 / 8, p50MsMax: 5, p95MsMax: 1_000 };
    expect(acme.operations).toMatchObject([
      { name: "hello", method: "GET", path: "/v1/hello", days: [{ date: "2026-11-21", ...day }] },
      { name: "render", requests: 0, availability: null, p50MsMax: null, days: [] },
      { name: "film", requests: 1, availability: 1, p50MsMax: null },
    ]);
    expect(beta).toMatchObject({ title: "Beta", requests: 0, availability: null, days: [] });
    const { text } = await ask();
    expect(text).toContain(
      "2026-11-21: 8 requests, 1 failure, 87.50 % available, p50 ≤ 5 ms, p95 ≤ 1 s",
    );
    expect(text).toContain("Beta: no data of the last 90 days");
  });

  it("tells 90 days, today included, and none before", async () => {
    const { write, json } = await open(kind);
    const at = (daysAgo: number) => ({ atMs: nowMs - daysAgo * dayMs });
    await write([at(90), at(89), at(0)]);
    const [acme] = (await json()).apis;
    expect(acme.days.map(({ date }: { date: string }) => date)).toEqual([
      "2026-08-25",
      "2026-11-22",
    ]);
  });

  it("is as bad as the worst that the operator says of what is open", async () => {
    const { say, json, clock } = await open(kind);
    const states = async () => {
      await clock.advance(minuteMs);
      const { state, apis } = await json();
      return [state, ...apis.map((api: { state: string }) => api.state)];
    };
    expect(await states()).toEqual(["ok", "ok", "ok"]);
    await say({ id: "a", impact: "none" });
    expect(await states()).toEqual(["ok", "ok", "ok"]);
    await say({ id: "b", impact: "maintenance" });
    expect(await states()).toEqual(["maintenance", "maintenance", "maintenance"]);
    await say({ id: "c", impact: "outage", api: "Beta" });
    expect(await states()).toEqual(["outage", "maintenance", "outage"]);
    await say({ id: "c", impact: "outage", api: "Beta", endedAtMs: nowMs });
    await say({ id: "b", impact: "maintenance", endedAtMs: nowMs });
    await say({ id: "d", impact: "outage", api: "Somebody else's" });
    await say({ id: "e", impact: "outage", startedAtMs: nowMs + dayMs });
    expect(await states()).toEqual(["ok", "ok", "ok"]);
  });

  it("sees by itself that requests fail now, but for what was announced or asked for by a test key", async () => {
    const { write, json, ask, clock, say } = await open(kind);
    const later = async () => {
      await clock.advance(minuteMs);
      return (await json()).state;
    };
    await write([...times(17, {}), ...times(2, { status: 503, simulated: true })]);
    await write(times(2, { status: 500 }));
    expect(await later()).toBe("ok");
    await write([{}]);
    expect(await later()).toBe("degraded");
    expect((await ask()).text).toContain("of the last 20 requests in 5 minutes, 2 failed");
    await write(times(16, { status: 500 }));
    expect(await later()).toBe("outage");
    await say({ impact: "maintenance", api: "Acme" });
    expect(await later()).toBe("maintenance");
    await say({ impact: "maintenance", api: "Acme", endedAtMs: nowMs });
    expect(await later()).toBe("outage");
    await clock.advance(5 * minuteMs);
    expect(await later()).toBe("ok");
  });

  it("tells incidents newest first, each with its newest words first, for 90 days after their end", async () => {
    const { say, json, ask } = await open(kind);
    const ended = (daysAgo: number) => ({ endedAtMs: nowMs - daysAgo * dayMs });
    await say({ id: "old", title: "Old", startedAtMs: 1, ...ended(91) });
    await say({ id: "long", title: "Long", startedAtMs: 2, ...ended(89) });
    const updates = [1, 2].map((n) => ({ atMs: nowMs + n, text: `Word ${n}` }));
    await say({ id: "new", title: "New", api: "Acme", operations: ["hello"], updates });
    await say({ id: "plan", title: "Plan", startedAtMs: nowMs + dayMs });
    const { incidents } = await json();
    expect(incidents.map(({ id }: { id: string }) => id)).toEqual(["plan", "new", "long"]);
    expect(incidents[1]).toMatchObject({ operations: ["hello"], updates: updates.toReversed() });
    const { text } = await ask();
    const order = ["Now", "Word 2", "Word 1", "Planned", "Plan", "Past incidents", "Long"];
    const places = order.map((word) => text.indexOf(`>${word}<`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it("says nothing of what is hidden, nor that it is", async () => {
    const { write, say, ask } = await open(kind, { settings: { hidden: ["film"] } });
    await write(times(30, { operation: "film", status: 500 }));
    await say({
      id: "a",
      title: "Films fail",
      impact: "outage",
      api: "Acme",
      operations: ["film"],
    });
    const both = { api: "Acme", operations: ["film", "hello"] };
    await say({ id: "b", title: "Both", impact: "none", ...both });
    for (const path of ["/status", "/status.json", "/status.atom"]) {
      const { text } = await ask(path);
      expect(text).not.toMatch(/film/i);
      expect(text).toContain("Both");
    }
    expect((await ask("/status.json")).text).toContain('"state":"ok"');
  });

  it("says nothing of any customer", async () => {
    const { write, ask } = await open(kind);
    const secrets = { accountId: "acct_canary", keyId: "key_canary", address: "198.51.100.99" };
    await write([{ ...secrets, clientRequestId: "canary", path: "/v1/canary", param: "canary" }]);
    for (const path of ["/status", "/status.json", "/status.atom"]) {
      expect((await ask(path)).text).not.toMatch(/canary|198\.51/);
    }
  });
});
