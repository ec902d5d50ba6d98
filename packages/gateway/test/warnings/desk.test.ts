// A desk raises each percent that an account reaches, once, the lowest first, however much is spent at once and whatever
// fails on the way.

import type { Account, Budget } from "sluice/gate";
import { beforeEach, describe, expect, it } from "vitest";
import {
  allowance,
  CHANGE,
  type DeskRig,
  HOOK,
  mill,
  openDesk,
  percentOf,
} from "./fixtures/desk-rig.ts";

let rig: DeskRig;

beforeEach(async () => {
  rig = await openDesk();
});

describe("credits", () => {
  it("are warned of at each percent, once, a second after they were spent", async () => {
    rig.spend(499);
    await rig.look();
    expect(rig.percents()).toEqual([]);
    rig.spend(1);
    await rig.clock.advance(999);
    expect(rig.percents()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.percents()).toEqual([50]);
    for (let n = 0; n < 5; n++) {
      rig.spend(10);
      await rig.look();
    }
    expect(rig.percents()).toEqual([50]);
    expect(rig.raised).toBe(1);
    expect(rig.warnings()[0]).toMatchObject({
      subject: { kind: "credits" },
      ...{ used: 500, cap: 1_000, url: HOOK, state: "waiting" },
      periodStartMs: Date.UTC(2_100, 5, 1),
      resetAtMs: Date.UTC(2_100, 6, 1),
    });
  });

  it("that are spent all at once are warned of in order", async () => {
    rig.spend(400);
    await rig.look();
    rig.spend(550);
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90]);
    rig.spend(50);
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90, 100]);
  });

  it("are warned of anew in the next period", async () => {
    rig.spend(600);
    await rig.look();
    await rig.clock.advance(Date.UTC(2_100, 6, 2) - rig.clock.wallMs());
    rig.spend(10);
    await rig.look();
    expect(rig.percents()).toEqual([50]);
    rig.spend(500);
    await rig.look();
    expect(rig.percents()).toEqual([50, 50]);
    expect(new Set(rig.warnings().map(({ id }) => id)).size).toBe(2);
  });

  it("that are held for calls under way are not used yet", async () => {
    const nowMs = rig.clock.wallMs();
    const funds = { accountId: "acct_1", allowance };
    const reservation = { holdId: "h", funds, budgets: [], amount: 900, operation: "", keyId: "" };
    rig.stores.ledger.reserve({ ...reservation, expiresAtMs: nowMs + 1 }, nowMs);
    rig.spend(10);
    await rig.look();
    expect(rig.percents()).toEqual([]);
  });

  it("go by the account's own percents, else by the contract's", async () => {
    await rig.put({ warnings: { url: HOOK, secretVersion: 1, percents: [10, 60] } });
    rig.spend(600);
    await rig.look();
    expect(rig.percents()).toEqual([10, 60]);
    const api = { ...mill, server: { ...mill.server, warnings: { percents: [33] } } };
    await rig.put({}, "acct_2");
    rig.spend(600, { accountId: "acct_2" });
    rig.desk.spent(api, { accountId: "acct_2", budgets: [], short: undefined });
    await rig.look();
    expect(rig.percents("acct_2")).toEqual([33]);
  });

  it("are used up where a call is refused and nearly nothing is left", async () => {
    rig.spend(990);
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90]);
    rig.tell({ short: "account" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90, 100]);
  });

  it("of an account without a place for warnings are only listed", async () => {
    await rig.put({}, "quiet");
    const { warnings: _, ...quiet } = rig.stores.directory.account("quiet") as Account;
    rig.stores.directory.putAccount(quiet, CHANGE);
    rig.spend(600, { accountId: "quiet" });
    await rig.look();
    expect(rig.warnings("quiet")).toMatchObject([{ percent: 50, state: "listed" }]);
  });
});

describe("credits that were granted, on a plan without any", () => {
  it("are warned of since the last top-up", async () => {
    await rig.put({ plan: "prepaid" });
    const grant = (id: string, amount: number) =>
      rig.stores.ledger.grant(
        { id, accountId: "acct_1", amount, reason: "bought" },
        rig.clock.wallMs(),
      );
    grant("first", 100);
    rig.spend(80, { plan: "prepaid" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75]);
    expect(rig.warnings()[0]).toMatchObject({ periodStartMs: undefined, resetAtMs: undefined });
    grant("second", 100);
    // 120 are left, then 60.
    rig.spend(60, { plan: "prepaid" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75]);
    rig.spend(10, { plan: "prepaid" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 50]);
    expect(rig.warnings().at(-1)).toMatchObject({ used: 50, cap: 100 });
    rig.spend(50, { plan: "prepaid" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 50, 75, 90, 100]);
  });
});

