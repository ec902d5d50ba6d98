// How much may run at once: ten open questions to Mave, five focus groups, three video analyses. Those two are
// jobs, which go on after their call was answered.

import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { enterpriseId } from "./people.ts";
import { type Reply, refusal, requestIdOf, windowOf } from "./reply.ts";

function capped(limit: number, seconds: number) {
  return {
    status: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    message:
      `Concurrency limit exceeded: at most ${limit} may run at once. ` +
      `Please retry after ${seconds} seconds.`,
    param: null,
  };
}

function expectCapped(reply: Reply, limit: number, seconds: number): void {
  expect(refusal(reply)).toEqual(capped(limit, seconds));
  expect(reply.headers.get("Retry-After")).toBe(String(seconds));
  expect(windowOf(reply).limit).toBe("600");
}

interface Jobs {
  readonly what: string;
  readonly json: object;
  readonly cap: number;
}

const focusGroups: Jobs = {
  what: "POST /focus-groups",
  json: { questions: ["Why?"], delay: 40_000 },
  cap: 5,
};
const videos: Jobs = {
  what: "POST /video-analyses",
  json: { ...video, delay: 40_000 },
  cap: 3,
};

async function start(api: LiveApi, { what, json }: Jobs): Promise<Reply> {
  return await api.send(what, { key: api.keys.enterprise, json });
}

describe.each([
  ["focus groups", focusGroups],
  ["video analyses", videos],
])("%s", (_, jobs) => {
  test("run up to the cap at once, and the next comes in when one has ended", async () => {
    const api = await startApi();
    for (let n = 0; n < jobs.cap; n++) {
      expect((await start(api, jobs)).status).toBe(201);
      await api.clock.advance(1_000);
    }
    expectCapped(await start(api, jobs), jobs.cap, 15);
    await api.clock.advance(40_000 - jobs.cap * 1_000 - 1);
    expectCapped(await start(api, jobs), jobs.cap, 15);
    await api.clock.advance(1);
    expect((await start(api, jobs)).status).toBe(201);
    expectCapped(await start(api, jobs), jobs.cap, 15);
  });

  test("that were refused hold no credits, reach nobody and take no place in the window", async () => {
    const api = await startApi();
    let left: unknown;
    for (let n = 0; n < jobs.cap; n++) left = windowOf(await start(api, jobs)).remaining;
    const { held } = api.funds(enterpriseId);
    expect(windowOf(await start(api, jobs)).remaining).toBe(left);
    expect(api.funds(enterpriseId).held).toBe(held);
    expect(api.arrivals.all).toHaveLength(jobs.cap);
    expect(windowOf(await start(api, jobs)).remaining).toBe(left);
  });

  test("that came to nothing take no slot", async () => {
    const api = await startApi();
    const invalid = { ...jobs, json: { ...jobs.json, persona_ids: ["nobody"], workspace_id: "" } };
    for (let n = 0; n <= jobs.cap; n++) expect((await start(api, invalid)).status).toBe(400);
    for (let n = 0; n < jobs.cap; n++) expect((await start(api, jobs)).status).toBe(201);
  });
});

test("jobs of one kind, and of one account, leave the others their slots", async () => {
  const api = await startApi();
  for (let n = 0; n < 3; n++) await start(api, videos);
  expect((await start(api, videos)).status).toBe(429);
  expect((await start(api, focusGroups)).status).toBe(201);
  const other = { key: api.keys.professional, json: videos.json };
  expect((await api.send(videos.what, other)).status).toBe(201);
  const cheap = { key: api.keys.enterprise, json: hello };
  expect((await api.send("POST /responses", cheap)).status).toBe(200);
});

describe("questions to Mave", () => {
  const question = { message: "Hello", delay: 60_000 };
  const ask = (api: LiveApi, json: object = question) =>
    api.send("POST /mave/chat", { key: api.keys.enterprise, json });

  test("are open ten at a time, and the eleventh comes in when one was answered", async () => {
    const api = await startApi();
    const open = Array.from({ length: 10 }, () => ask(api));
    await api.arrivals.reached(10);
    expectCapped(await ask(api), 10, 5);
    await api.clock.advance(60_000);
    for (const reply of await Promise.all(open)) expect(reply.status).toBe(200);
    expect((await ask(api, { message: "Hello" })).status).toBe(200);
    expect(api.funds(enterpriseId)).toMatchObject({ used: 110, held: 0 });
  });

  test("are open, too, while their answers stream, and no longer", async () => {
    const api = await startApi();
    const how = { key: api.keys.enterprise, json: { ...question, stream: true } };
    const streams = [];
    for (let n = 0; n < 10; n++) streams.push(await api.open("POST /mave/chat", how));
    expectCapped(await ask(api), 10, 5);
    const [first, ...others] = streams;
    await first?.body?.cancel();
    await api.row(requestIdOf(first ?? { headers: new Headers() }));
    expect((await ask(api, { message: "Hello" })).status).toBe(200);
    for (const other of others) await other.body?.cancel();
    await Promise.all(others.map((other) => api.row(requestIdOf(other))));
    expect(api.stores.limits.slotsInUse(`mave:${enterpriseId}`)).toBe(0);
    expect(api.stores.ledger.audit()).toEqual([]);
  });
});
