// So many requests in any 60 seconds for each key, what the headers say of them, and an exact Retry-After.

import { describe, expect, test } from "vitest";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import type { KeyName } from "./people.ts";
import { type Reply, refusal, windowOf } from "./reply.ts";

const what = "GET /usage";

function limited(seconds: number) {
  return {
    status: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    message: `Rate limit exceeded. Please retry after ${seconds} seconds.`,
    param: null,
  };
}

/** A refusal whose header says what its message says. */
function expectLimited(reply: Reply, seconds: number): void {
  expect(refusal(reply)).toEqual(limited(seconds));
  expect(reply.headers.get("Retry-After")).toBe(String(seconds));
}

async function sendMany(api: LiveApi, count: number, key = api.keys.starter): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n++) statuses.push((await api.send(what, { key })).status);
  return statuses;
}

const all = (count: number, status: number) => Array.from({ length: count }, () => status);

describe("the rate limit", () => {
  test.each<[KeyName, number]>([
    ["starter", 60],
    ["basic", 120],
    ["professional", 240],
    ["enterprise", 600],
  ])("of the plan %s lets %i requests a minute pass, and refuses the next", async (name, limit) => {
    const api = await startApi();
    const key = api.keys[name];
    expect(await sendMany(api, limit, key)).toEqual(all(limit, 200));
    const refused = await api.send(what, { key });
    expectLimited(refused, 60);
    expect(windowOf(refused)).toMatchObject({ limit: String(limit), remaining: "0" });
    await api.clock.advance(59_999);
    expect((await api.send(what, { key })).status).toBe(429);
    await api.clock.advance(1);
    expect(await sendMany(api, limit + 1, key)).toEqual([...all(limit, 200), 429]);
  });

  test("is each key's own, also within one account", async () => {
    const api = await startApi();
    await sendMany(api, 61);
    expect((await api.send(what, { key: api.keys.second })).status).toBe(200);
    expect((await api.send(what, { key: api.keys.stranger })).status).toBe(200);
  });

  test("slides: what was asked late in one minute still counts in the next", async () => {
    const api = await startApi();
    await sendMany(api, 10);
    await api.clock.advance(50_000);
    expect(await sendMany(api, 51)).toEqual([...all(50, 200), 429]);
    await api.clock.advance(10_000);
    expect(await sendMany(api, 11)).toEqual([...all(10, 200), 429]);
  });

  test("counts what was refused for another reason, and not what it refused itself", async () => {
    const api = await startApi();
    for (let n = 0; n < 30; n++) await api.send("GET /nothing");
    for (let n = 0; n < 30; n++) await api.send("POST /responses", { json: {} });
    expect(await sendMany(api, 20)).toEqual(all(20, 429));
    await api.clock.advance(60_000);
    expect(await sendMany(api, 60)).toEqual(all(60, 200));
  });

  test("admits exactly 60 of 150 that arrive together", async () => {
    const api = await startApi();
    const replies = await Promise.all(Array.from({ length: 150 }, () => api.send(what)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(90);
  });

  test("takes no credits for what it refused", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    expectLimited(await api.send("POST /responses", { json: hello }), 60);
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
  });
});

describe("Retry-After", () => {
  test("is the first whole second at which the same request passes", async () => {
    const api = await startApi();
    await sendMany(api, 1);
    await api.clock.advance(20_000);
    await sendMany(api, 59);
    await api.clock.advance(13_000);
    expectLimited(await api.send(what), 27);
    await api.clock.advance(26_999);
    expectLimited(await api.send(what), 1);
    await api.clock.advance(1);
    expect(await sendMany(api, 2)).toEqual([200, 429]);
  });

  test("is rounded up where the place comes free between two seconds, and never early", async () => {
    const api = await startApi();
    await sendMany(api, 1);
    await api.clock.advance(250);
    await sendMany(api, 59);
    const refused = await api.send(what);
    expectLimited(refused, 60);
    // 59.75 seconds are left: the 59th is too early, the 60th is the first that is not.
    await api.clock.advance(59_000);
    expectLimited(await api.send(what), 1);
    await api.clock.advance(749);
    expectLimited(await api.send(what), 1);
    await api.clock.advance(1);
    expect((await api.send(what)).status).toBe(200);
  });

  test("is kept to by a step of the wall clock", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    for (const ms of [3_600_000, -7_200_000]) {
      api.clock.stepWall(ms);
      expectLimited(await api.send(what), 60);
    }
    await api.clock.advance(60_000);
    expect((await api.send(what)).status).toBe(200);
  });
});

describe("the X-RateLimit headers", () => {
  test("count down, and name the second by which the oldest place is free again", async () => {
    const api = await startApi();
    const shown = async () => windowOf(await api.send(what));
    const reset = String(Math.ceil((api.clock.wallMs() + 60_000) / 1_000));
    expect(await shown()).toEqual({ limit: "60", remaining: "59", reset });
    await api.clock.advance(10_000);
    expect(await shown()).toEqual({ limit: "60", remaining: "58", reset });
    await sendMany(api, 58);
    expect(await shown()).toEqual({ limit: "60", remaining: "0", reset });
    await api.clock.advance(50_000);
    const later = String(Number(reset) + 10);
    expect(await shown()).toEqual({ limit: "60", remaining: "0", reset: later });
  });

  test("are on answers and on errors of every kind alike", async () => {
    const api = await startApi();
    const asked: readonly [string, object?][] = [
      ["GET /personas"],
      ["GET /usage"],
      ["HEAD /personas"],
      ["POST /responses", hello],
      ["POST /responses", { ...hello, stream: true }],
      ["POST /responses", { ...hello, model: "gpt-4" }],
      ["POST /responses", { ...hello, persona_id: "nobody" }],
      ["POST /workspaces", { name: "A" }],
      ["GET /nothing"],
      ["PUT /personas"],
    ];
    const remaining: unknown[] = [];
    for (const [request, json] of asked) {
      const reply = await api.send(request, json && { json });
      expect(windowOf(reply).limit).toBe("60");
      expect(windowOf(reply).reset).toMatch(/^\d{10}$/);
      remaining.push(windowOf(reply).remaining);
    }
    expect(remaining).toEqual(asked.map((_, n) => String(59 - n)));
  });
});

describe("while the limits' store is away", () => {
  test("every request passes, and the answer and the operator are told", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    api.outages.begin("limits");
    expect(await sendMany(api, 70)).toEqual(all(70, 200));
    expect((await api.send(what)).headers.get("Sluice-Degraded")).toBe("limits");
    api.outages.end("limits");
    expect(refusal(await api.send(what))).toEqual(limited(60));
    expect(api.events.map(({ kind }) => kind)).toEqual(["limits_down", "limits_back"]);
  });
});