describe("a budget", () => {
  const workspace: Budget = { scope: "workspace", id: "ws_1", cap: 100 };
  const key: Budget = { scope: "key", id: "key_1", cap: 20 };

  it("is warned of for whoever it is, beside the credits", async () => {
    rig.spend(18, { budgets: [key, workspace] });
    await rig.look();
    expect(rig.warnings().map((one) => [one.subject, percentOf(one)])).toEqual(
      [50, 75, 90].map((percent) => [{ kind: "budget", scope: "key", id: "key_1" }, percent]),
    );
    rig.spend(32, { budgets: [workspace] });
    await rig.look();
    expect(rig.warnings().at(-1)).toMatchObject({
      subject: { kind: "budget", scope: "workspace", id: "ws_1" },
      ...{ percent: 50, used: 50, cap: 100 },
      periodStartMs: Date.UTC(2_100, 5, 1),
      resetAtMs: Date.UTC(2_100, 6, 1),
    });
  });

  it("is found at a job's end, which does not say which one it was", async () => {
    await rig.stores.directory.putWorkspace(
      { id: "ws_1", accountId: "acct_1", name: "one", budget: 100 },
      CHANGE,
    );
    rig.spend(60, { budgets: [workspace] });
    await rig.look();
    const before = rig.warnings().length;
    expect(before).toBe(1);
    rig.spend(30, { budgets: [workspace] });
    rig.tell({ budgets: undefined });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90]);
  });

  it("that refused a call with nearly nothing left is used up", async () => {
    rig.spend(19, { budgets: [key] });
    rig.tell({ budgets: [key], short: key });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90, 100]);
  });
});

describe("a desk", () => {
  it("raises what others have raised as nobody's news", async () => {
    const others = await openDesk(rig);
    rig.spend(600);
    others.tell({});
    await rig.look();
    expect(rig.percents()).toEqual([50]);
    expect(rig.raised + others.raised).toBe(1);
  });

  it("that died loses nothing for good: the next call tells again, also one that is refused", async () => {
    rig.spend(950, { untold: true });
    await rig.look();
    expect(rig.percents()).toEqual([]);
    rig.tell({ short: "account" });
    await rig.look();
    expect(rig.percents()).toEqual([50, 75, 90, 100]);
  });

  it("asks nothing while nobody spends, and each account once a second at most", async () => {
    const asked: string[] = [];
    const account = rig.stores.directory.account.bind(rig.stores.directory);
    rig.stores.directory.account = (id) => {
      asked.push(id);
      return account(id);
    };
    expect(rig.clock.pendingTimers).toBe(0);
    for (let n = 0; n < 500; n++) rig.spend(1);
    await rig.clock.advance(10_000);
    expect(asked).toEqual(["acct_1"]);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it("looks at so many accounts a second, and takes note of so many", async () => {
    for (let n = 0; n < 10_100; n++) rig.tell({ accountId: `acct ${n}` });
    expect(rig.desk.waiting).toBe(10_000);
    await rig.look();
    expect(rig.desk.waiting).toBe(9_900);
    await rig.look();
    expect(rig.desk.waiting).toBe(9_800);
  });

  it("tries again what a store did not answer, and says so once", async () => {
    const balance = rig.stores.ledger.balance.bind(rig.stores.ledger);
    let isDown = true;
    rig.stores.ledger.balance = (...told) => {
      if (isDown) throw new Error("down");
      return balance(...told);
    };
    rig.spend(600);
    rig.tell({ short: "account" });
    await rig.clock.advance(5_000);
    expect(rig.troubles).toEqual([expect.any(Error)]);
    expect(rig.percents()).toEqual([]);
    isDown = false;
    await rig.look();
    expect(rig.percents()).toEqual([50]);
    expect(rig.troubles).toEqual([expect.any(Error), undefined]);
  });

  it("looks at what was noted when it closes, and at nothing after that", async () => {
    rig.spend(600);
    await rig.desk.close();
    expect(rig.percents()).toEqual([50]);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it("leaves alone an account that is gone", async () => {
    rig.tell({ accountId: "nobody" });
    await rig.look();
    expect(rig.desk.waiting).toBe(0);
    expect(rig.troubles).toEqual([]);
  });
});
