// A request that was answered a moment ago is on its way into the log: whoever pastes its id at once need not ask twice.

import { systemClock } from "sluice/base";
import { orNotThere } from "../operator/failure.ts";

const EVERY_MS = 200;
const PATIENCE_MS = 3_000;
/** Older than that it would be there. */
const FRESH_MS = 15_000;

/** @param ask for the request of this id */
export async function onceWritten<T>(requestId: string, ask: () => Promise<T>): Promise<T> {
  const untilMs = systemClock.monotonicMs() + PATIENCE_MS;
  const isFresh = Math.abs(systemClock.wallMs() - madeAtMs(requestId)) < FRESH_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const { status } = (error ?? {}) as { readonly status?: number };
      const isHopeless = !isFresh || systemClock.monotonicMs() > untilMs;
      if (status !== 404 || isHopeless)
        return orNotThere(Promise.reject(error), noRequest(requestId));
    }
    await systemClock.sleep(EVERY_MS);
  }
}

/** The first 48 bits of a UUIDv7 (RFC 9562, section 5.7). */
function madeAtMs(requestId: string): number {
  return Number.parseInt(requestId.replace("-", "").slice(0, 12), 16) || 0;
}

function noRequest(requestId: string): string {
  return (
    `No request ${requestId} is in this log: it may be another gate's, or older than what is kept. ` +
    "The id is in X-Request-Id of the answer."
  );
}
