// The order of the gate: each reason to refuse belongs to a step, earlier steps speak first, and what an earlier
// step took for a call that a later one refuses is given back, save the place in the window.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STEPS, type StepName } from "../../src/contract/index.ts";
import { acme } from "./fixtures/acme.ts";
import { FlawedRig } from "./fixtures/flawed-rig.ts";
import { FLAWS, type Flaw } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secretFor, secrets } from "./fixtures/people.ts";
import type { Received } from "./fixtures/received.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const place = (step: StepName) => STEPS.indexOf(step);
const named = (flaw: Flaw) => `${flaw.code} in ${flaw.step}`;

/** Sends the call with these flaws, earliest first; answers what came and what it left behind. */
async function provoke(flaws: readonly Flaw[]) {
  const rig = await FlawedRig.create("pro");
  const latestFirst = flaws.toReversed();
  for (const flaw of latestFirst) await flaw.prepare?.(rig);
  for (const { fault } of latestFirst) if (fault !== undefined) rig.faults.add(fault);
  let sent = rig.sent;
  for (const flaw of latestFirst) sent = flaw.spoil?.(sent) ?? sent;
  const before = rig.traces();
  const received = await rig.send(sent);
  return { rig, received, before, after: rig.traces() };
}

function expectRefusal(received: Received, flaw: Flaw, rig: FlawedRig): void {
  const row = rig.rig.row(received);
  expect({ code: received.code, step: row.endedAt }).toEqual({ code: flaw.code, step: flaw.step });
  expect(row.code).toBe(flaw.code);
}

/** Two flaws of different steps that one request can have. */
function pairs(): [earlier: Flaw, later: Flaw][] {
  return FLAWS.flatMap((earlier) =>
    FLAWS.filter((later) => place(earlier.step) < place(later.step))
      .filter((later) => !(later.code === "not_found" && earlier.needsOperation))
      .filter((later) => !(later.code === "method_not_allowed" && earlier.needsOperation))
      .map((later): [Flaw, Flaw] => [earlier, later]),
  );
}

describe("a call without a flaw", () => {
  it("passes all nine steps and is charged its price", async () => {
    const { rig, received, after } = await provoke([]);
    expect(received.status).toBe(201);
    expect(rig.rig.row(received)).toMatchObject({ endedAt: "settle", ending: "done", charged: 10 });
    expect(after).toEqual({
      placesTaken: 1,
      slotsInUse: 0,
      funds: { ...rig.rig.funds(), remaining: 90, held: 0, used: 10 },
      runs: 1,
    });
  });
});

describe("each reason to refuse", () => {
  it.each(FLAWS.map((flaw) => [named(flaw), flaw] as const))(
    "%s: raised there, and undone",
    async (_, flaw) => {
      const { rig, received, before, after } = await provoke([flaw]);
      expectRefusal(received, flaw, rig);
      const isAdmitted = place(flaw.step) > place("admit");
      const stays = flaw.step === "settle" ? 10 : 0;
      expect(after).toEqual({
        // It was a request: its place in the window stays taken.
        placesTaken: before.placesTaken + (isAdmitted ? 1 : 0),
        slotsInUse: before.slotsInUse,
        funds: {
          ...before.funds,
          // Nobody knows what became of a settlement that got no reply: the hold waits for the sweeper.
          remaining: before.funds.remaining - stays,
          held: before.funds.held + stays,
        },
        runs: before.runs + (place(flaw.step) >= place("run") ? 1 : 0),
      });
      expect(rig.rig.stores.ledger.audit()).toEqual([]);
    },
  );
});

describe("of two reasons to refuse, the earlier step's speaks", () => {
  it("in every pair that one request can have", async () => {
    const all = pairs();
    expect(all.length).toBeGreaterThan(200);
    for (const [earlier, later] of all) {
      const { rig, received, before, after } = await provoke([earlier, later]);
      const context = `${named(earlier)} before ${named(later)}`;
      expect({ context, code: received.code }).toEqual({ context, code: earlier.code });
      expect({ context, slots: after.slotsInUse }).toEqual({ context, slots: before.slotsInUse });
      expect({ context, funds: after.funds }).toEqual({ context, funds: before.funds });
      expect(rig.rig.row(received).endedAt).toBe(earlier.step);
    }
  });
});

describe("a place in the window", () => {
  it("is kept by a call that is refused later", async () => {
    const rig = await createRig();
    const wrong = { path: "/v1/nowhere", key: secrets.free };
    for (let i = 0; i < 5; i++) expect((await rig.send(wrong)).code).toBe("not_found");
    expect((await rig.send(wrong)).code).toBe("rate_limited");
  });

  it("is not taken by a call that was not identified", async () => {
    const rig = await createRig();
    for (let i = 0; i < 30; i++) await rig.send({ path: "/v1/hello", key: secrets.revoked });
    for (let i = 0; i < 30; i++) await rig.send({ path: "/v1/hello", key: secretFor("nobody") });
    const received = await rig.send({ path: "/v1/hello", key: secrets.pro });
    expect(received.header("X-RateLimit-Remaining")).toBe("19");
  });

  it("is taken in every window or in none", async () => {
    const rig = await createRig();
    const codes = async (key: string, count: number) => {
      const seen: (string | undefined)[] = [];
      for (let i = 0; i < count; i++) {
        seen.push((await rig.send({ path: "/v1/chat", key, body: {} })).code);
      }
      return seen;
    };
    const admitted = (count: number) => Array(count).fill("missing_field");
    const refused = (count: number) => Array(count).fill("rate_limited");
    // 20 places of the key, 30 of the account: the refused ones must take none of the account's.
    expect(await codes(secrets.pro, 70)).toEqual([...admitted(20), ...refused(50)]);
    expect(await codes(secrets.reader, 15)).toEqual([...admitted(10), ...refused(5)]);
  });
});

describe("authorisation of what is no operation", () => {
  it("asks for the plans of the whole API, so that a stranger to them learns no paths", async () => {
    const api = { ...acme, server: { ...acme.server, requires: { plans: ["pro"] } } };
    const rig = await createRig({ api });
    const unknownPath = await rig.send({ path: "/v1/nowhere", key: secrets.free });
    const wrongMethod = await rig.send({ path: "/v1/hello", method: "PUT", key: secrets.free });
    expect([unknownPath.code, wrongMethod.code]).toEqual(["plan_required", "plan_required"]);
    expect((await rig.send({ path: "/v1/nowhere", key: secrets.pro })).code).toBe("not_found");
  });
});
