// What the contract says of answers, held against what the API answers: every operation, every model.

import { expect, test } from "vitest";
import { mentova } from "../contract/index.ts";
import { model } from "../contract/schemas/models.ts";
import type { Model } from "../upstream/index.ts";
import { startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { idOf, listOf, type Reply } from "./reply.ts";

type Operation = keyof typeof mentova.server.operations;

test("every operation answers what its schema says", async () => {
  const api = await startApi();
  const seen = new Set<Operation>();
  const expectShape = (operation: Operation, reply: Reply) => {
    expect(reply.status, reply.text).toBeLessThan(300);
    const { output } = mentova.server.operations[operation];
    // Parsing leaves out what a schema does not know: nothing may go undocumented.
    expect(output.parse(reply.body), operation).toEqual(reply.body);
    seen.add(operation);
    return reply;
  };
  const { brandId, topicId } = addTopic(api);
  const brand = `/brands/${brandId}`;
  const send = async (operation: Operation, what: string, json?: unknown) =>
    expectShape(operation, await api.send(what, { json }));

  const created = await send("createBrand", "POST /brands", { name: "Acme", aliases: ["A"] });
  await send("listBrands", "GET /brands");
  await send("getBrand", `GET ${brand}`);
  await send("updateBrand", `PATCH ${brand}`, { domain: null, autoWeeklyAnalysis: true });
  await send("deleteBrand", `DELETE /brands/${idOf(created)}`);
  const topic = await send("createTopic", `POST ${brand}/topics`, { seed: "hats" });
  await send("listTopics", `GET ${brand}/topics`);
  const launched = await send("launchCampaign", `POST ${brand}/campaigns`, { topicId });
  await send("getCampaign", `GET ${brand}/campaigns/${idOf(launched)}`);
  await api.clock.advance(5_000);
  await send("listCampaigns", `GET ${brand}/campaigns`);
  await send("getCampaign", `GET ${brand}/campaigns/${idOf(launched)}`);
  await send("listPrompts", `GET ${brand}/prompts`);
  await send("deleteTopic", `DELETE ${brand}/topics/${idOf(topic)}`);
  await send("getVisibility", `GET ${brand}/visibility?days=7`);
  await send("listCompetitors", `GET ${brand}/competitors`);
  await send("listSources", `GET ${brand}/sources`);
  const advice = listOf(await send("listOpportunities", `GET ${brand}/opportunities`));
  const first = `${brand}/opportunities/${advice[0]?.id}`;
  await send("updateOpportunity", `PATCH ${first}`, { status: "DONE" });
  const avatar = await send("createAvatar", `POST ${brand}/avatars`, { name: "Ann" });
  await send("listAvatars", `GET ${brand}/avatars`);
  await send("updateAvatar", `PATCH ${brand}/avatars/${idOf(avatar)}`, { role: "buyer" });
  await send("deleteAvatar", `DELETE ${brand}/avatars/${idOf(avatar)}`);

  expect([...seen].sort()).toEqual(Object.keys(mentova.server.operations).sort());
});

test("the models of the contract are those of the API", async () => {
  const known: readonly Model[] = model.options;
  const api = await startApi();
  const { brandId, topicId } = addTopic(api);
  for (const one of known) {
    const json = { topicId, models: [one], maxPrompts: 1 };
    expect((await api.send(`POST /brands/${brandId}/campaigns`, { json })).status).toBe(201);
  }
  const everyModel: Record<Model, true> = {
    GPT4O_MINI: true,
    CLAUDE_HAIKU: true,
    GEMINI_FLASH: true,
    LLAMA: true,
    DEEPSEEK: true,
    GPT4O: true,
    CLAUDE_SONNET: true,
    GEMINI_PRO: true,
    GROK_3: true,
    MISTRAL_LARGE: true,
    CLAUDE_OPUS: true,
  };
  expect([...known].sort()).toEqual(Object.keys(everyModel).sort());
});
