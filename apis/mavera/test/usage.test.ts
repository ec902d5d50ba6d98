// `GET /usage` after a mixed load, against the ledger and the log: both say the same as what callers were told.

import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { enterpriseId, type KeyName, starterId } from "./people.ts";
import { type Reply, requestIdOf } from "./reply.ts";
import { EventReader } from "./sse.ts";

const key = "enterprise" satisfies KeyName;

async function usage(api: LiveApi, name: KeyName = key) {
  const { status, body } = await api.send("GET /usage", { key: api.keys[name] });
  expect(status).toBe(200);
  return body;
}

function chargedIn(api: LiveApi, accountId = enterpriseId): number {
  return api.stores.ledger
    .entries(accountId, { limit: 10_000 })
    .filter(({ to }) => to === "charged")
    .reduce((sum, { amount }) => sum + amount, 0);
}

interface Load {
  /** What the answers said that they cost. */
  told: number;
  requests: number;
  refusals: number;
}

/** Answers, streams, jobs, refusals and replays, as one caller sees them. */
async function putUnderLoad(api: LiveApi): Promise<Load> {
  const load: Load = { told: 0, requests: 0, refusals: 0 };
  const send = async (what: string, json?: object, headers = {}): Promise<Reply> => {
    const reply = await api.send(what, { key: api.keys[key], headers, ...(json && { json }) });
    load.requests += 1;
    if (reply.status >= 400) load.refusals += 1;
    const isReplay = reply.headers.has("Idempotent-Replayed");
    const { usage, credits_charged } = reply.body ?? {};
    if (!isReplay) load.told += usage?.credits_used ?? credits_charged ?? 0;
    return reply;
  };
  const words = "word ".repeat(1_000);
  const chat = { model: "mavera-1", messages: [{ role: "user", content: words }] };
  for (let n = 0; n < 3; n++) {
    await send("POST /responses", hello);
    await send("POST /chat/completions", chat, { "Idempotency-Key": "chat" });
    await send("POST /mave/chat", { message: words });
    await send("POST /responses", { ...hello, persona_id: "nobody" });
    await send("POST /responses", { ...hello, model: "gpt-4" });
    await send("GET /personas");
    await send("GET /nothing");
  }
  await send("POST /personas", { name: "Ann", pipeline_type: "advanced" });
  load.told += await hearAndLeave(api);
  load.requests += 2;
  const jobs = [];
  for (const video_url of [video.video_url, "https://example.com/unreadable.mp4"]) {
    jobs.push((await send("POST /video-analyses", { ...video, video_url })).body.id);
  }
  await send("POST /focus-groups", { questions: ["Why?"] });
  await api.clock.advance(2_000);
  for (const id of jobs) load.told += (await send(`GET /video-analyses/${id}`)).body.credits_used;
  const { data } = (await send("GET /focus-groups")).body;
  load.told += data[0].credits_used;
  return load;
}

/** A stream to its end, and one that is left before it has cost anything; gives what they cost. */
async function hearAndLeave(api: LiveApi): Promise<number> {
  const how = { key: api.keys[key], json: { message: "Hello", stream: true } };
  const events = await new EventReader(await api.open("POST /mave/chat", how)).rest();
  const slow = { ...how, json: { ...how.json, delay: 60_000 } };
  const left = await api.open("POST /mave/chat", slow);
  await left.body?.cancel();
  await api.row(requestIdOf(left));
  const completed = events.find(({ name }) => name === "mave.message.completed");
  return completed?.data.message.usage.credits_used;
}

describe("usage after a mixed load", () => {
  test("is what the ledger charged, and what the answers said", async () => {
    const api = await startApi();
    const load = await putUnderLoad(api);
    const { credits, api_requests } = await usage(api);
    expect(credits.used).toBe(load.told);
    expect(credits.used).toBe(chargedIn(api));
    expect(credits.used).toBe(api.funds(enterpriseId).used);
    expect(credits).toMatchObject({ included: 100_000, remaining: 100_000 - load.told });
    expect(credits.percentage_used).toBe(Math.round(load.told / 10) / 100);
    expect(api_requests.credits_used).toBe(load.told);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("counts every request once, and those that were refused", async () => {
    const api = await startApi();
    const { requests, refusals } = await putUnderLoad(api);
    // Requests count from the millisecond after theirs.
    await api.clock.advance(1);
    const { api_requests } = await usage(api);
    expect(api_requests).toMatchObject({ total_requests: requests, error_count: refusals });
    expect(api.stores.log.find({ limit: 100, accountId: enterpriseId })).toHaveLength(requests + 1);
  });

  test("says nothing of what anybody else used", async () => {
    const api = await startApi();
    await putUnderLoad(api);
    expect((await usage(api, "starter")).credits).toMatchObject({ used: 0, remaining: 500 });
    expect((await usage(api, "stranger")).api_requests.total_requests).toBe(0);
  });
});

describe("usage", () => {
  test.each<[KeyName, number, number]>([
    ["starter", 60, 500],
    ["basic", 120, 2_000],
    ["professional", 240, 5_000],
    ["enterprise", 600, 100_000],
  ])("shows the limits of the key's own plan: %s", async (name, requests, credits) => {
    const { rate_limit, credits: shown } = await usage(await startApi(), name);
    expect([rate_limit.requests_per_minute, shown.included]).toEqual([requests, credits]);
  });

  test("shows the window that was agreed with the account", async () => {
    const api = await startApi();
    const account = {
      id: starterId,
      name: "Agreed",
      plan: "starter",
      subscription: "active",
    } as const;
    const overrides = { windows: { requests: 90 } };
    const change = { by: "sales", atMs: api.clock.wallMs() };
    api.stores.directory.putAccount({ ...account, overrides }, change);
    const reply = await api.send("GET /usage");
    expect(reply.body.rate_limit.requests_per_minute).toBe(90);
    expect(reply.headers.get("X-RateLimit-Limit")).toBe("90");
  });

  test("shows what is held for a job as neither used nor to be had", async () => {
    const api = await startApi();
    const how = { key: api.keys.enterprise, json: { questions: ["Why?"], delay: 60_000 } };
    await api.send("POST /focus-groups", how);
    expect((await usage(api)).credits).toMatchObject({ used: 0, remaining: 99_800 });
  });

  test("shows the month, and the limit of the workspace that the key belongs to", async () => {
    const api = await startApi();
    const { billing_period, limits } = await usage(api, "overBudget");
    expect(billing_period).toEqual({
      start: "2026-06-01T00:00:00.000Z",
      end: "2026-06-30T23:59:59.999Z",
    });
    expect(limits).toEqual({ budget_alert: null, usage_limit: 10 });
    expect((await usage(api)).limits.usage_limit).toBeNull();
  });
});
