/** A concurrency slot comes back however its call ends. */
import { finding } from "../finding.ts";
import { SLOTS } from "../ours/acme.ts";
import type { OurCaller, OurGate } from "../ours/gates.ts";
import { onOurGates } from "../ours/on.ts";
import type { Row } from "../row.ts";

const POST = { method: "POST" };
const LEAVES_MS = 50;

/** Fills both slots, each in its own way. */
const ENDS: Readonly<Record<string, (caller: OurCaller) => Promise<unknown>>> = {
  "the handler throws": (caller) => caller.call("/renders/throws", POST),
  "the deadline passes": (caller) => caller.call("/renders/hangs", POST),
  "the caller leaves": (caller) => {
    const signal = AbortSignal.timeout(LEAVES_MS);
    return caller.call("/renders/hangs", { ...POST, signal }).catch(() => "as it must");
  },
};

export const slotsGivenBack: Row = {
  name: "concurrency slots given back",
  asked: "A slot comes back exactly once, however its call ends.",
  trace:
    "Both of two slots are filled by calls whose handler throws, whose deadline passes, whose caller leaves; a third meanwhile is refused; " +
    "after each, two calls at once must get in, and a third must not.",
  isReal: true,
  judge: (contender, stage) =>
    onOurGates(contender, stage, async (ours) => {
      const lost: string[] = [];
      for (const [name, end] of Object.entries(ENDS)) {
        const caller = await ours.newCaller();
        await Promise.all(Array.from({ length: SLOTS }, () => end(caller)));
        await ours.gate.idle();
        const free = await freeSlots(ours, caller);
        if (free !== SLOTS) lost.push(`${name}: ${free} of ${SLOTS} free`);
      }
      return finding(lost.length === 0, lost.join("; ") || `all ${SLOTS} free after each`);
    }),
};

/** By as many calls as hang at once. */
async function freeSlots(ours: OurGate, caller: OurCaller): Promise<number> {
  const calls = Array.from({ length: SLOTS + 1 }, () => caller.call("/renders/hangs", POST));
  const statuses = await Promise.all(calls.map(async (call) => (await call).status));
  await ours.gate.idle();
  return statuses.filter((status) => status !== 429).length;
}
