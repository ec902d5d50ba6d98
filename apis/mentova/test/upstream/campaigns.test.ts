// Launching, quoting, watching and listing campaigns.

import { DAY_MS, HOUR_MS } from "sluice/base";
import { describe, expect, test } from "vitest";
import type { Campaign } from "../../upstream/index.ts";
import { dataOf, newSession, type Session } from "./session.ts";

interface Launchpad {
  readonly session: Session;
  readonly path: string;
  readonly topicId: string;
}

function launchpad(session = newSession()): Launchpad {
  const { accountId } = session.caller;
  const brand = session.upstream.addBrand(accountId, { name: "Acme" });
  const topic = session.upstream.addTopic(accountId, brand.id, { seed: "shoes" });
  return { session, path: `/brands/${brand.id}/campaigns`, topicId: topic.id };
}

describe("launching a campaign", () => {
  test("answers 201, pending, with the brand's models and three runs by default", async () => {
    const { session, path, topicId } = launchpad();
    expect(await session.post(path, { topicId })).toEqual({
      status: 201,
      body: {
        data: {
          id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
          status: "PENDING",
          createdAt: "2026-06-01T09:00:00.000Z",
          completedAt: null,
          models: ["GPT4O_MINI", "CLAUDE_HAIKU"],
          runsPerModel: 3,
          topic: { id: topicId, seed: "shoes" },
          _count: { runs: 60 },
        },
      },
    });
  });

  test("keeps the chosen models in their order, and counts prompts × models × runs", async () => {
    const { session, path, topicId } = launchpad();
    const models = ["GEMINI_PRO", "DEEPSEEK"];
    const body = { topicId, models, runsPerModel: 20, maxPrompts: 4 };
    const campaign = dataOf<Campaign>(await session.post(path, body));
    expect(campaign).toMatchObject({ models, runsPerModel: 20, _count: { runs: 160 } });
  });

  test.each([
    [{ topicId: undefined }, "topicId", "topicId is required."],
    [{ topicId: 5 }, "topicId", "topicId must be a non-empty string."],
    [{ runsPerModel: 0 }, "runsPerModel", "runsPerModel must be a whole number from 1 to 20."],
    [{ runsPerModel: 21 }, "runsPerModel", "runsPerModel must be a whole number from 1 to 20."],
    [{ maxPrompts: 0 }, "maxPrompts", "maxPrompts must be a whole number of at least 1."],
    [{ maxPrompts: 1.5 }, "maxPrompts", "maxPrompts must be a whole number of at least 1."],
    [{ models: [] }, "models", expect.stringContaining("models must list different values of")],
    [{ models: ["LLAMA", "LLAMA"] }, "models", expect.stringContaining("different values")],
    [{ models: ["constructor"] }, "models", expect.stringContaining("different values")],
    [{ models: "LLAMA" }, "models", expect.stringContaining("different values")],
  ])("refuses %j, as does its quote", async (change, field, detail) => {
    const { session, path, topicId } = launchpad();
    const refusal = { status: 422, body: { problem: "unacceptable", detail, field } };
    expect(await session.post(path, { topicId, ...change })).toEqual(refusal);
    expect(await session.post(`${path}/quote`, { topicId, ...change })).toEqual(refusal);
  });

  test("does not know a topic of another brand, nor does its quote", async () => {
    const { session, path } = launchpad();
    const { accountId } = session.caller;
    const other = session.upstream.addBrand(accountId, { name: "Other" });
    const { id: topicId } = session.upstream.addTopic(accountId, other.id, { seed: "hats" });
    const refusal = {
      status: 404,
      body: { problem: "absent", detail: "Topic not found.", field: "topicId" },
    };
    expect(await session.post(path, { topicId })).toEqual(refusal);
    expect(await session.post(`${path}/quote`, { topicId })).toEqual(refusal);
  });

  test("refuses more slots than the plan allows, as does its quote", async () => {
    const { session, path, topicId } = launchpad();
    const body = { topicId, models: ["CLAUDE_OPUS", "LLAMA"] };
    const refusal = {
      status: 409,
      body: {
        problem: "plan_limit",
        detail: "The models take 6 slots; the plan allows 5 per campaign.",
        field: "models",
      },
    };
    expect(await session.post(path, body)).toEqual(refusal);
    expect(await session.post(`${path}/quote`, body)).toEqual(refusal);
    expect(dataOf(await session.get(path))).toEqual([]);
  });
});

describe("a quote", () => {
  test.each([
    [{}, 20],
    [{ models: ["GPT4O", "GPT4O_MINI"] }, 40],
    [{ models: ["CLAUDE_OPUS"] }, 50],
    [{ models: ["GROK_3", "LLAMA", "GEMINI_FLASH"] }, 50],
    [{ models: ["MISTRAL_LARGE"], maxPrompts: 1 }, 3],
    [{ models: ["DEEPSEEK"], maxPrompts: 1000 }, 10],
    [{ models: ["CLAUDE_SONNET"], runsPerModel: 20 }, 30],
  ])("of %j is prompts × slots, whatever the runs", async (change, credits) => {
    const { session, path, topicId } = launchpad();
    const body = { topicId, ...change };
    expect(await session.post(`${path}/quote`, body)).toEqual({ status: 200, body: { credits } });
  });

  test("is the price of exactly what a launch of the same body does", async () => {
    const { session, path, topicId } = launchpad();
    const slots = { GPT4O_MINI: 1, GEMINI_PRO: 3 };
    const body = { topicId, models: Object.keys(slots), maxPrompts: 7, runsPerModel: 2 };
    const quote = await session.post(`${path}/quote`, body);
    const campaign = dataOf<Campaign>(await session.post(path, body));
    const prompts = campaign._count.runs / (campaign.models.length * campaign.runsPerModel);
    expect(quote.body).toEqual({ credits: prompts * (slots.GPT4O_MINI + slots.GEMINI_PRO) });
  });

  test("does nothing", async () => {
    const { session, path, topicId } = launchpad();
    await session.post(`${path}/quote`, { topicId });
    expect(await session.get(path)).toEqual({
      status: 200,
      body: { data: [], total: 0, limit: 50, offset: 0 },
    });
  });
});

