// What every implementation of Limits does with slots: never more than the limit, one for each member, given back once or by
// the end of a lease.

import { MINUTE_MS } from "../../base/index.ts";
import type { Limits, SlotClaim, Stores } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";
import type { Scenario } from "./suite.ts";

type LimitsOnly = Pick<Stores, "limits">;

const startMs = 1_000_000;
const call = (claim: Partial<SlotClaim>) => ({ windows: [], slots: [slot(claim)] });

export function slotScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("a slot is held until it is given back", async ({ limits }) => {
    check((await limits.admit(call({}), startMs)).admitted, "the first");
    const refused = await limits.admit(call({ member: "two" }), startMs);
    equal(retryAfter(refused), 1_000, "at most a second, since it may come free at any time");
    await limits.release([slot({})]);
    check((await limits.admit(call({ member: "two" }), startMs)).admitted, "the second");
  });
  scenario("claiming twice with one member takes one slot", async ({ limits }) => {
    for (let times = 0; times < 3; times++) {
      check((await limits.admit(call({ limit: 2 }), startMs)).admitted, "the same member");
    }
    check((await limits.admit(call({ limit: 2, member: "two" }), startMs)).admitted, "another");
    check(!(await limits.admit(call({ limit: 2, member: "three" }), startMs)).admitted, "a third");
    await limits.release([slot({})]);
    check((await limits.admit(call({ limit: 2, member: "three" }), startMs)).admitted, "then");
  });
  scenario("says how many of each kind are taken, this call's included", async ({ limits }) => {
    const both = (member: string) => ({
      windows: [],
      slots: [slot({ member, limit: 2 }), slot({ id: "uploading", member, limit: 5 })],
    });
    const taken = async (member: string, atMs = startMs) =>
      (await limits.admit(both(member), atMs)).slotsTaken;
    await limits.admit(call({ member: "another's", id: "uploading", limit: 5 }), startMs);
    equal(await taken("one"), [1, 2], "of the first");
    equal(await taken("one"), [1, 2], "of the first once more");
    equal(await taken("two"), [2, 3], "of the second");
    equal(await taken("three"), [2, 3], "of the third, which was refused");
    equal(await taken("three", startMs + MINUTE_MS), [1, 1], "once the others are taken for dead");
    await limits.release(both("three").slots);
    equal(await taken("four", startMs + MINUTE_MS), [1, 1], "after a release");
  });
  scenario("giving back what is not held changes nothing", async ({ limits }) => {
    await limits.release([slot({ member: "nobody" }), slot({ id: "nothing" })]);
    await limits.admit(call({}), startMs);
    await limits.release([slot({ member: "nobody" }), slot({ member: "nobody" })]);
    check(!(await limits.admit(call({ member: "two" }), startMs)).admitted, "it is still held");
    await limits.release([slot({}), slot({})]);
    equal(await countSlots(limits, 2), 2, "released twice is released once");
  });
  scenario("slots of one id go to many at once up to the limit", async ({ limits }) => {
    const decisions = await Promise.all(
      Array.from({ length: 50 }, async (_, at) =>
        limits.admit(call({ member: `call ${at}`, limit: 5 }), startMs),
      ),
    );
    equal(decisions.filter(({ admitted }) => admitted).length, 5, "admitted of 50");
  });
}

export function leaseScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("a limit of 0 gives nobody a slot, and who has one keeps it", async ({ limits }) => {
    const keep = (member: string, atMs: number) =>
      limits.admit(call({ limit: 0, leaseMs: 300, member }), atMs);
    check(!(await keep("one", startMs)).admitted, "nobody has one");
    await limits.admit(call({ leaseMs: 200 }), startMs);
    check(!(await keep("two", startMs)).admitted, "another has it");
    check((await keep("one", startMs + 199)).admitted, "it is kept");
    check((await keep("one", startMs + 498)).admitted, "and kept again");
    check(!(await keep("one", startMs + 798)).admitted, "its lease ran out");
    check((await limits.admit(call({ member: "two" }), startMs + 798)).admitted, "so it is free");
  });
  scenario("claiming again for a shorter time takes nothing from a lease", async ({ limits }) => {
    await limits.admit(call({ leaseMs: 300 }), startMs);
    check((await limits.admit(call({ leaseMs: 1 }), startMs + 10)).admitted, "the same member");
    check(!(await limits.admit(call({ member: "two" }), startMs + 299)).admitted, "1 ms before");
    check((await limits.admit(call({ member: "two" }), startMs + 300)).admitted, "then");
  });
  scenario("a holder that does not give back is taken for dead", async ({ limits }) => {
    await limits.admit(call({ leaseMs: 300 }), startMs);
    equal(retryAfter(await limits.admit(call({ member: "two" }), startMs + 100)), 200, "the wait");
    equal(retryAfter(await limits.admit(call({ member: "two" }), startMs + 299)), 1, "1 ms before");
    equal(retryAfter(await limits.admit(call({ member: "two" }), startMs + 300)), 0, "then");
  });
}

export function slot(claim: Partial<SlotClaim>): SlotClaim {
  return { id: "running", member: "one", limit: 1, leaseMs: MINUTE_MS, ...claim };
}

export function retryAfter(decided: Awaited<ReturnType<Limits["admit"]>>): number {
  return decided.admitted ? 0 : decided.retryAfterMs;
}

/** How many members get one of the slots. */
async function countSlots(limits: Limits, limit: number): Promise<number> {
  let admitted = 0;
  for (let at = 0; at < limit + 2; at++) {
    const slots = [slot({ member: `counted ${at}`, limit })];
    if ((await limits.admit({ windows: [], slots }, startMs)).admitted) admitted++;
  }
  return admitted;
}
