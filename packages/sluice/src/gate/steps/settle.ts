/** Step 8: charge what it cost, give back the rest. Until this is done, no answer leaves. */
import type { Awaitable } from "../../base/index.ts";
import { at, isCredits, type Price, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import type { StoredAnswer } from "../stores.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import type { Hold, Visit } from "../visit.ts";

const REMEMBER_MS = 24 * 60 * 60 * 1_000;
const STORED_BODY_MAX = 256 * 1_024;

export function settle(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { hold, work } = visit;
  if (hold === undefined || work === undefined) return undefined;
  // The work is done: whatever happens now, this hold must not be given back as if it were not.
  visit.hold = undefined;
  return charge(visit, gate, hold, work);
}

async function charge(
  visit: Visit,
  gate: Settings,
  hold: Hold,
  work: WorkDone,
): Promise<Refusal | undefined> {
  const actual = actualCost(visit.settled.server.price, hold.amount, work);
  const answer = hold.remembers ? storedAnswer(visit.requestId, work) : undefined;
  try {
    const settled = await gate.stores.ledger.settle(
      {
        holdId: hold.id,
        charge: Math.min(actual, hold.amount),
        ...(actual > hold.amount && { overage: actual - hold.amount }),
        ...(answer && { answer }),
        rememberMs: REMEMBER_MS,
      },
      gate.clock.wallMs(),
    );
    visit.charged = settled.charged;
    visit.creditsRemaining = settled.remaining;
    return undefined;
  } catch (error) {
    // The hold stays until the sweeper lists it for the operator; nobody guesses.
    gate.onEvent({ kind: "fault", step: "settle", requestId: visit.requestId, error });
    return refuse("credits_unavailable", { retryAfterMs: COME_BACK_MS, by: "ledger" });
  }
}

/** What the answer says that it cost; the whole hold where it does not say. */
function actualCost(price: Price | undefined, held: number, work: WorkDone): number {
  if (price?.kind !== "at_most" || typeof work.body !== "string") return held;
  try {
    const actual = at(JSON.parse(work.body), price.actual);
    return isCredits(actual) ? actual : held;
  } catch {
    return held;
  }
}

function storedAnswer(requestId: string, work: WorkDone): StoredAnswer | undefined {
  const { status, headers, body } = work;
  if (typeof body !== "string" || body.length > STORED_BODY_MAX) return undefined;
  return { status, headers, body, requestId };
}
