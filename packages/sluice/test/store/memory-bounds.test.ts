// What the stores in memory keep, they keep within bounds, and what they let go changes no answer.

import { describe, expect, it } from "vitest";
import type { LogRow, Reservation } from "../../src/gate/stores.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";

const dayMs = 24 * 60 * 60 * 1000;
const wallMs = Date.UTC(2026, 0, 15);

describe("MemoryLimits", () => {
  const window = (id: string) => ({ id, limit: 3, windowMs: 1_000, cost: 1 });

  it("keeps no more counters than about twice those that count", () => {
    const { limits } = createMemoryStores();
    let most = 0;
    // A hundred live at any time, each new one other than all before.
    for (let at = 0; at < 50_000; at++) {
      limits.admit({ windows: [window(`key ${at}`)], slots: [] }, at * 10);
      most = Math.max(most, limits.countersHeld);
    }
    expect(most).toBeLessThanOrEqual(210);
  });

  it("keeps a counter that counts, however many come and go", () => {
    const { limits } = createMemoryStores();
    const steady = { windows: [{ ...window("steady"), windowMs: 1_000_000 }], slots: [] };
    for (let at = 0; at < 3; at++) limits.admit(steady, 0);
    for (let at = 0; at < 9_000; at++) {
      limits.admit({ windows: [window(`key ${at}`)], slots: [] }, at * 100);
    }
    expect(limits.admit(steady, 999_999)).toMatchObject({ admitted: false, retryAfterMs: 1 });
  });

  it("does not lose an idle counter that is taken together with a new one", () => {
    const { limits } = createMemoryStores();
    limits.admit({ windows: [window("old")], slots: [] }, 0);
    limits.admit({ windows: [window("new"), window("old")], slots: [] }, 5_000);
    expect(limits.admit({ windows: [window("old")], slots: [] }, 5_000)).toMatchObject({
      windows: [{ remaining: 1 }],
    });
  });

  it("keeps no counter for what it refused", () => {
    const { limits } = createMemoryStores();
    for (let at = 0; at < 100; at++) {
      limits.admit({ windows: [{ ...window(`key ${at}`), cost: 4 }], slots: [] }, at);
    }
    expect(limits.countersHeld).toBe(0);
  });

  it("lets go of slots that were given back, and of those whose holders died", () => {
    const { limits } = createMemoryStores();
    const slot = (id: string) => ({ id, member: "call", limit: 1, leaseMs: 1_000 });
    limits.admit({ windows: [], slots: [slot("a"), slot("b")] }, 0);
    expect(limits.slotsInUse("a")).toBe(1);
    limits.release([slot("a"), slot("b")]);
    expect(limits.slotsInUse("a")).toBe(0);
    expect(limits.slotIdsHeld).toBe(0);
    for (let at = 0; at < 10_000; at++) {
      limits.admit({ windows: [], slots: [slot(`account ${at}`)] }, at * 100);
    }
    expect(limits.slotIdsHeld).toBeLessThanOrEqual(25);
  });

  it("throws for one counter claimed twice, and for a call that takes no place", () => {
    const { limits } = createMemoryStores();
    const twice = { windows: [window("a"), window("b"), window("a")], slots: [] };
    expect(() => limits.admit(twice, 0)).toThrow('"a" is claimed twice');
    const nothing = { windows: [{ ...window("a"), cost: 0 }], slots: [] };
    expect(() => limits.admit(nothing, 0)).toThrow("one place or more");
  });
});

