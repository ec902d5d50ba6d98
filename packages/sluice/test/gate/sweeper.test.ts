/** The sweeper: credits that a dead call held come back, and the operator is told. */
import { describe, expect, it } from "vitest";
import { createRig } from "./fixtures/rig.ts";

const OVERDUE_MS = 60 * 60 * 1_000;

async function createDeadHold() {
  const rig = await createRig();
  const { gate, stores, clock } = rig;
  const allowance = { credits: 100, reset: { kind: "calendar_month" } } as const;
  const funds = { accountId: "pro", allowance };
  const reservation = {
    holdId: "dead",
    funds,
    budgets: [],
    amount: 40,
    expiresAtMs: clock.wallMs() + OVERDUE_MS,
    operation: "render",
    keyId: "key_pro",
  };
  stores.ledger.reserve(reservation, clock.wallMs());
  return { ...rig, gate, balance: () => stores.ledger.balance(funds, clock.wallMs()) };
}

describe("the sweeper", () => {
  it("frees what a dead call held, once its time is over and not before", async () => {
    const { gate, clock, balance, events } = await createDeadHold();
    expect(await gate.sweeper.sweep()).toEqual([]);
    await clock.advance(OVERDUE_MS);
    expect(await gate.sweeper.sweep()).toEqual(["dead"]);
    expect(balance()).toMatchObject({ remaining: 100, held: 0, used: 0 });
    expect(events).toEqual([{ kind: "hold_expired", holdId: "dead" }]);
    expect(await gate.sweeper.sweep()).toEqual([]);
  });

  it("frees everything at the start of a process that alone serves its ledger", async () => {
    const { gate, stores, clock, balance } = await createDeadHold();
    for (let n = 0; n < 1_200; n++) {
      const funds = { accountId: `other_${n}`, allowance: undefined };
      const far = { funds, budgets: [], amount: 0, expiresAtMs: clock.wallMs() + OVERDUE_MS };
      stores.ledger.reserve(
        { ...far, holdId: `dead_${n}`, operation: "render", keyId: "key_pro" },
        clock.wallMs(),
      );
    }
    expect(await gate.sweeper.sweepAll()).toHaveLength(1_201);
    expect(balance().held).toBe(0);
    expect(await gate.sweeper.sweepAll()).toEqual([]);
  });

  it("does not free everything where other gates share the ledger: their calls live", async () => {
    const { gate, stores, balance } = await createDeadHold();
    Object.assign(stores.ledger, { isShared: true });
    await expect(gate.sweeper.sweepAll()).rejects.toThrow("other gates");
    expect(balance().held).toBe(40);
  });

  it("goes round by itself until it is stopped", async () => {
    const { gate, clock, balance } = await createDeadHold();
    const stop = gate.sweeper.start(1_000);
    await clock.advance(OVERDUE_MS + 1_000);
    expect(balance().held).toBe(0);
    stop();
    expect(clock.pendingTimers).toBe(0);
    expect(() => gate.sweeper.start(0)).toThrow("everyMs");
  });

  it("goes on after a ledger that was down", async () => {
    const { gate, stores, clock, balance, events } = await createDeadHold();
    const expire = stores.ledger.expire.bind(stores.ledger);
    let isDown = true;
    stores.ledger.expire = (nowMs, max) => {
      if (isDown) throw new Error("down");
      return expire(nowMs, max);
    };
    const stop = gate.sweeper.start(1_000);
    await clock.advance(OVERDUE_MS);
    expect(events.at(-1)).toMatchObject({ kind: "fault", step: "sweep" });
    isDown = false;
    await clock.advance(1_000);
    expect(balance().held).toBe(0);
    stop();
  });
});
