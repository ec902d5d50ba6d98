// Credits that are given: once for each id, exactly, with their entry in the log of changes.

import { describe, expect, it } from "vitest";
import type { World } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const params = { accountId: "acc_b" };
const body = { id: "order-1", amount: 250, reason: "order 1" };

async function remaining({ ask }: World): Promise<number> {
  return (await ask("getCredits", { params })).body.remaining;
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("the same grant twice is one grant and one change", async () => {
    const world = await open(kind);
    const first = await world.ask("grantCredits", { params, body });
    const again = await world.ask("grantCredits", { params, body });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(await remaining(world)).toBe(1_250);
    const changes = await world.ask("listChanges", { query: { kind: "grant" } });
    expect(changes.body.data).toMatchObject([
      { id: "order-1", before: null, after: { amount: 250 } },
    ]);
  });

  it("many at once with one id are one grant", async () => {
    const world = await open(kind);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => world.ask("grantCredits", { params, body })),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await remaining(world)).toBe(1_250);
  });

  it("another grant with an id that is taken is refused, whoever took it", async () => {
    const world = await open(kind);
    await world.ask("grantCredits", { params, body });
    const others = [
      { params, body: { ...body, amount: 251 } },
      { params, body: { ...body, reason: "order 2" } },
      { params: { accountId: "acc_a" }, body },
    ];
    for (const other of others) {
      const { status, body: problem } = await world.ask("grantCredits", other);
      expect([status, problem.code]).toEqual([409, "already_exists"]);
    }
    expect(await remaining(world)).toBe(1_250);
  });

  it("a grant that the ledger took, and nobody wrote down, is written down by the next try", async () => {
    const world = await open(kind);
    await world.stores.ledger.grant({ ...body, accountId: "acc_b" }, world.clock.wallMs());
    expect((await world.ask("grantCredits", { params, body })).body).toMatchObject(body);
    expect(await remaining(world)).toBe(1_250);
    const { data } = (await world.ask("listChanges", { query: { kind: "grant" } })).body;
    expect(data).toHaveLength(1);
  });

  it("what is left is made of the allowance and the grants, soonest-ending first", async () => {
    const world = await open(kind);
    const soonMs = world.clock.wallMs() + 1_000;
    await world.ask("grantCredits", { params, body });
    const lapsing = { id: "promo", amount: 40, reason: "promo", expiresAtMs: soonMs };
    await world.ask("grantCredits", { params, body: lapsing });
    const before = (await world.ask("getCredits", { params })).body;
    expect(before).toMatchObject({ remaining: 1_290, held: 0, used: 0 });
    expect(before.pots).toEqual([
      { kind: "allowance", id: null, remaining: 1_000, expiresAtMs: null },
      { kind: "grant", id: "promo", remaining: 40, expiresAtMs: soonMs },
      { kind: "grant", id: "order-1", remaining: 250, expiresAtMs: null },
    ]);
    await world.clock.advance(1_000);
    const after = (await world.ask("getCredits", { params })).body;
    expect(after.remaining).toBe(1_250);
    expect(after.pots.map(({ id }: { id: string | null }) => id)).toEqual([null, "order-1"]);
    const { data } = (await world.ask("listGrants", { params })).body;
    expect(data[0]).toMatchObject({ id: "promo", remaining: 0, lapsed: 40 });
  });

  it("the statement adds up to what was charged", async () => {
    const world = await open(kind);
    const mine = { accountId: world.ids.account };
    const entries = (await world.ask("listEntries", { params: mine, query: { limit: 100 } })).body;
    const charged = entries.data
      .filter(({ to }: { to: string }) => to === "charged")
      .reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
    expect(charged).toBe("cat".length);
    expect((await world.ask("getCredits", { params: mine })).body.used).toBe(charged);
    expect((await world.ask("auditLedger")).body).toEqual({
      isClean: true,
      broken: [],
      brokenCount: 0,
    });
  });

  it("each line of the statement says what all up to it add up to, over pages and while others spend", async () => {
    const world = await open(kind);
    const mine = { accountId: world.ids.account };
    const lines: Line[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 1, ...(cursor !== undefined && { cursor }) };
      const page = (await world.ask("listEntries", { params: mine, query })).body;
      lines.unshift(...page.data);
      cursor = page.next ?? undefined;
      // What comes in later is no concern of the pages behind.
      const order = { id: `late-${lines.length}`, amount: 1, reason: "late" };
      await world.ask("grantCredits", { params: mine, body: order });
    } while (cursor !== undefined);
    const sums: Record<string, number> = { available: 0, held: 0 };
    for (const { from, to, amount, availableAfter, heldAfter } of lines) {
      sums[from] = (sums[from] ?? 0) - amount;
      sums[to] = (sums[to] ?? 0) + amount;
      expect([availableAfter, heldAfter]).toEqual([sums["available"], sums["held"]]);
    }
    expect(lines.length).toBeGreaterThan(2);
  });
});

interface Line {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly availableAfter: number;
  readonly heldAfter: number;
}
