// 60 requests in any 60 seconds for each key, and what happens when their store is away.

import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";
import { type Reply, refusal } from "./reply.ts";

const rateLimited = {
  status: 429,
  body: { error: "Rate limit exceeded", code: "RATE_LIMITED" },
};

async function sendMany(api: LiveApi, count: number, what = "GET /brands"): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n++) statuses.push((await api.send(what)).status);
  return statuses;
}

const all = (count: number, status: number) => Array.from({ length: count }, () => status);
const waitOf = (reply: Reply) => reply.headers.get("Retry-After");

describe("the rate limit", () => {
  test("lets 60 requests pass and refuses the 61st, always for 60 seconds", async () => {
    const api = await startApi();
    expect(await sendMany(api, 60)).toEqual(all(60, 200));
    const refused = await api.send("GET /brands");
    expect(refusal(refused)).toEqual(rateLimited);
    expect(waitOf(refused)).toBe("60");
    await api.clock.advance(59_000);
    const later = await api.send("GET /brands");
    expect(refusal(later)).toEqual(rateLimited);
    expect(waitOf(later)).toBe("60");
  });

  test("has no header of its own on any answer", async () => {
    const api = await startApi();
    const replies = [await api.send("GET /brands")];
    await sendMany(api, 59);
    replies.push(await api.send("GET /brands"));
    const names = replies.flatMap(({ headers }) => [...headers.keys()]);
    expect(names.filter((name) => /rate-?limit/i.test(name))).toEqual([]);
  });

  test("has room again 60 seconds after the first request, and not a moment earlier", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    await api.clock.advance(59_999);
    expect(refusal(await api.send("GET /brands"))).toEqual(rateLimited);
    await api.clock.advance(1);
    expect(await sendMany(api, 61)).toEqual([...all(60, 200), 429]);
  });

  test("slides: what was asked late in one minute still counts in the next", async () => {
    const api = await startApi();
    await sendMany(api, 10);
    await api.clock.advance(50_000);
    expect(await sendMany(api, 51)).toEqual([...all(50, 200), 429]);
    await api.clock.advance(10_000);
    expect(await sendMany(api, 11)).toEqual([...all(10, 200), 429]);
    await api.clock.advance(49_999);
    expect(await sendMany(api, 1)).toEqual([429]);
    await api.clock.advance(1);
    expect(await sendMany(api, 51)).toEqual([...all(50, 200), 429]);
  });

  test("does not count what it refused", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    await sendMany(api, 100);
    await api.clock.advance(60_000);
    expect(await sendMany(api, 60)).toEqual(all(60, 200));
  });

  test("counts what was refused for another reason: it was a request", async () => {
    const api = await startApi();
    expect(await sendMany(api, 30, "GET /brands/absent")).toEqual(all(30, 404));
    expect(await sendMany(api, 30, "GET /nothing")).toEqual(all(30, 404));
    expect(refusal(await api.send("GET /brands"))).toEqual(rateLimited);
  });

  test("is each key's own, also within one account", async () => {
    const api = await startApi();
    await sendMany(api, 61);
    expect((await api.send("GET /brands", { key: api.keys.second })).status).toBe(200);
    expect((await api.send("GET /brands", { key: api.keys.stranger })).status).toBe(200);
  });

  test("admits exactly 60 of 200 that arrive together", async () => {
    const api = await startApi();
    const replies = await Promise.all(Array.from({ length: 200 }, () => api.send("GET /brands")));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(140);
  });

  test("is not moved by a step of the wall clock", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    api.clock.stepWall(3_600_000);
    expect(refusal(await api.send("GET /brands"))).toEqual(rateLimited);
    api.clock.stepWall(-7_200_000);
    expect(refusal(await api.send("GET /brands"))).toEqual(rateLimited);
    await api.clock.advance(60_000);
    expect((await api.send("GET /brands")).status).toBe(200);
  });
});

describe("while the limits' store is away", () => {
  test("every request passes, and the answer and the operator are told", async () => {
    const api = await startApi();
    await sendMany(api, 60);
    api.outages.begin("limits");
    expect(await sendMany(api, 70)).toEqual(all(70, 200));
    expect((await api.send("GET /brands")).headers.get("Sluice-Degraded")).toBe("limits");
    api.outages.end("limits");
    expect(refusal(await api.send("GET /brands"))).toEqual(rateLimited);
    expect(api.events.map(({ kind }) => kind)).toEqual(["limits_down", "limits_back"]);
  });
});
