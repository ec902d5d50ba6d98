/** Step 8: charge what it cost, give back the rest. Until this is done, no answer leaves. */
import { type Awaitable, andThen, DAY_MS, isPromise } from "../../base/index.ts";
import { at, isCredits, type Price, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import { tellSpend } from "../spend.ts";
import type { StoredAnswer } from "../stores.ts";
import { costIn } from "../stream/meter.ts";
import { parseJson } from "../upstream/outcome.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import type { Hold, Visit } from "../visit.ts";
import { leaveToJob } from "./detach.ts";

const REMEMBER_MS = DAY_MS;
const STORED_BODY_MAX = 256 * 1_024;

export function settle(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { hold, work } = visit;
  if (hold === undefined || work === undefined) return undefined;
  // The work is done: whatever happens now, this hold must not be given back as if it were not.
  visit.hold = undefined;
  const ledgerDown = (error: unknown) => {
    // The hold stays until the sweeper lists it for the operator; nobody guesses.
    gate.onEvent({ kind: "fault", step: "settle", requestId: visit.requestId, error });
    return refuse("credits_unavailable", { retryAfterMs: COME_BACK_MS, by: "ledger" });
  };
  try {
    const confirmed = confirm(visit, gate, hold, work);
    return isPromise(confirmed) ? confirmed.then(() => undefined, ledgerDown) : undefined;
  } catch (error) {
    return ledgerDown(error);
  }
}

function confirm(visit: Visit, gate: Settings, hold: Hold, work: WorkDone): Awaitable<void> {
  const keeps = hold.remembers && visit.settled.server.shownOnce !== true;
  const answer = keeps ? storedAnswer(visit.requestId, work) : undefined;
  const remembered = { ...(answer && { answer }), rememberMs: REMEMBER_MS };
  if (visit.settled.server.detaches !== undefined) {
    return leaveToJob(visit, gate, hold, remembered);
  }
  const actual = visit.metered ?? actualCost(visit.settled.server.price, hold.amount, work);
  const settled = gate.stores.ledger.settle(
    {
      holdId: hold.id,
      charge: Math.min(actual, hold.amount),
      ...(actual > hold.amount && { overage: actual - hold.amount }),
      ...remembered,
    },
    gate.clock.wallMs(),
  );
  return andThen(settled, ({ charged, remaining }) => {
    visit.charged = charged;
    visit.creditsRemaining = remaining;
    visit.cost = charged;
    if (charged > 0) tellCharged(visit, gate);
  });
}

function tellCharged(visit: Visit, gate: Settings): void {
  if (gate.onSpend === undefined) return;
  const { accountId } = visit.known.caller;
  tellSpend(gate, visit.requestId, { accountId, budgets: visit.budgets, short: undefined });
}

/** What the answer says that it cost; the whole hold where it does not say. */
function actualCost(price: Price | undefined, held: number, work: WorkDone): number {
  if (price?.kind !== "at_most") return held;
  if (price.inHeader !== undefined) return costIn(price, work.headers) ?? held;
  if (price.actual === undefined) return held;
  const actual = at(work.value ?? parseJson(work.body), price.actual);
  return isCredits(actual) ? actual : held;
}

function storedAnswer(requestId: string, work: WorkDone): StoredAnswer | undefined {
  const { status, headers, body } = work;
  if (typeof body !== "string" || body.length > STORED_BODY_MAX) return undefined;
  return { status, headers, body, requestId };
}
