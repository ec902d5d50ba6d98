// What several gates on one database promise of money together, each invariant by its name.

import { describe, expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import { monthEndMs } from "../../../src/contract/index.ts";
import type { GateEvent } from "../../../src/gate/index.ts";
import type { Settings } from "../../../src/gate/settings.ts";
import type { Budget } from "../../../src/gate/stores.ts";
import { createSweeper } from "../../../src/gate/sweeper.ts";
import type { PostgresStores } from "../../../src/store/postgres/index.ts";
import { type Opened, openStores, useServer } from "./database.ts";
import { reservation, wallMs } from "./reservations.ts";

describe("several gates on one database", () => {
  const { database } = useServer();

  async function gates(count: number): Promise<{
    readonly stores: readonly PostgresStores[];
    readonly opened: readonly Opened[];
    close(): Promise<void>;
  }> {
    const address = database();
    const opened = await Promise.all(Array.from({ length: count }, () => openStores(address)));
    return {
      stores: opened.map(({ stores }) => stores),
      opened,
      async close() {
        expect(await opened[0]?.stores.audit()).toEqual([]);
        for (const one of opened) await one.close();
      },
    };
  }

  it("L2: hold exactly 100 of 200 on a balance of 100", async () => {
    const { stores, close } = await gates(4);
    const reserved = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        (stores[at % 4] as PostgresStores).ledger.reserve(
          reservation({ holdId: `hold ${at}`, amount: 1 }),
          wallMs,
        ),
      ),
    );
    expect(reserved.filter(({ kind }) => kind === "held")).toHaveLength(100);
    expect(reserved.filter(({ kind }) => kind === "credits_exhausted")).toHaveLength(100);
    await close();
  });

  it("L2: lock budgets in opposite orders without a deadlock", async () => {
    const { stores, opened, close } = await gates(4);
    const random = seededRandom("opposite orders");
    const budgets = (["key", "project", "workspace"] as const).flatMap((scope) =>
      Array.from({ length: 4 }, (_, at): Budget => ({ scope, id: `${scope}_${at}`, cap: 10_000 })),
    );
    let held = 0;
    for (let round = 0; round < 8; round++) {
      await Promise.all(
        Array.from({ length: 120 }, async (_, at) => {
          const { ledger } = stores[at % 4] as PostgresStores;
          const holdId = `hold ${round} ${at}`;
          const funds = {
            accountId: `acct_${random.integer(5)}`,
            allowance: { credits: 100_000, reset: { kind: "calendar_month" } },
          } as const;
          const some = budgets.filter(() => random.integer(3) === 0);
          const order = at % 2 === 0 ? some : some.toReversed();
          const call = reservation({ holdId, funds, budgets: order, amount: 1 });
          const reserved = await ledger.reserve(call, wallMs);
          if (reserved.kind === "held") held++;
          // By another gate than the one that made it, as a job's end may come.
          const other = stores[(at + 1) % 4] as PostgresStores;
          await other.ledger.settle({ holdId, charge: at % 2, rememberMs: 0 }, wallMs);
        }),
      );
    }
    expect(held).toBe(960);
    const deadlocks = await opened[0]?.pool.query(
      "SELECT sum(deadlocks)::int AS deadlocks FROM pg_stat_database",
    );
    expect(deadlocks?.rows).toEqual([{ deadlocks: 0 }]);
    await close();
  }, 30_000);

  it("L5: one that asks for too much does not refuse the smaller ones behind it", async () => {
    const { stores, close } = await gates(1);
    const { ledger } = stores[0] as PostgresStores;
    const amounts = [60, 101, 41, 40, 1];
    const refused = { kind: "credits_exhausted", resetAtMs: monthEndMs(wallMs) };
    const reserved = await Promise.all(
      amounts.map((amount, at) =>
        ledger.reserve(reservation({ holdId: `hold ${at}`, amount }), wallMs),
      ),
    );
    expect(reserved).toEqual([
      { kind: "held", remaining: 40 },
      { ...refused, remaining: 40 },
      { ...refused, remaining: 40 },
      { kind: "held", remaining: 0 },
      { ...refused, remaining: 0 },
    ]);
    await close();
  });

  it("L5: a refusal names the budget with its cap, what is used and held, and its reset", async () => {
    const { stores, close } = await gates(2);
    const [one, two] = stores as [PostgresStores, PostgresStores];
    const budgets: Budget[] = [
      { scope: "workspace", id: "w", cap: 50 },
      { scope: "key", id: "k", cap: 30 },
    ];
    await one.ledger.reserve(reservation({ amount: 20, budgets }), wallMs);
    await two.ledger.settle({ holdId: "hold_1", charge: 20, rememberMs: 0 }, wallMs);
    await one.ledger.reserve(reservation({ holdId: "running", amount: 7, budgets }), wallMs);
    const again = reservation({ holdId: "hold_2", amount: 4, budgets });
    const refused = await two.ledger.reserve(again, wallMs);
    const [, budget] = budgets;
    const resetAtMs = monthEndMs(wallMs);
    expect(refused).toEqual({ kind: "budget_exceeded", budget, used: 20, held: 7, resetAtMs });
    await close();
  });

  it("L3: one idempotency key is held once, whichever gates its calls reach", async () => {
    const { stores, close } = await gates(4);
    const idempotency = {
      ...{ accountId: "acct_1", operation: "create", key: "order-7", fingerprint: "f1" },
    };
    const kinds = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const call = reservation({ holdId: `hold ${at}`, idempotency });
        return (await (stores[at % 4] as PostgresStores).ledger.reserve(call, wallMs)).kind;
      }),
    );
    expect(kinds.filter((kind) => kind === "held")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "in_progress")).toHaveLength(39);
    await close();
  });

  it("L3: one hold is made, released or settled once, whichever gates are told", async () => {
    const { stores, close } = await gates(4);
    const random = seededRandom("one hold");
    for (let round = 0; round < 25; round++) {
      const holdId = `hold ${round}`;
      const told = await Promise.all(
        Array.from({ length: 12 }, async (_, at) => {
          const { ledger } = stores[at % 4] as PostgresStores;
          const chance = random.integer(3);
          try {
            if (chance === 0) {
              return (await ledger.reserve(reservation({ holdId, amount: 4 }), wallMs)).kind;
            }
            if (chance === 1) {
              const settlement = { holdId, charge: 1, rememberMs: 0 };
              return (await ledger.settle(settlement, wallMs)).kind;
            }
            await ledger.release(holdId, wallMs);
            return "told";
          } catch (error) {
            return String(error).replace(/^.*" /, "");
          }
        }),
      );
      const allowed = [
        ...["held", "credits_exhausted", "settled", "released", "unknown", "told"],
        ...["has ended already", "was released before it was made"],
      ];
      for (const one of told) expect(allowed).toContain(one);
      const isSettled = told.includes("settled");
      expect(isSettled && told.includes("released"), told.join()).toBe(false);
    }
    const ledger = stores[0]?.ledger;
    const { held, used } = (await ledger?.balance(reservation({}).funds, wallMs)) ?? {};
    expect({ held, isWhole: Number.isSafeInteger(used) }).toEqual({ held: 0, isWhole: true });
    await close();
  }, 30_000);

  it("L6: a period is opened once, by whichever gate comes first", async () => {
    const { stores, close } = await gates(4);
    const february = Date.UTC(2026, 1);
    for (const atMs of [wallMs, february]) {
      const reserved = await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          (stores[at % 4] as PostgresStores).ledger.reserve(
            reservation({ holdId: `${atMs} ${at}`, amount: 5 }),
            atMs,
          ),
        ),
      );
      expect(reserved.filter(({ kind }) => kind === "held")).toHaveLength(20);
    }
    const entries = (await stores[0]?.ledger.entries("acct_1", { limit: 1_000 })) ?? [];
    const issued = entries.filter(({ from }) => from === "issued");
    expect(issued.map(({ amount }) => amount)).toEqual([100, 100]);
    await close();
  });

  it("sweep together, none of them what another sweeps, and list what needs eyes", async () => {
    const { stores, close } = await gates(4);
    const ids = Array.from({ length: 60 }, (_, at) => `hold ${at}`);
    const first = stores[0] as PostgresStores;
    await Promise.all(
      ids.map((holdId) => first.ledger.reserve(reservation({ holdId, amount: 1 }), wallMs)),
    );
    const clock = new VirtualClock(wallMs + 60_000);
    const heard: string[] = [];
    const swept = await Promise.all(
      stores.map((one) =>
        createSweeper({
          stores: one,
          clock,
          onEvent: (event: GateEvent) =>
            heard.push(event.kind === "hold_expired" ? event.holdId : ""),
        } as unknown as Settings).sweep(),
      ),
    );
    expect(swept.flat().toSorted()).toEqual(ids.toSorted());
    expect(heard.toSorted()).toEqual(ids.toSorted());
    const listed = await first.ledger.oddHolds({ limit: 100 });
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(listed[0]).toMatchObject({ amount: 1, operation: "create", keyId: "key_1" });
    expect((await first.ledger.balance(reservation({}).funds, wallMs)).remaining).toBe(100);
    await close();
  });

  it("L4: commit to the disk also where the database was told to be quick", async () => {
    const { stores, opened, close } = await gates(1);
    const [{ pool } = { pool: undefined }] = opened;
    await pool?.query(`
      CREATE TABLE public.seen (setting text);
      CREATE FUNCTION public.look() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.seen VALUES (current_setting('synchronous_commit'));
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER look AFTER INSERT ON sluice.entry DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION public.look();
    `);
    const { ledger } = stores[0] as PostgresStores;
    // Connections that come after the setting have it.
    await Promise.all(Array.from({ length: 6 }, () => pool?.query("SET synchronous_commit = off")));
    await ledger.reserve(reservation({}), wallMs);
    await ledger.settle({ holdId: "hold_1", charge: 1, rememberMs: 0 }, wallMs);
    const seen = await pool?.query("SELECT DISTINCT setting FROM public.seen");
    expect(seen?.rows).toEqual([{ setting: "on" }]);
    await close();
  });
});
