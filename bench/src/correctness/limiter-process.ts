/** A limiter in a process of its own, with a wall clock of its own: the child's side. */
import { once } from "node:events";
import type { Question, Reply, Task } from "./process-limiter.ts";

const [{ contender, rate, servers, skewMs }] = (await once(process, "message")) as [Task];
const { now } = Date;
// Before anything that tells the time is loaded.
Date.now = () => now() + skewMs;
const { CONTENDERS } = await import("./line-up.ts");
const limiter = await CONTENDERS.find(({ name }) => name === contender)?.open(rate, servers);
if (limiter === undefined) throw new Error(`there is no contender ${contender}`);
// Connected, and its script known, before anything is counted.
await limiter.ask("nobody");
process.on("message", async ({ id, key, cost }: Question) => {
  process.send?.({ id, verdict: await limiter.ask(key, cost) } satisfies Reply);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
