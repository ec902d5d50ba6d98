// Whatever happens to processes that share limits and a ledger, in whatever order: soon after all is well again, the jobs that
// run have their slots, and nothing else has one.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useInstantDigests } from "../../gate/fixtures/instant-digests.ts";
import { BEAT_MS, HUNG_MS, JobFleet, type JobProcess, LEASE_MS } from "./job-fleet.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const PROCESSES = 3;

interface Happening {
  readonly who: number;
  readonly what: "start" | "end" | "way" | "ledger" | "kill" | "empty";
  /** Which way, which job. */
  readonly which: number;
  /** How long nothing else happens after it. */
  readonly passesMs: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  who: fc.nat(PROCESSES - 1),
  what: fc.constantFrom("start", "start", "end", "end", "way", "way", "ledger", "kill", "empty"),
  which: fc.nat(2),
  passesMs: fc.constantFrom(0, 1, 20, 40, 700, BEAT_MS, 2 * BEAT_MS + 10),
});

describe("in any world", () => {
  it("jobs that run have their slots, and others have none, soon after all is well", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
        const fleet = await JobFleet.create();
        const processes = Array.from({ length: PROCESSES }, () => fleet.start());
        for (const each of happenings) await happen(fleet, processes, each);
        for (const process of processes) process.way = process.ledger = "well";
        // What hangs fails first; then a lease is the longest that anything stays as it was.
        await fleet.clock.advance(HUNG_MS + LEASE_MS);
        expect(fleet.slotsInUse).toBe(fleet.running);
        for (const { holdId } of fleet.stores.ledger.jobs()) await processes[0]?.end(holdId);
        await fleet.clock.advance(0);
        expect(fleet.slotsInUse).toBe(0);
        for (const process of processes) process.gate.close();
      }),
      { numRuns: 100 },
    );
  });
});

async function happen(
  fleet: JobFleet,
  processes: JobProcess[],
  { who, what, which, passesMs }: Happening,
): Promise<void> {
  const process = processes[who] as JobProcess;
  const [job] = fleet.stores.ledger.jobs().slice(which);
  const ignored = () => undefined;
  if (what === "start") void process.film();
  else if (what === "end" && job !== undefined) void process.end(job.holdId).catch(ignored);
  else if (what === "way") process.way = (["well", "mute", "hung"] as const)[which] ?? "well";
  else if (what === "ledger") process.ledger = (["well", "down", "hung"] as const)[which] ?? "well";
  else if (what === "empty") fleet.empty();
  else if (what === "kill") {
    process.kill();
    const next = fleet.start();
    processes[who] = next;
    void next.gate.jobs.restore().catch(ignored);
  }
  await fleet.clock.advance(passesMs);
}
