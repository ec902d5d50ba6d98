// Undo among many: in hundreds of seeded worlds, twenty callers at once meet stores and handlers that pause, fail
// and lose replies, and leave; afterwards every credit and every slot is where it belongs.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Crowd, type Passed, runCrowd } from "./fixtures/crowd.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const WORLDS = 400;
const LATER_MS = 600_000;

function breachesOfOne({ rig, thrown }: Crowd, { call, received }: Passed): string[] {
  const id = received.requestId;
  const rows = rig.rows().filter(({ requestId }) => requestId === id);
  const row = rig.row(received);
  const hold = rig.stores.ledger.hold(id);
  const charged = hold?.state === "settled" ? hold.charged : 0;
  const mayBeOpen = thrown.has(`settle before: ${id}`) || thrown.has(`release hold before: ${id}`);
  const replyLost = thrown.has(`settle after: ${id}`);
  return [
    rows.length === 1 || `${rows.length} rows`,
    row.status === received.status || `row ${row.status}, answer ${received.status}`,
    hold?.state !== "open" || mayBeOpen || "the hold is still open",
    row.charged === charged || replyLost || `row ${row.charged}, charged ${charged}`,
    charged === 0 || received.status < 400 || replyLost || `a ${received.status} cost ${charged}`,
    call.listeners === 0 || "somebody still listens",
  ].filter((breach) => breach !== true);
}

function breachesOfAll({ rig, passed, thrown }: Crowd): string[] {
  const { ledger, limits } = rig.stores;
  const holds = passed.map(({ received }) => ledger.hold(received.requestId));
  const settled = holds.filter((hold) => hold?.state === "settled");
  const sum = settled.reduce((total, hold) => total + (hold?.charged ?? 0), 0);
  const thrifty = settled.filter((hold) => hold?.keyId === "key_thrifty");
  const thriftySum = thrifty.reduce((total, hold) => total + (hold?.charged ?? 0), 0);
  const { used, held, remaining } = rig.funds();
  const lostSlots = [...thrown].filter((what) => what.startsWith("free slots before")).length;
  const inUse = limits.slotsInUse("renders:pro");
  limits.admit({ windows: [], slots: [] }, rig.clock.monotonicMs() + LATER_MS);
  ledger.expire(rig.clock.wallMs() + LATER_MS, 1_000);
  return [
    ...ledger.audit(),
    sum === used || `settled ${sum}, used ${used}`,
    used + held + remaining === 100 || `${used} used + ${held} held + ${remaining} left`,
    thriftySum <= 15 || `a budget of 15 spent ${thriftySum}`,
    inUse <= lostSlots || `${inUse} slots in use, ${lostSlots} releases lost`,
    limits.slotsInUse("renders:pro") === 0 || "a slot outlives its lease",
    rig.funds().held === 0 || "credits are held after the sweeper",
    rig.clock.pendingTimers === 0 || "timers still wait",
  ].filter((breach) => breach !== true);
}

/** Of the calls with one idempotency key, one is charged at most. */
function breachesOfKeys({ rig, passed }: Crowd): string[] {
  const settled = new Map<string, number>();
  for (const { sent, received } of passed) {
    const once = sent.headers?.["Idempotency-Key"];
    const hold = rig.stores.ledger.hold(received.requestId);
    if (once === undefined || hold?.state !== "settled") continue;
    const name = `${hold.accountId} ${sent.path} ${once}`;
    settled.set(name, (settled.get(name) ?? 0) + 1);
  }
  return [...settled].filter(([, count]) => count > 1).map(([name]) => `"${name}" settled twice`);
}

describe("twenty callers at once", () => {
  it(`leave every credit and slot in its place, in ${WORLDS} worlds`, async () => {
    const statuses = new Set<number>();
    const endings = new Set<string>();
    for (let seed = 1; seed <= WORLDS; seed++) {
      const crowd = await runCrowd(seed);
      const breaches = [
        ...crowd.passed.flatMap((passed) => breachesOfOne(crowd, passed)),
        ...breachesOfAll(crowd),
        ...breachesOfKeys(crowd),
      ];
      expect({ seed, breaches, passed: crowd.passed.length }).toEqual({
        seed,
        breaches: [],
        passed: 20,
      });
      for (const { status, ending } of crowd.rig.rows()) {
        statuses.add(status);
        endings.add(ending);
      }
    }
    // The worlds are worth their name: everything that can happen did.
    expect([...endings].sort()).toEqual(["abandoned", "done", "fault", "refused", "replayed"]);
    expect([...statuses].sort()).toEqual([
      200, 201, 401, 402, 403, 409, 422, 429, 499, 500, 503, 504,
    ]);
  }, 60_000);

  it("go the same way again from the same seed", async () => {
    const story = async (seed: number) => {
      const { rig, passed } = await runCrowd(seed);
      const ends = passed.map(({ received }) => `${received.requestId} ${received.status}`);
      return { ends, funds: rig.funds(), nowMs: rig.clock.monotonicMs() };
    };
    for (const seed of [1, 2, 3]) expect(await story(seed)).toEqual(await story(seed));
  });
});
