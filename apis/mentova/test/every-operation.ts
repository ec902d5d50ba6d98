// One session in which every operation is asked for, and answers.

import type { mentova } from "../contract/index.ts";
import type { LiveApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { idOf, listOf, type Reply } from "./reply.ts";

export type Operation = keyof typeof mentova.server.operations;

type Send = (operation: Operation, what: string, json?: unknown) => Promise<Reply>;

export async function askEverything(api: LiveApi, send: Send): Promise<void> {
  const { brandId, topicId } = addTopic(api);
  const brand = `/brands/${brandId}`;
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
}
