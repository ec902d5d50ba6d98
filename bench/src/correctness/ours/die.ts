/** Starts a gate in a process of its own, and kills it (SIGKILL, by its pid) as soon as it says so. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Place } from "./gates.ts";

const PROGRAM = fileURLToPath(new URL("gate-process.ts", import.meta.url));

/** What it does until then: calls hang in every slot; or the window is used up, its last places just before the end. */
export type Doing = "hang" | "spend";

/** How many places are taken just before the end. */
export const LAST = 10;

/** Whose calls they were. */
export interface Dead {
  readonly accountId: string;
  readonly secret: string;
}

export async function die(place: Place, doing: Doing): Promise<Dead> {
  const child = fork(PROGRAM, { execArgv: ["--conditions=sluice-source"] });
  child.send({ place, doing });
  const [dead] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [Dead];
  if (typeof dead !== "object") throw new Error("the gate's process ended by itself");
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  return dead;
}