describe("a campaign in time", () => {
  test("is pending until its delay has passed, and then completed at that instant", async () => {
    const { session, path, topicId } = launchpad();
    const { id } = dataOf(await session.post(path, { topicId }));
    await session.clock.advance(4999);
    expect(dataOf(await session.get(`${path}/${id}`))).toMatchObject({
      status: "PENDING",
      completedAt: null,
      results: [],
    });
    await session.clock.advance(1);
    const completed = dataOf(await session.get(`${path}/${id}`));
    expect(completed).toMatchObject({
      status: "COMPLETED",
      completedAt: "2026-06-01T09:00:05.000Z",
      results: [
        { model: "GPT4O_MINI", mentionRate: expect.any(Number) },
        { model: "CLAUDE_HAIKU", mentionRate: expect.any(Number) },
      ],
    });
    await session.clock.advance(DAY_MS);
    expect(dataOf(await session.get(`${path}/${id}`))).toEqual(completed);
  });

  test("stays completed when the wall clock is set back", async () => {
    const { session, path, topicId } = launchpad();
    const { id } = dataOf(await session.post(path, { topicId }));
    await session.clock.advance(5000);
    session.clock.stepWall(-HOUR_MS);
    expect(dataOf(await session.get(`${path}/${id}`))).toMatchObject({ status: "COMPLETED" });
  });

  test("takes the delay that the upstream was made with, even none", async () => {
    const slow = launchpad(newSession({ campaignDelayMs: 60_000 }));
    const { id } = dataOf(await slow.session.post(slow.path, { topicId: slow.topicId }));
    await slow.session.clock.advance(59_999);
    expect(dataOf(await slow.session.get(`${slow.path}/${id}`))).toMatchObject({
      status: "PENDING",
    });
    const instant = launchpad(newSession({ campaignDelayMs: 0 }));
    const reply = await instant.session.post(instant.path, { topicId: instant.topicId });
    expect(dataOf(reply)).toMatchObject({ status: "COMPLETED" });
  });

  test.each([-1, 0.5, Number.NaN])("cannot have a delay of %d", (campaignDelayMs) => {
    expect(() => newSession({ campaignDelayMs })).toThrow("campaignDelayMs");
  });

  test("waits without timers", async () => {
    const { session, path, topicId } = launchpad();
    await session.post(path, { topicId });
    expect(session.clock.pendingTimers).toBe(0);
  });
});

describe("the list of campaigns", () => {
  async function withCampaigns(count: number): Promise<Launchpad & { ids: readonly string[] }> {
    const pad = launchpad();
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      ids.push(dataOf(await pad.session.post(pad.path, { topicId: pad.topicId })).id);
      // Newest first must not depend on the wall clock.
      pad.session.clock.stepWall(-1000);
    }
    return { ...pad, ids: ids.reverse() };
  }

  test("is newest first, fifty at a time", async () => {
    const { session, path, ids } = await withCampaigns(60);
    const reply = await session.get(path);
    expect(reply.body).toMatchObject({ total: 60, limit: 50, offset: 0 });
    expect(dataOf<Campaign[]>(reply).map(({ id }) => id)).toEqual(ids.slice(0, 50));
  });

  test("can be read page by page", async () => {
    const { session, path, ids } = await withCampaigns(5);
    const reply = await session.get(`${path}?limit=2&offset=3`);
    expect(reply.body).toMatchObject({ total: 5, limit: 2, offset: 3 });
    expect(dataOf<Campaign[]>(reply).map(({ id }) => id)).toEqual(ids.slice(3));
    expect(dataOf(await session.get(`${path}?offset=5`))).toEqual([]);
  });

  test("cuts a longer page than two hundred silently", async () => {
    const { session, path } = await withCampaigns(205);
    const reply = await session.get(`${path}?limit=1000`);
    expect(reply.body).toMatchObject({ total: 205, limit: 200 });
    expect(dataOf<unknown[]>(reply)).toHaveLength(200);
  });

  test.each(["limit=0", "limit=x", "offset=-1"])("cannot be asked for by %s", async (query) => {
    const { session, path } = launchpad();
    const field = query.split("=")[0];
    expect(await session.get(`${path}?${query}`)).toMatchObject({ status: 422, body: { field } });
  });
});

test("a demo can put a campaign in place, and learns at once when it cannot", () => {
  const { session, topicId, path } = launchpad();
  const { accountId } = session.caller;
  const brandId = path.split("/")[2] ?? "";
  const campaign = session.upstream.addCampaign(accountId, brandId, { topicId });
  expect(campaign).toMatchObject({ status: "PENDING", topic: { id: topicId } });
  expect(() => session.upstream.addCampaign(accountId, brandId, { topicId: "none" })).toThrow(
    "Topic not found.",
  );
  expect(() => session.upstream.addTopic(accountId, "none", { seed: "hats" })).toThrow(
    "Brand not found.",
  );
});

test("the same seed and clock give the same upstream", async () => {
  const replies = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const { session, path, topicId } = launchpad(newSession({ seed }));
      return JSON.stringify(await session.post(path, { topicId }));
    }),
  );
  expect(replies[0]).toBe(replies[1]);
  expect(replies[0]).not.toBe(replies[2]);
});
