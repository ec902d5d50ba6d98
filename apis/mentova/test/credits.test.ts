// What campaigns cost, and that nothing else does: credits are taken once for work that was done.

import { describe, expect, test } from "vitest";
import { mentova } from "../contract/index.ts";
import { agency, agencyId, type LiveApi, spendDownTo, startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { idOf, listOf, type Reply, refusal } from "./reply.ts";

const quotaExceeded = {
  status: 422,
  body: {
    error: "Insufficient credits to launch the requested campaign",
    code: "QUOTA_EXCEEDED",
  },
};
const unavailable = {
  status: 503,
  body: { error: "Service temporarily unavailable", code: "SERVICE_UNAVAILABLE" },
};
const dayMs = 24 * 60 * 60 * 1_000;

interface Launching {
  readonly api: LiveApi;
  readonly brandId: string;
  launch(more?: object): Promise<Reply>;
  campaigns(): Promise<number>;
}

async function ready(): Promise<Launching> {
  const api = await startApi();
  const { brandId, topicId } = addTopic(api);
  const path = `/brands/${brandId}/campaigns`;
  return {
    api,
    brandId,
    launch: (more = {}) => api.send(`POST ${path}`, { json: { topicId, ...more } }),
    campaigns: async () => listOf(await api.send(`GET ${path}`)).length,
  };
}

describe("a campaign", () => {
  test.each([
    [{}, 20],
    [{ maxPrompts: 3 }, 6],
    [{ models: ["GPT4O", "GPT4O_MINI"] }, 40],
    [{ models: ["CLAUDE_OPUS"], maxPrompts: 1, runsPerModel: 20 }, 5],
  ])("costs its prompts times the slots of its models: %j", async (more, credits) => {
    const { api, launch } = await ready();
    const reply = await launch(more);
    expect(reply).toMatchObject({ status: 201, body: { data: { status: "PENDING" } } });
    expect(api.creditsLeft()).toBe(650 - credits);
  });

  test("dearer than the credits left is neither launched nor charged", async () => {
    const { api, launch, campaigns } = await ready();
    await spendDownTo(api, 19);
    expect(refusal(await launch())).toEqual(quotaExceeded);
    expect(await campaigns()).toBe(0);
    expect(api.creditsLeft()).toBe(19);
    expect((await launch({ maxPrompts: 9 })).status).toBe(201);
    expect(api.creditsLeft()).toBe(1);
  });

  test("may take the very last credit", async () => {
    const { api, launch } = await ready();
    await spendDownTo(api, 20);
    expect((await launch()).status).toBe(201);
    expect(api.creditsLeft()).toBe(0);
    expect(refusal(await launch({ maxPrompts: 1 }))).toEqual(quotaExceeded);
  });

  test("is launched exactly as often as there are credits, when many come together", async () => {
    const { api, launch, campaigns } = await ready();
    await spendDownTo(api, 100);
    const replies = await Promise.all(Array.from({ length: 50 }, () => launch()));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(refusal(reply)).toEqual(quotaExceeded);
    }
    expect(await campaigns()).toBe(5);
    expect(api.creditsLeft()).toBe(0);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("takes bought credits once those of the plan are gone", async () => {
    const { api, launch } = await ready();
    await spendDownTo(api, 15);
    const grant = { id: "pack", accountId: agencyId, amount: 10, reason: "bonus pack" };
    api.stores.ledger.grant(grant, api.clock.wallMs());
    expect((await launch()).status).toBe(201);
    expect(api.creditsLeft()).toBe(5);
  });

  test("brings the credits back when it comes 30 days after the period began", async () => {
    const { api, launch } = await ready();
    await spendDownTo(api, 0);
    await api.clock.advance(30 * dayMs - 1);
    expect(refusal(await launch())).toEqual(quotaExceeded);
    await api.clock.advance(1);
    expect((await launch()).status).toBe(201);
    expect(api.creditsLeft()).toBe(630);
    await api.clock.advance(15 * dayMs);
    await launch();
    expect(api.creditsLeft()).toBe(610);
  });

  test("stops at a budget of the key as at the account's credits", async () => {
    const { api, brandId } = await ready();
    const spec = { accountId: agency.id, name: "budgeted", budget: 30, by: "test" };
    const { secret } = await api.gate.keys.create(spec);
    const [topic] = listOf(await api.send(`GET /brands/${brandId}/topics`));
    const how = { key: secret, json: { topicId: topic?.id } };
    expect((await api.send(`POST /brands/${brandId}/campaigns`, how)).status).toBe(201);
    expect(refusal(await api.send(`POST /brands/${brandId}/campaigns`, how))).toEqual({
      status: 422,
      body: {
        error: "The budget of this key, project or workspace is spent",
        code: "QUOTA_EXCEEDED",
      },
    });
    expect(api.creditsLeft()).toBe(630);
  });
});

describe("credits are not taken", () => {
  test("by anything but campaigns", async () => {
    const { api, brandId } = await ready();
    const created = await api.send("POST /brands", { json: { name: "Acme" } });
    await api.send(`POST /brands/${idOf(created)}/topics`, { json: { seed: "hats" } });
    await api.send(`POST /brands/${idOf(created)}/avatars`, { json: { name: "Ann" } });
    await api.send(`GET /brands/${brandId}/visibility`);
    expect(api.creditsLeft()).toBe(650);
    expect(api.stores.ledger.entries(agencyId, { limit: 1 })).toEqual([]);
  });

  test.each([
    [{ runsPerModel: 0 }, 422],
    [{ topicId: "absent" }, 404],
    [{ models: ["CLAUDE_OPUS", "LLAMA"] }, 422],
  ])("by a campaign that is refused: %j", async (more, status) => {
    const { api, launch } = await ready();
    expect((await launch(more)).status).toBe(status);
    expect(api.creditsLeft()).toBe(650);
  });
});

describe("while the ledger is away", () => {
  test("no campaign is launched, and the answer says when to come back", async () => {
    const { api, launch, campaigns } = await ready();
    api.outages.begin("ledger");
    const refused = await launch();
    expect(refusal(refused)).toEqual(unavailable);
    expect(refused.headers.get("Retry-After")).toBe("1");
    api.outages.end("ledger");
    expect(await campaigns()).toBe(0);
    expect((await launch()).status).toBe(201);
    expect(api.creditsLeft()).toBe(630);
  });

  test("whatever costs nothing goes on", async () => {
    const { api } = await ready();
    api.outages.begin("ledger");
    expect((await api.send("GET /brands")).status).toBe(200);
    expect((await api.send("POST /brands", { json: { name: "Acme" } })).status).toBe(201);
  });
});

test("every plan has the credits and slots of the documents", () => {
  const plans = Object.entries(mentova.server.plans).map(([name, { allowance, limits }]) => [
    name,
    allowance?.credits,
    limits?.["slotsPerCampaign"],
    limits?.["avatarsPerBrand"],
  ]);
  expect(plans).toEqual([
    ["free", 10, 3, 5],
    ["starter", 40, 3, 5],
    ["pro", 60, 5, 5],
    ["pro_plus", 200, 5, 5],
    ["agency", 650, 5, 5],
  ]);
});
