// Another account's things answer exactly as things that do not exist, on every operation.

import { expect, test } from "vitest";
import type { Opportunity } from "../../upstream/index.ts";
import { dataOf, newSession } from "./session.ts";

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const operations: readonly Operation[] = [
  { method: "GET", path: "/brands/{brand}" },
  { method: "PATCH", path: "/brands/{brand}", body: { name: "Stolen" } },
  { method: "DELETE", path: "/brands/{brand}" },
  { method: "GET", path: "/brands/{brand}/topics" },
  { method: "POST", path: "/brands/{brand}/topics", body: { seed: "shoes" } },
  { method: "DELETE", path: "/brands/{brand}/topics/{topic}" },
  { method: "GET", path: "/brands/{brand}/prompts" },
  { method: "GET", path: "/brands/{brand}/campaigns" },
  { method: "POST", path: "/brands/{brand}/campaigns", body: { topicId: "{topic}" } },
  { method: "POST", path: "/brands/{brand}/campaigns/quote", body: { topicId: "{topic}" } },
  { method: "GET", path: "/brands/{brand}/campaigns/{campaign}" },
  { method: "GET", path: "/brands/{brand}/visibility" },
  { method: "GET", path: "/brands/{brand}/competitors" },
  { method: "GET", path: "/brands/{brand}/sources" },
  { method: "GET", path: "/brands/{brand}/opportunities" },
  {
    method: "PATCH",
    path: "/brands/{brand}/opportunities/{opportunity}",
    body: { status: "DONE" },
  },
  { method: "GET", path: "/brands/{brand}/avatars" },
  { method: "POST", path: "/brands/{brand}/avatars", body: { name: "Eve" } },
  { method: "PATCH", path: "/brands/{brand}/avatars/{avatar}", body: { name: "Eve" } },
  { method: "DELETE", path: "/brands/{brand}/avatars/{avatar}" },
];

const nowhere = {
  brand: "none",
  topic: "none",
  avatar: "none",
  campaign: "none",
  opportunity: "none",
};

async function furnished() {
  const session = newSession();
  const { upstream, caller } = session;
  const brand = upstream.addBrand(caller.accountId, { name: "Acme" }).id;
  const topic = upstream.addTopic(caller.accountId, brand, { seed: "shoes" }).id;
  const avatar = upstream.addAvatar(caller.accountId, brand, { name: "Ada" }).id;
  const campaign = upstream.addCampaign(caller.accountId, brand, { topicId: topic }).id;
  const list = dataOf<Opportunity[]>(await session.get(`/brands/${brand}/opportunities`));
  const opportunity = list[0]?.id ?? "";
  return { session, ids: { brand, topic, avatar, campaign, opportunity } };
}

function fill(text: string, ids: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
}

test.each(operations)("$method $path is absent to another account", async (operation) => {
  const { method, path, body } = operation;
  const { session, ids } = await furnished();
  const send = (account: string, names: Readonly<Record<string, string>>) => {
    const target = fill(path, names);
    const caller = session.as(account);
    if (body) return caller.send(method, target, fill(JSON.stringify(body), names));
    return method === "GET" ? caller.get(target) : caller.delete(target);
  };
  const unknown = await send("acct_1", nowhere);
  expect(await send("acct_2", ids)).toEqual(unknown);
  expect(unknown).toEqual({
    status: 404,
    body: { problem: "absent", detail: "Brand not found." },
  });
  // The attempt changed nothing: the owner's own call still works.
  expect((await send("acct_1", ids)).status).toBeLessThan(300);
});

test("another account's things under one's own brand are absent too", async () => {
  const { session, ids } = await furnished();
  const thief = session.as("acct_2");
  const own = session.upstream.addBrand("acct_2", { name: "Own" }).id;
  const replies = await Promise.all([
    thief.delete(`/brands/${own}/topics/${ids.topic}`),
    thief.get(`/brands/${own}/campaigns/${ids.campaign}`),
    thief.patch(`/brands/${own}/avatars/${ids.avatar}`, { name: "Eve" }),
    thief.delete(`/brands/${own}/avatars/${ids.avatar}`),
    thief.patch(`/brands/${own}/opportunities/${ids.opportunity}`, { status: "DONE" }),
    thief.post(`/brands/${own}/campaigns`, { topicId: ids.topic }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 404));
});

test("another account's brands are not listed", async () => {
  const { session } = await furnished();
  expect(await session.as("acct_2").get("/brands")).toEqual({ status: 200, body: { data: [] } });
});
