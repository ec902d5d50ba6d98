// Topics, and the prompts that are generated with them and go with them.

import { describe, expect, test } from "vitest";
import type { Brand, Prompt, Topic } from "../../upstream/index.ts";
import { dataOf, newSession, type Session } from "./session.ts";

function seeded(): { session: Session; brand: Brand; path: string } {
  const session = newSession();
  const { accountId } = session.caller;
  const brand = session.upstream.addBrand(accountId, { name: "Acme", language: "en" });
  return { session, brand, path: `/brands/${brand.id}` };
}

const statusesOf = (prompts: readonly Prompt[]) => prompts.map((prompt) => prompt.status);

describe("topics", () => {
  test("are created with what was told, and what the brand says for the rest", async () => {
    const { session, brand, path } = seeded();
    expect(await session.post(`${path}/topics`, { seed: "running shoes", country: "FR" })).toEqual({
      status: 201,
      body: {
        data: {
          id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
          brandId: brand.id,
          seed: "running shoes",
          language: "en",
          country: "FR",
          createdAt: "2026-06-01T09:00:00.000Z",
        },
      },
    });
  });

  test("are listed in order of creation", async () => {
    const { session, path } = seeded();
    const first = dataOf(await session.post(`${path}/topics`, { seed: "shoes" }));
    const second = dataOf(await session.post(`${path}/topics`, { seed: "hats" }));
    expect(await session.get(`${path}/topics`)).toEqual({
      status: 200,
      body: { data: [first, second] },
    });
  });

  test("need a seed", async () => {
    const { session, path } = seeded();
    expect(await session.post(`${path}/topics`, {})).toEqual({
      status: 422,
      body: { problem: "unacceptable", detail: "seed is required.", field: "seed" },
    });
  });

  test("take their prompts and campaigns with them, and nobody else's", async () => {
    const { session, path } = seeded();
    const kept = dataOf<Topic>(await session.post(`${path}/topics`, { seed: "hats" }));
    const topic = dataOf<Topic>(await session.post(`${path}/topics`, { seed: "shoes" }));
    const keptCampaign = dataOf(await session.post(`${path}/campaigns`, { topicId: kept.id }));
    const campaign = dataOf(await session.post(`${path}/campaigns`, { topicId: topic.id }));

    expect(await session.delete(`${path}/topics/${topic.id}`)).toEqual({
      status: 200,
      body: { data: { deleted: true } },
    });

    expect(dataOf<Topic[]>(await session.get(`${path}/topics`))).toEqual([kept]);
    const prompts = dataOf<Prompt[]>(await session.get(`${path}/prompts`));
    expect(new Set(prompts.map((prompt) => prompt.topicId))).toEqual(new Set([kept.id]));
    expect(dataOf(await session.get(`${path}/campaigns`))).toMatchObject([{ id: keptCampaign.id }]);
    expect((await session.get(`${path}/campaigns/${campaign.id}`)).status).toBe(404);
    expect(await session.delete(`${path}/topics/${topic.id}`)).toEqual({
      status: 404,
      body: { problem: "absent", detail: "Topic not found." },
    });
  });
});

describe("prompts", () => {
  test("are ten for each topic, say that they are a stand-in's, and keep their ids", async () => {
    const { session, path } = seeded();
    const topic = dataOf(await session.post(`${path}/topics`, { seed: "running shoes" }));
    const reply = await session.get(`${path}/prompts`);
    const prompts = dataOf<Prompt[]>(reply);
    expect(Object.keys(reply.body ?? {})).toEqual(["data"]);
    expect(prompts).toHaveLength(10);
    expect(new Set(prompts.map((prompt) => prompt.id)).size).toBe(10);
    expect(prompts[0]).toEqual({
      id: expect.stringMatching(/^clx[0-9a-z]{21}$/),
      topicId: topic.id,
      text: 'What are the best options for "running shoes"? (stand-in prompt)',
      status: "PENDING",
      models: [],
      mentionRate: null,
      createdAt: "2026-06-01T09:00:00.000Z",
    });
    expect(await session.get(`${path}/prompts`)).toEqual(reply);
  });

  test("are completed once a completed campaign has asked them", async () => {
    const { session, path } = seeded();
    const { id: topicId } = dataOf(await session.post(`${path}/topics`, { seed: "shoes" }));
    await session.post(`${path}/campaigns`, { topicId, maxPrompts: 3, models: ["GPT4O"] });
    const list = async (query: string) =>
      dataOf<Prompt[]>(await session.get(`${path}/prompts?${query}`));

    expect(await list("status=COMPLETED")).toEqual([]);
    await session.clock.advance(5000);
    const completed = await list("status=COMPLETED");
    expect(completed).toHaveLength(3);
    expect(completed[0]).toMatchObject({ models: ["GPT4O"], mentionRate: expect.any(Number) });
    expect(await list("status=PENDING")).toHaveLength(7);
  });

  test("can be narrowed to those put to one model", async () => {
    const { session, path } = seeded();
    const { id: topicId } = dataOf(await session.post(`${path}/topics`, { seed: "shoes" }));
    await session.post(`${path}/campaigns`, { topicId, maxPrompts: 2, models: ["GPT4O"] });
    const replies = await Promise.all([
      session.get(`${path}/prompts?model=GPT4O`),
      session.get(`${path}/prompts?model=LLAMA`),
    ]);
    expect(replies.map((reply) => statusesOf(dataOf<Prompt[]>(reply)))).toEqual([
      ["PENDING", "PENDING"],
      [],
    ]);
  });

  test("come in pages that neither overlap nor leave any out", async () => {
    const { session, path } = seeded();
    await session.post(`${path}/topics`, { seed: "shoes" });
    const all = dataOf<Prompt[]>(await session.get(`${path}/prompts`));
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => session.get(`${path}/prompts?page=${page}&limit=4`)),
    );
    const lists = pages.map((page) => dataOf<Prompt[]>(page));
    expect(lists.map((list) => list.length)).toEqual([4, 4, 2, 0]);
    expect(lists.flat()).toEqual(all);
  });

  test.each([
    ["page=0", "page"],
    ["limit=-1", "limit"],
    ["limit=1.5", "limit"],
    ["page=", "page"],
    ["model=GPT9", "model"],
    ["status=done", "status"],
  ])("cannot be asked for by %s", async (query, field) => {
    const { session, path } = seeded();
    expect(await session.get(`${path}/prompts?${query}`)).toMatchObject({
      status: 422,
      body: { problem: "unacceptable", field },
    });
  });
});
