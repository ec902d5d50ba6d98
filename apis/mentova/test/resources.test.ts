// What the plain API says no to, in the words of the contract: absent things, names that are taken, plans
// and brands that are full.

import { describe, expect, test } from "vitest";
import { agencyId, startApi, strangerId } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { bytesOf, idOf, listOf, refusal } from "./reply.ts";

const notFound = { status: 404, body: { error: "Resource not found", code: "NOT_FOUND" } };

describe("what is not there", () => {
  test("is refused in the same bytes, be it absent, another account's or no path at all", async () => {
    const api = await startApi();
    const foreign = api.upstream.addBrand(strangerId, { name: "Somebody Else" });
    const replies = [
      await api.send("GET /brands/absent"),
      await api.send(`GET /brands/${foreign.id}`),
      await api.send("GET /nothing"),
      await api.send(`GET /brands/${foreign.id}/topics`),
      await api.send(`DELETE /brands/${foreign.id}`),
      await api.send(`PATCH /brands/${foreign.id}`, { json: { name: "Mine" } }),
      await api.send(`POST /brands/${foreign.id}/avatars`, { json: { name: "Mine" } }),
      await api.send("GET /"),
      await api.send("GET /brands/"),
      await api.send("GET /brands/a//b"),
    ];
    for (const reply of replies) expect(refusal(reply)).toEqual(notFound);
    expect(new Set(replies.map((reply) => JSON.stringify(bytesOf(reply)))).size).toBe(1);
    const key = api.keys.stranger;
    expect((await api.send(`GET /brands/${foreign.id}`, { key })).status).toBe(200);
  });

  test("may also hang on another brand than the path says", async () => {
    const api = await startApi();
    const { topicId } = addTopic(api);
    const other = api.upstream.addBrand(agencyId, { name: "Other" });
    expect(refusal(await api.send(`DELETE /brands/${other.id}/topics/${topicId}`))).toEqual(
      notFound,
    );
  });

  test("may also be the topic of a campaign, which then costs nothing", async () => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    const foreign = api.upstream.addBrand(strangerId, { name: "Somebody Else" });
    const topic = api.upstream.addTopic(strangerId, foreign.id, { seed: "running shoes" });
    for (const topicId of ["absent", topic.id]) {
      const reply = await api.send(`POST /brands/${brandId}/campaigns`, { json: { topicId } });
      expect(refusal(reply)).toEqual(notFound);
    }
    expect(api.creditsLeft()).toBe(650);
  });

  test("includes the way in which the gate asks for prices", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    const reply = await api.send(`POST /brands/${brandId}/campaigns/quote`, { json: { topicId } });
    expect(reply.status).toBe(405);
    expect(api.passedOn).toEqual([]);
  });
});

describe("a brand", () => {
  const conflict = {
    status: 409,
    body: { error: "A brand with this name already exists.", code: "CONFLICT" },
  };
  const limitReached = {
    status: 422,
    body: { error: "The plan's limit of brands is reached (10).", code: "LIMIT_REACHED" },
  };

  test("cannot take a name twice, nor be renamed to one that is taken", async () => {
    const api = await startApi();
    expect((await api.send("POST /brands", { json: { name: "Acme" } })).status).toBe(201);
    expect(refusal(await api.send("POST /brands", { json: { name: "ACME" } }))).toEqual(conflict);
    const other = await api.send("POST /brands", { json: { name: "Other" } });
    const rename = await api.send(`PATCH /brands/${idOf(other)}`, { json: { name: "Acme" } });
    expect(refusal(rename)).toEqual(conflict);
  });

  test("cannot be the eleventh on the Agency plan, until another makes room", async () => {
    const api = await startApi();
    const [first] = Array.from({ length: 9 }, (_, n) =>
      api.upstream.addBrand(agencyId, { name: `Brand ${n + 1}` }),
    );
    const create = (name: string) => api.send("POST /brands", { json: { name } });
    expect((await create("Brand 10")).status).toBe(201);
    expect(refusal(await create("Brand 11"))).toEqual(limitReached);
    expect(listOf(await api.send("GET /brands"))).toHaveLength(10);
    expect((await api.send(`DELETE /brands/${first?.id}`)).status).toBe(200);
    expect((await create("Brand 11")).status).toBe(201);
  });

  test("is counted exactly when many are created together", async () => {
    const api = await startApi();
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        api.send("POST /brands", { json: { name: `Brand ${n}` } }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(10);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(refusal(reply)).toEqual(limitReached);
    }
  });

  test("has room for more where an account has an exception", async () => {
    const api = await startApi();
    const account = api.stores.directory.account(agencyId);
    if (account === undefined) throw new Error("the agency is gone");
    const change = { by: "support", atMs: api.clock.wallMs() };
    api.stores.directory.putAccount({ ...account, overrides: { limits: { brands: 1 } } }, change);
    expect((await api.send("POST /brands", { json: { name: "One" } })).status).toBe(201);
    expect(refusal(await api.send("POST /brands", { json: { name: "Two" } }))).toEqual({
      status: 422,
      body: { error: "The plan's limit of brands is reached (1).", code: "LIMIT_REACHED" },
    });
  });

  test("cannot have a sixth avatar", async () => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    for (let n = 1; n <= 5; n++) {
      const reply = await api.send(`POST /brands/${brandId}/avatars`, { json: { name: `A${n}` } });
      expect(reply.status).toBe(201);
    }
    const sixth = await api.send(`POST /brands/${brandId}/avatars`, { json: { name: "A6" } });
    expect(refusal(sixth)).toEqual({
      status: 422,
      body: { error: "The brand's limit of avatars is reached (5).", code: "LIMIT_EXCEEDED" },
    });
    expect(listOf(await api.send(`GET /brands/${brandId}/avatars`))).toHaveLength(5);
  });
});

describe("a campaign", () => {
  test("cannot take more slots than the plan allows, and is not charged for trying", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    const json = { topicId, models: ["CLAUDE_OPUS", "GPT4O_MINI"] };
    expect(refusal(await api.send(`POST /brands/${brandId}/campaigns`, { json }))).toEqual({
      status: 422,
      body: {
        error: "The models take 6 slots; the plan allows 5 per campaign.",
        code: "LIMIT_REACHED",
      },
    });
    expect(api.creditsLeft()).toBe(650);
  });
});
