/**
 * Step 7: the work itself, under its deadline; what comes back is folded into the contract's conditions. Done by
 * the upstream, or by the gate's own answer where the contract says so.
 */
import { type Awaitable, assert, isPromise } from "../../base/index.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import type { OwnContext } from "../upstream/answers.ts";
import { assertSendable, complete, foldFailure, refuseTimeout } from "../upstream/outcome.ts";
import type { RunningWork } from "../upstream/running.ts";
import { StoreDownError } from "../upstream/telling-stores.ts";
import { isByteStream, type Work, type WorkDone } from "../upstream/upstream.ts";
import { workFor } from "../upstream/work.ts";
import type { Visit } from "../visit.ts";

export function run(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const running = workFor(visit, gate, "run");
  if (visit.settled.server.detaches !== undefined) {
    visit.jobStarted = gate.startingJobs.begin(visit.requestId);
  }
  let result: Awaitable<WorkDone | Refusal>;
  try {
    result = start(visit, gate, running.work);
    if (!isPromise(result)) return conclude(visit, gate, running, result);
  } catch (error) {
    running.close();
    throw error;
  }
  return running
    .withinDeadline(result)
    .then((done) => conclude(visit, gate, running, done))
    .catch((error: unknown) => {
      running.close();
      if (error instanceof StoreDownError) return storeDown(visit, gate, error);
      return refuseTimeout(error);
    });
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

/** Nobody listens for the caller or the clock any more, unless events are still to come. */
function conclude(
  visit: Visit,
  gate: Settings,
  running: RunningWork,
  result: WorkDone | Refusal,
): Refusal | undefined {
  if (isRefusal(result)) {
    running.close();
    return complete(gate, result);
  }
  const { body } = result;
  if (isByteStream(body)) return concludeStream(visit, running, result, body);
  running.close();
  assertSendable(result);
  if (result.status < 400) {
    visit.work = result;
    return undefined;
  }
  return foldFailure(visit, gate, { status: result.status, body });
}

function concludeStream(
  visit: Visit,
  running: RunningWork,
  result: WorkDone,
  body: ReadableStream<Uint8Array>,
): undefined {
  try {
    assertSendable(result);
    assert(!body.locked, "somebody else reads the stream already");
    assert(result.status < 400, () => `a stream of events with the status ${result.status}`);
    assert(
      visit.settled.wire.stream !== undefined,
      () => `${visit.settled.name} answered with a stream: declare it with stream: { completion }`,
    );
  } catch (error) {
    // Its source must not go on for nobody.
    void body.cancel(error).catch(() => undefined);
    throw error;
  }
  visit.work = result;
  visit.stream = { body, running };
  return undefined;
}