describe("MemoryLedger", () => {
  const call = (holdId: string, changed: Partial<Reservation> = {}): Reservation => ({
    holdId,
    funds: {
      accountId: "acct_1",
      allowance: { credits: 1_000, reset: { kind: "calendar_month" } },
    },
    budgets: [{ scope: "key", id: "key_1", cap: 1_000 }],
    amount: 3,
    expiresAtMs: wallMs + 1_000,
    operation: "create",
    keyId: "key_1",
    ...changed,
  });

  it("adds up without the entries and holds that it let go", () => {
    const { ledger } = createMemoryStores({ ledger: { entriesMax: 20, endedHoldsMax: 5 } });
    for (let at = 0; at < 100; at++) {
      ledger.reserve(call(`hold ${at}`), wallMs);
      ledger.settle({ holdId: `hold ${at}`, charge: 2, rememberMs: 0 }, wallMs);
      expect(ledger.audit()).toEqual([]);
      expect(ledger.entries("acct_1", { limit: 100 }).length).toBeLessThanOrEqual(20);
    }
    expect(ledger.balance(call("").funds, wallMs)).toMatchObject({ remaining: 800, used: 200 });
    expect(ledger.hold("hold 94")).toBeUndefined();
    expect(ledger.hold("hold 95")).toMatchObject({ state: "settled", charged: 2 });
  });

  it("lists nothing behind an entry or a hold that it let go", () => {
    const { ledger } = createMemoryStores({ ledger: { entriesMax: 20, endedHoldsMax: 5 } });
    for (let at = 0; at < 100; at++) ledger.reserve(call(`hold ${at}`), wallMs);
    const kept = ledger.entries("acct_1", { limit: 100 });
    expect(kept).toHaveLength(20);
    const oldest = kept.at(-1)?.sequence ?? 0;
    expect(ledger.entries("acct_1", { limit: 9, before: oldest })).toEqual([]);
    expect(ledger.entries("acct_1", { limit: 9, before: oldest - 1 })).toEqual([]);
    ledger.expire(wallMs + 60_000, 100);
    const odd = ledger.oddHolds({ limit: 100 });
    expect(odd.map(({ id }) => id)).toEqual([99, 98, 97, 96, 95].map((at) => `hold ${at}`));
    expect(ledger.oddHolds({ limit: 100, before: "hold 94" })).toEqual([]);
  });

  it("keeps idempotency records about as long as it was told", () => {
    const { ledger } = createMemoryStores();
    const records = (at: number) => ({
      idempotency: { accountId: "a", operation: "o", key: `key ${at}`, fingerprint: "f" },
    });
    for (let at = 0; at < 10_000; at++) {
      ledger.reserve(call(`hold ${at}`, { amount: 0, ...records(at) }), wallMs + at);
      ledger.settle({ holdId: `hold ${at}`, charge: 0, rememberMs: 100 }, wallMs + at);
    }
    expect(ledger.recordsHeld).toBeLessThanOrEqual(210);
  });

  it("forgets a day later that a call expired", () => {
    const { ledger } = createMemoryStores();
    const idempotency = { accountId: "a", operation: "o", key: "k", fingerprint: "f" };
    ledger.reserve(call("hold", { idempotency }), wallMs);
    expect(ledger.expire(wallMs + 1_000, 10)).toEqual(["hold"]);
    expect(ledger.recall(idempotency, wallMs + dayMs + 999)).toEqual({ kind: "no_answer" });
    expect(ledger.recall(idempotency, wallMs + dayMs + 1_000)).toEqual({ kind: "unknown" });
  });

  it("remembers the newest holds that were released before they were made", () => {
    const { ledger } = createMemoryStores({ ledger: { barredHoldsMax: 2 } });
    for (const holdId of ["a", "b", "c"]) ledger.release(holdId, wallMs);
    expect(ledger.reserve(call("a"), wallMs).kind).toBe("held");
    expect(() => ledger.reserve(call("b"), wallMs)).toThrow("released before it was made");
    expect(() => ledger.reserve(call("c"), wallMs)).toThrow("released before it was made");
  });

  it("records what a call cost beyond its hold", () => {
    const { ledger } = createMemoryStores();
    ledger.reserve(call("hold"), wallMs);
    ledger.settle({ holdId: "hold", charge: 3, overage: 4, rememberMs: 0 }, wallMs);
    expect(ledger.hold("hold")).toMatchObject({ charged: 3, overage: 4 });
  });

  it("takes whole numbers of credits only", () => {
    const { ledger } = createMemoryStores();
    for (const amount of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => ledger.reserve(call("hold", { amount }), wallMs)).toThrow("whole number");
    }
  });
});

describe("MemoryDirectory", () => {
  const account = { id: "a", name: "n", plan: "p", subscription: "active" } as const;

  it("gives out records that nobody can change", () => {
    const { directory } = createMemoryStores();
    directory.putAccount({ ...account, overrides: { slots: { jobs: 1 } } }, { by: "me", atMs: 1 });
    const given = directory.account("a");
    expect(() => Object.assign(given ?? {}, { plan: "free" })).toThrow(TypeError);
    expect(() => Object.assign(given?.overrides?.slots ?? {}, { jobs: 9 })).toThrow(TypeError);
  });

  it("tells every watcher, also after one that throws", () => {
    const { directory } = createMemoryStores();
    const heard: string[] = [];
    directory.watch(() => {
      throw new Error("a broken cache");
    });
    directory.watch((accountId) => heard.push(accountId));
    expect(() => directory.putAccount(account, { by: "me", atMs: 1 })).toThrow("a broken cache");
    expect(heard).toEqual(["a"]);
    expect(directory.account("a")).toEqual(account);
  });
});

describe("MemoryRequestLog", () => {
  it("keeps the newest rows and counts those that fell off", () => {
    const { log } = createMemoryStores({ log: { rowsMax: 10 } });
    for (let at = 0; at < 25; at++) log.append({ requestId: `r${at}`, atMs: at } as LogRow);
    expect(log.dropped()).toBe(15);
    expect(log.find({ limit: 100 }).map(({ atMs }) => atMs)).toEqual([
      24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
    ]);
    expect(log.explain("r14")).toBeUndefined();
    expect(log.explain("r15")?.atMs).toBe(15);
  });

  it("gives back a row to the letter that took the place of another", () => {
    const { log } = createMemoryStores({ log: { rowsMax: 1 } });
    const row: LogRow = {
      requestId: "r1",
      clientRequestId: "theirs",
      api: "Acme",
      atMs: 1,
      durationMs: 2,
      accountId: "a",
      keyId: "k",
      isOlderSecret: true,
      address: "203.0.113.7",
      operation: "create",
      method: "POST",
      path: "/things",
      status: 200,
      code: "code",
      condition: "condition",
      endedAt: "respond",
      ending: "done",
      window: "requests",
      windowLimit: 3,
      windowRemaining: 4,
      held: 5,
      charged: 6,
      creditsRemaining: 9,
      by: "by",
      param: "param",
      retryAfterMs: 7,
      details: { shortage: { remaining: 8 } },
      simulated: true,
      degraded: "limits",
    };
    log.append({ requestId: "r0" } as LogRow);
    log.append(row);
    const given = log.explain("r1");
    expect(given).toEqual(row);
    log.append({ requestId: "r2" } as LogRow);
    expect(given).toEqual(row);
  });

  it("refuses a size that keeps nothing", () => {
    expect(() => createMemoryStores({ log: { rowsMax: 0 } })).toThrow("rowsMax");
  });
});
