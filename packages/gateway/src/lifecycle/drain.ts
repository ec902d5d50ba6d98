// THE ORDER in which a gateway stops, so that nothing is lost that was begun: first it says so, then it answers, then it writes
// down, then it lets go. Whatever fails on the way is told, and what comes after it happens all the same.

import { type Clock, systemClock } from "sluice/base";
import type { Gate } from "sluice/gate";
import type { Door, Grace } from "../door/door.ts";
import type { Readiness } from "./readiness.ts";

export interface DrainParts {
  readonly readiness: Pick<Readiness, "drain">;
  /** Where callers come. The internal listener stays open until the end: it tells how far we are. */
  readonly doors: readonly Pick<Door, "close">[];
  readonly gates: readonly Pick<Gate, "idle">[];
  /** What is let go of after the last answer, one after the other. */
  readonly lastly: readonly LastStep[];
  /** @default the machine's */
  readonly clock?: Clock;
}

/** For example the ledger and the log flushed, leases released, upstream pools closed, lines and spans written. */
export interface LastStep {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

export interface DrainTimes extends Grace {
  /** How long it says that it is not ready before it takes no more connections: until load balancers have noticed. */
  readonly noticeMs: number;
}

/** What went wrong, in order; empty when all is well. */
export interface Drained {
  readonly failures: readonly { readonly step: string; readonly error: unknown }[];
}

/** For each step that has no grace of its own. What hangs for longer will not end. */
const stepPatienceMs = 10_000;

/** Never rejects. */
export async function drain(parts: DrainParts, times: DrainTimes): Promise<Drained> {
  const { readiness, doors, gates, lastly, clock = systemClock } = parts;
  const { noticeMs, answersMs, streamsMs } = times;
  const failures: { step: string; error: unknown }[] = [];
  const step = async (name: string, run: () => unknown, patienceMs = stepPatienceMs) => {
    try {
      await within(patienceMs, run, clock);
    } catch (error) {
      failures.push({ step: name, error });
    }
  };
  const doorPatienceMs = Math.max(answersMs, streamsMs) + stepPatienceMs;

  await step("readiness", () => readiness.drain());
  if (noticeMs > 0) await clock.sleep(noticeMs);
  await Promise.all(
    doors.map((door) => step("door", () => door.close({ answersMs, streamsMs }), doorPatienceMs)),
  );
  // What a caller has left behind is settled, too.
  await Promise.all(gates.map((gate) => step("gate", () => gate.idle())));
  for (const { name, run } of lastly) await step(name, run);
  return { failures };
}

function within(patienceMs: number, run: () => unknown, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(
      patienceMs,
      () => reject(new Error(`not done after ${patienceMs} ms`)),
      true,
    );
    Promise.resolve()
      .then(run)
      .then(() => resolve(), reject)
      .finally(cancel);
  });
}
