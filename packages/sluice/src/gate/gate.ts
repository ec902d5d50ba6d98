/**
 * THE ORDER. A request goes through the steps from top to bottom; the first refusal ends it. Whatever ended
 * it, what was taken is given back from bottom to top, each once. Nothing else is decided here.
 */
import { type Awaitable, isPromise } from "../base/index.ts";
import { type Refusal, refuse, type StepName } from "../contract/index.ts";
import type { Answer, Call } from "./call.ts";
import type { Ending } from "./row/row-of.ts";
import type { Settings } from "./settings.ts";
import { admit, freeSlots } from "./steps/admit.ts";
import { authorise } from "./steps/authorise.ts";
import { identify } from "./steps/identify.ts";
import { match } from "./steps/match.ts";
import { releaseHold, reserve } from "./steps/reserve.ts";
import { closeStream, openStream, respond } from "./steps/respond.ts";
import { run } from "./steps/run.ts";
import { settle } from "./steps/settle.ts";
import { validate } from "./steps/validate.ts";
import { Passage } from "./stream/passage.ts";
import { Relay } from "./stream/relay.ts";
import { foldFailure } from "./upstream/outcome.ts";
import { type Streaming, Visit } from "./visit.ts";

interface Step {
  readonly name: StepName;
  /** Takes what the step takes, or refuses. What it throws is a fault: the caller sees `internal`. */
  readonly take: (visit: Visit, gate: Settings) => Awaitable<Refusal | undefined>;
  /** Gives back what was taken, if it still is. Safe to call when nothing was. */
  readonly undo?: (visit: Visit, gate: Settings) => Promise<void>;
}

const SETTLE: Step = { name: "settle", take: settle };

/** Step, what it does, and how it is undone. The ninth, *respond*, follows however the eight end. */
const ORDER: readonly Step[] = [
  { name: "match", take: match },
  { name: "identify", take: identify },
  { name: "admit", take: admit, undo: freeSlots },
  { name: "authorise", take: authorise },
  { name: "validate", take: validate },
  { name: "reserve", take: reserve, undo: releaseHold },
  { name: "run", take: run },
  SETTLE,
];

/** From here on a caller who leaves changes nothing: work that is done is charged. */
const WORK = ORDER.findIndex(({ name }) => name === "run");

/** Takes one call through the gate. Never throws: whatever happens, there is one answer. */
export async function pass(call: Call, gate: Settings): Promise<Answer> {
  gate.calls.begin();
  const visit = new Visit(call, gate);
  let ending: Ending = "done";
  // By index: an iterator would allocate for each step of each request.
  for (let i = 0; i < ORDER.length && ending === "done" && visit.stream === undefined; i++) {
    const begun = enter(ORDER[i] as Step, visit, gate);
    if (!isPromise(begun)) ending = begun;
    else {
      // Here, since a function that waits for it would cost every call a promise more.
      try {
        ending = leave(visit, await begun);
      } catch (error) {
        ending = fail(visit, gate, error);
      }
      visit.waited = true;
      // Nobody can leave in the middle of a turn, so it is enough to look after a wait.
      if (i < WORK && call.aborted) ending = "abandoned";
    }
  }
  const { stream } = visit;
  if (stream !== undefined) return passStream(visit, gate, stream);
  if (visit.slots !== undefined || visit.hold !== undefined) await undo(visit, gate);
  try {
    return respond(visit, gate, ending);
  } catch (error) {
    return respond(visit, gate, fault(visit, gate, "respond", error));
  } finally {
    gate.calls.end();
  }
}

/** The head of an answer leaves before its events have come; the rest of the order is walked among them. */
function passStream(visit: Visit, gate: Settings, stream: Streaming): Answer {
  visit.waited = true;
  const Way = stream.kind === "events" ? Relay : Passage;
  const body = new Way(visit, stream, {
    settle: () => enterAndLeave(SETTLE, visit, gate),
    async end(ending) {
      await undo(visit, gate);
      try {
        return closeStream(visit, gate, ending);
      } catch (error) {
        return closeStream(visit, gate, fault(visit, gate, "respond", error));
      } finally {
        gate.calls.end();
      }
    },
    fold: (data) => foldFailure(visit, gate, { status: 500, body: data ?? "" }),
    fault: (error) => fault(visit, gate, visit.step, error),
  });
  return { ...openStream(visit, gate), body };
}

/** One step: `done` goes on to the next. A promise of what it takes only where the step has to wait. */
function enter(step: Step, visit: Visit, gate: Settings): Ending | Promise<Refusal | undefined> {
  visit.step = step.name;
  if (visit.simulation?.step === step.name) return visit.simulation.refusal;
  try {
    const taken = step.take(visit, gate);
    return isPromise(taken) ? taken : leave(visit, taken);
  } catch (error) {
    return fail(visit, gate, error);
  }
}

async function enterAndLeave(step: Step, visit: Visit, gate: Settings): Promise<Ending> {
  try {
    const begun = enter(step, visit, gate);
    return isPromise(begun) ? leave(visit, await begun) : begun;
  } catch (error) {
    return fail(visit, gate, error);
  }
}

function leave(visit: Visit, refusal: Refusal | undefined): Ending {
  if (refusal !== undefined) return refusal;
  return visit.replayed === undefined ? "done" : "replayed";
}

/** Work that stops because its caller has left is no fault. */
function fail(visit: Visit, gate: Settings, error: unknown): Ending {
  return visit.call.aborted ? "abandoned" : fault(visit, gate, visit.step, error);
}

async function undo(visit: Visit, gate: Settings): Promise<void> {
  for (const { name, undo } of ORDER.toReversed()) {
    try {
      await undo?.(visit, gate);
    } catch (error) {
      // The store is down: the lease or the hold ends by its own deadline.
      tell(visit, gate, name, error);
    }
  }
}

/** What was thrown is told to the operator; the caller hears only that something failed. */
function fault(visit: Visit, gate: Settings, step: StepName, error: unknown): Refusal {
  visit.faulted = true;
  tell(visit, gate, step, error);
  return refuse("internal");
}

function tell(visit: Visit, gate: Settings, step: StepName, error: unknown): void {
  gate.onEvent({ kind: "fault", step, requestId: visit.requestId, error });
}
