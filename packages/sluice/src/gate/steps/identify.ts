/** Step 2: whose key is this. A test key may ask for a refusal here; the step that owns it raises it. */
import { type Awaitable, isPromise } from "../../base/index.ts";
import { isRefusal, type Refusal, readKey, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import { clientAddress } from "../keys/address-guard.ts";
import type { Verified } from "../keys/key-verifier.ts";
import type { Settings } from "../settings.ts";
import { simulationFor } from "../simulation/simulate.ts";
import type { Visit } from "../visit.ts";

export function identify(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { call } = visit;
  const key = readKey(gate.api.wire.key, call);
  if (key === undefined) return refuse("missing_key");
  const verified = gate.keys.verify(key, clientAddress(call, gate.trustedHops), visit.startedMs);
  return isPromise(verified)
    ? verified.then(
        (result) => accept(visit, gate, result),
        (error: unknown) => directoryDown(visit, gate, error),
      )
    : accept(visit, gate, verified);
}

/** Nobody can say whether the key is good. That is our outage: the caller should come back, not give up. */
function directoryDown(visit: Visit, gate: Settings, error: unknown): Refusal {
  gate.onEvent({ kind: "fault", step: "identify", requestId: visit.requestId, error });
  return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "directory" });
}

function accept(visit: Visit, gate: Settings, verified: Verified | Refusal): Refusal | undefined {
  if (isRefusal(verified)) return verified;
  const { identity, isStale, isOlderSecret, refusal } = verified;
  visit.identity = identity;
  visit.secretIsOlder = isOlderSecret;
  // What a key alone decides is as true as ever.
  if (refusal !== undefined) return refusal;
  visit.keyIsStale = isStale;
  if (identity.caller.environment !== "test") return undefined;
  visit.simulation = simulationFor(visit, gate);
  return visit.simulation?.step === "identify" ? visit.simulation.refusal : undefined;
}
