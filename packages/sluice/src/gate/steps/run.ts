/**
 * Step 7: the work itself, under its deadline; what comes back is folded into the contract's conditions. Done by
 * the upstream, or by the gate's own answer where the contract says so.
 */
import { type Awaitable, assert, isPromise } from "../../base/index.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/index.ts";
import { STATUS_UPGRADED } from "../call.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import { isEventStream, sourceOf } from "../stream/byte-source.ts";
import { isUnsent, unsent } from "../stream/unsent.ts";
import type { OwnContext } from "../upstream/answers.ts";
import { assertSendable, complete, foldFailure, refuseTimeout } from "../upstream/outcome.ts";
import type { RunningWork } from "../upstream/running.ts";
import { StoreDownError } from "../upstream/telling-stores.ts";
import { isPieces, type Pieces, type Work, type WorkDone } from "../upstream/upstream.ts";
import { workFor } from "../upstream/work.ts";
import type { Streaming, Visit } from "../visit.ts";

export function run(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const running = workFor(visit, gate, "run");
  if (visit.settled.server.detaches !== undefined) {
    visit.jobStarted = gate.startingJobs.begin(visit.requestId);
  }
  let result: Awaitable<WorkDone | Refusal>;
  // Work can take its time within one turn, too, and the row says how long.
  visit.waited = true;
  try {
    result = start(visit, gate, running.work);
    if (!isPromise(result)) return conclude(visit, gate, running, result);
  } catch (error) {
    running.close();
    throw error;
  }
  return running.withinDeadline(
    result,
    (done) => conclude(visit, gate, running, done),
    (error) => {
      running.close();
      if (visit.input?.passedBody?.isTooLarge) return tooLarge(visit);
      if (error instanceof StoreDownError) return storeDown(visit, gate, error);
      return refuseTimeout(error);
    },
  );
}

/** The body that went through grew too large, whatever the upstream made of its end. */
function tooLarge({ settled }: Visit): Refusal {
  return refuse("body_too_large", { limit: settled.bodyBytesMax });
}

/** An answer of the gate's own could not look something up: that is our outage, and it passes. */
function storeDown(visit: Visit, gate: Settings, error: StoreDownError): Refusal {
  gate.onEvent({ kind: "fault", step: "run", requestId: visit.requestId, error });
  return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: error.store });
}

function start(visit: Visit, gate: Settings, work: Work): Awaitable<WorkDone | Refusal> {
  const { answer } = visit.settled;
  return answer === undefined
    ? gate.upstream.run(work)
    : answer(work, ownContext(visit, gate, work));
}

function ownContext(visit: Visit, gate: Settings, work: Work): OwnContext {
  return {
    caller: visit.caller,
    requestId: visit.requestId,
    get signal() {
      return work.signal;
    },
    stores: gate.ownStores,
    funds: visit.known.funds,
    windows: visit.windowClaims ?? [],
    nowMs: gate.clock.wallMs(),
    newId: gate.nextRequestId,
  };
}

/** Nobody listens for the caller or the clock any more, unless most of the answer is still to come. */
function conclude(
  visit: Visit,
  gate: Settings,
  running: RunningWork,
  result: WorkDone | Refusal,
): Refusal | undefined {
  if (visit.input?.passedBody?.isTooLarge) {
    running.close();
    if (!isRefusal(result) && isPieces(result.body)) sourceOf(result.body).cancel();
    return tooLarge(visit);
  }
  if (isRefusal(result)) {
    running.close();
    return complete(gate, result);
  }
  const { body } = result;
  if (isPieces(body)) return concludePieces(visit, running, result, body);
  running.close();
  assertSendable(result);
  if (result.status < 400) {
    visit.work = result;
    return undefined;
  }
  return foldFailure(visit, gate, { status: result.status, body });
}

function concludePieces(
  visit: Visit,
  running: RunningWork,
  result: WorkDone,
  body: Pieces,
): undefined {
  const source = sourceOf(body);
  const { name } = visit.settled;
  const kind = kindOf(visit, running, result);
  try {
    assertSendable(result, kind === "upgraded");
    assert(result.status < 400, () => `a stream with the status ${result.status}`);
    assert(
      kind !== "bytes" || !running.work.needsWhole,
      () => `${name} answered with a stream: declare it with stream: { completion }`,
    );
  } catch (error) {
    // It must not go on for nobody.
    source.cancel(error);
    throw error;
  }
  if (kind === "bytes" && isUnsent(visit, result)) {
    running.close();
    source.cancel();
    visit.work = { ...result, body: "" };
    visit.unsent = unsent(result.length);
    return undefined;
  }
  visit.work = result;
  visit.stream = { kind, source, running };
  return undefined;
}

function kindOf(
  { settled }: Visit,
  { work }: RunningWork,
  { status, headers }: WorkDone,
): Streaming["kind"] {
  if (status === STATUS_UPGRADED && work.upgrade !== undefined) return "upgraded";
  return settled.wire.stream !== undefined && isEventStream(headers) ? "events" : "bytes";
}
