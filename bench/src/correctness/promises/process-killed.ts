/** A process dies while calls of it are under way: credits and slots come back, and nothing is charged. */
import { systemClock } from "sluice/base";
import { finding } from "../finding.ts";
import { CREDITS, DEADLINE_MS, PRICE, SLOTS } from "../ours/acme.ts";
import { type Dead, die } from "../ours/die.ts";
import { balanceOf, LEASE_MS, type OurGate, openOurGate } from "../ours/gates.ts";
import { durablePlaceFor } from "../ours/on.ts";
import type { Row } from "../row.ts";

/** Past the end of every hold of the dead: its operation's deadline, and a minute. */
const AHEAD_MS = DEADLINE_MS + 61_000;

export const processKilled: Row = {
  name: "process killed between admit and settle",
  asked:
    "What a dead process held comes back, credits and slots; what it had settled stays charged.",
  trace:
    "A gate in a process of its own settles one call, then is killed (SIGKILL, by its pid) while two calls hold 5 credits each and both " +
    "slots; then its file is opened again, or a second gate over the same servers goes on, a minute later by its clock.",
  note: "Limiters hold neither credits nor slots: what a dead process had counted stays counted until its window ends, here too.",
  isReal: true,
  async judge(contender, stage) {
    if (!contender.isOurs) return undefined;
    const place = durablePlaceFor(contender, stage);
    const dead = await die(place, "hang");
    const wallMs = () => systemClock.wallMs() + (place.kind === "shared" ? AHEAD_MS : 0);
    const survivor = await openOurGate(place, { ...systemClock, wallMs });
    await (place.kind === "shared"
      ? survivor.gate.sweeper.sweep()
      : survivor.gate.sweeper.sweepAll());
    const { remaining, held } = await balanceOf(survivor.stores, dead.accountId, wallMs());
    await stage.sleep(place.kind === "shared" ? 2 * LEASE_MS : 0);
    const free = await freeSlots(survivor, dead);
    const odd = await auditOf(survivor);
    await survivor.close();
    const isKept = remaining === CREDITS - PRICE && held === 0 && free === SLOTS && odd === 0;
    return finding(
      isKept,
      `${remaining} credits left, ${held} held, ${free} of ${SLOTS} slots free, audit: ${odd} broken`,
    );
  },
};

async function freeSlots(survivor: OurGate, { secret }: Dead): Promise<number> {
  const { call } = survivor.callerOf(secret);
  const calls = Array.from({ length: SLOTS }, () => call("/renders/works", { method: "POST" }));
  const statuses = await Promise.all(calls.map(async (answer) => (await answer).status));
  return statuses.filter((status) => status === 200).length;
}

async function auditOf({ stores }: OurGate): Promise<number> {
  return (await stores.ledger.audit()).length;
}
