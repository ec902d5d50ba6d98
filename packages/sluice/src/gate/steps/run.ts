/** Step 7: the work itself, under its deadline; what comes back is folded into the contract's conditions. */
import { type Awaitable, isPromise } from "../../base/index.ts";
import { isRefusal, type Refusal } from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import { assertSendable, complete, foldFailure, refuseTimeout } from "../upstream/outcome.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import { workFor } from "../upstream/work.ts";
import type { Visit } from "../visit.ts";

export function run(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const running = workFor(visit, gate, "run");
  let result: Awaitable<WorkDone | Refusal>;
  try {
    result = gate.upstream.run(running.work);
  } catch (error) {
    running.close();
    throw error;
  }
  if (!isPromise(result)) {
    running.close();
    return conclude(visit, gate, result);
  }
  return running
    .withinDeadline(result)
    .then((done) => conclude(visit, gate, done))
    .catch(refuseTimeout)
    .finally(() => running.close());
}

function conclude(visit: Visit, gate: Settings, result: WorkDone | Refusal): Refusal | undefined {
  if (isRefusal(result)) return complete(gate, result);
  assertSendable(result);
  if (result.status < 400) {
    visit.work = result;
    return undefined;
  }
  return foldFailure(visit, gate, result);
}
