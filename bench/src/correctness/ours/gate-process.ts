/** A gate in a process of its own, which is killed in the middle of calls or right after them: the child's side. */
import { once } from "node:events";
import { recentWindows } from "sluice/gate";
import { acme, PLACES, SLOTS } from "./acme.ts";
import { type Doing, LAST } from "./die.ts";
import { openOurGate, type Place } from "./gates.ts";

const [{ place, doing }] = (await once(process, "message")) as [{ place: Place; doing: Doing }];
const ours = await openOurGate(place);
const caller = await ours.newCaller();
if (doing === "hang") {
  const paid = await caller.call("/renders/works", { method: "POST" });
  if (paid.status !== 200) throw new Error(`the first call was answered ${paid.status}`);
  for (let slot = 0; slot < SLOTS; slot++) void caller.call("/renders/hangs", { method: "POST" });
  await until(() => ours.hanging() === SLOTS);
} else {
  await spend(PLACES - LAST);
  await until(async () => (await written()) === PLACES - LAST);
  await spend(LAST);
}
process.on("disconnect", () => process.exit());
process.send?.({ accountId: caller.accountId, secret: caller.secret });

async function spend(calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) await caller.call("/hello");
}

/** How many places the log knows of. */
async function written(): Promise<number> {
  const windows = await recentWindows(acme, ours.stores.log, ours.gate.clock.wallMs());
  return windows.reduce((sum, { cost }) => sum + cost, 0);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
