// Lists by cursor: each record once, whatever comes in between; and no cursor but the list's own.

import { describe, expect, it } from "vitest";
import type { Input, Operation } from "./fixtures/input.ts";
import type { World } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const acc = { accountId: "acc_a" };

/** Every page of a list, with something happening between them. */
async function pages(
  { ask }: World,
  operation: Operation,
  input: Input,
  between: (page: number) => Promise<unknown> = async () => undefined,
) {
  // biome-ignore lint/suspicious/noExplicitAny: records of any list
  const all: any[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 100; page++) {
    const query: object = { ...input.query, limit: 3, ...(cursor !== null && { cursor }) };
    const { status, body } = await ask(operation, { ...input, query } as Input);
    expect([operation, status]).toEqual([operation, 200]);
    all.push(...body.data);
    if (body.next === null) return all;
    cursor = body.next;
    await between(page);
  }
  throw new Error(`${operation} has no end`);
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("requests come newest first, each once, while new ones arrive", async () => {
    const world = await open(kind);
    const sent: string[] = [];
    for (let i = 0; i < 10; i++) {
      // Three of each millisecond.
      if (i % 3 === 0) await world.clock.advance(1);
      sent.push(await world.logged(await world.call("/v1/hello")));
    }
    const found = await pages(
      world,
      "listRequests",
      { query: { operation: "hello" } },
      async () => {
        await world.clock.advance(1);
        await world.logged(await world.call("/v1/hello"));
      },
    );
    expect(found.map(({ requestId }) => requestId)).toEqual(sent.toReversed());
  });

  it("changes come newest first, each once, while new ones arrive", async () => {
    const world = await open(kind);
    const before = await pages(world, "listChanges", {});
    const during = await pages(world, "listChanges", {}, () =>
      world.ask("changeAccount", { params: acc, body: { name: "again" } }),
    );
    expect(during).toEqual(before);
    expect(before.map(({ sequence }) => sequence)).toEqual(
      before.map(({ sequence }) => sequence).toSorted((a, b) => b - a),
    );
  });

  it("records come oldest first, each once, and those that arrive meanwhile last", async () => {
    const world = await open(kind);
    const lists = [
      ["listAccounts", "createAccount", {}, { name: "N", plan: "pro" }],
      ["listWorkspaces", "createWorkspace", acc, { name: "N" }],
      ["listProjects", "createProject", acc, { name: "N", workspaceId: world.ids.workspace }],
      ["listKeys", "createKey", acc, { name: "N", api: "Acme" }],
      ["listTokens", "createToken", {}, { name: "N", role: "support" }],
    ] as const;
    for (const [list, create, params, body] of lists) {
      const make = () => world.ask(create, { params, body });
      for (let i = 0; i < 7; i++) await make();
      const before = await pages(world, list, { params });
      const during = await pages(world, list, { params }, async (page) => page < 2 && make());
      expect(before.length).toBeGreaterThan(7);
      expect([list, during.slice(0, before.length)]).toEqual([list, before]);
      expect(during).toHaveLength(before.length + 2);
    }
  });

  it("grants, entries, incidents, warnings and budgets go on behind their cursors", async () => {
    const world = await open(kind);
    for (let i = 0; i < 7; i++) {
      await world.clock.advance(1);
      await world.ask("grantCredits", { params: acc, body: { amount: 1, reason: `${i}` } });
      await world.ask("createIncident", { body: { title: `${i}`, impact: "none" } });
      await world.ask("createWorkspace", { params: acc, body: { name: `${i}`, budget: i } });
    }
    const reasons = (await pages(world, "listGrants", { params: acc })).map(({ reason }) => reason);
    expect(reasons).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
    const entries = await pages(world, "listEntries", { params: acc });
    expect(new Set(entries.map(({ sequence }) => sequence)).size).toBe(entries.length);
    expect(entries.length).toBeGreaterThan(7);
    const titles = (await pages(world, "listIncidents", {})).map(({ title }) => title);
    expect(titles).toEqual(["6", "5", "4", "3", "2", "1", "0", "Slow"]);
    expect(await pages(world, "listWarnings", {})).toHaveLength(2);
    const budgets = await pages(world, "listBudgets", { params: acc });
    expect(budgets.map(({ scope, cap, used }) => [scope, cap, used])).toEqual([
      ["workspace", 500, 3],
      ...[0, 1, 2, 3, 4, 5, 6].map((cap) => ["workspace", cap, 0]),
      ["project", 300, 3],
      ["key", 200, 3],
    ]);
  });

  it("a cursor of another list, or of nobody, is refused", async () => {
    const world = await open(kind);
    for (let i = 0; i < 3; i++)
      await world.ask("createWorkspace", { params: acc, body: { name: "N" } });
    const { next } = (await world.ask("listWorkspaces", { params: acc, query: { limit: 1 } })).body;
    const elsewhere = [
      ["listWorkspaces", { accountId: "acc_b" }],
      ["listKeys", acc],
      ["listBudgets", acc],
      ["listRequests", {}],
      ["listDays", {}],
      ["listChanges", {}],
    ] as const;
    for (const [operation, params] of elsewhere) {
      for (const cursor of [next, "x", "W10", "bnVsbA"]) {
        const { status, body } = await world.ask(operation, { params, query: { cursor } });
        expect([operation, status, body.param]).toEqual([operation, 400, "cursor"]);
      }
    }
  });
});
