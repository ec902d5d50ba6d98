/**
 * Step 6: a hold over account, workspace, project and key, all or nothing. An idempotency key rides on the
 * hold, so that the answer that it remembers and the money that it cost can never disagree.
 */
import { type Awaitable, assert, isPromise } from "../../base/index.ts";
import {
  at,
  IDEMPOTENCY_KEY,
  isCredits,
  isRefusal,
  type Refusal,
  refuse,
} from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import { tellSpend } from "../spend.ts";
import type { Budget, Idempotency, KnownKey, Reserved } from "../stores.ts";
import { complete, foldFailure, parseJson, refuseTimeout } from "../upstream/outcome.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import { workFor } from "../upstream/work.ts";
import type { Visit } from "../visit.ts";
import { readIdempotency } from "./idempotency.ts";

/** After the call's own deadline, this long until the sweeper may take its holder for dead. */
const HOLD_MARGIN_MS = 60_000;

export function reserve(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { wire, server } = visit.settled;
  const key = wire.method === "GET" ? undefined : visit.call.header(IDEMPOTENCY_KEY.toLowerCase());
  const isFree = server.price === undefined && server.detaches === undefined;
  if (isFree && key === undefined) return undefined;
  // Most calls: what they cost is known, and nothing is remembered of them.
  if (key === undefined && server.price?.kind !== "quote") {
    return hold(visit, gate, server.price?.credits ?? 0, undefined);
  }
  return take(visit, gate, key);
}

async function take(
  visit: Visit,
  gate: Settings,
  key: string | undefined,
): Promise<Refusal | undefined> {
  const idempotency = key === undefined ? undefined : await readIdempotency(visit, gate, key);
  if (isRefusal(idempotency)) return idempotency;
  const known = await recallBeforeQuote(visit, gate, idempotency);
  if (known !== undefined) return known.kind === "replayed" ? undefined : known;
  const amount = await amountOf(visit, gate);
  return isRefusal(amount) ? amount : hold(visit, gate, amount, idempotency);
}

function hold(
  visit: Visit,
  gate: Settings,
  amount: number,
  idempotency: Idempotency | undefined,
): Awaitable<Refusal | undefined> {
  // A job hangs on its hold, and so does an idempotency record: both want one of zero.
  const isNeeded = idempotency !== undefined || visit.settled.server.detaches !== undefined;
  if (amount === 0 && !isNeeded) return undefined;
  visit.asked = amount;
  // Remembered before it is asked for: if the answer gets lost, the undo still ends the hold.
  visit.hold = { id: visit.requestId, amount, remembers: idempotency !== undefined };
  const nowMs = gate.clock.wallMs();
  try {
    const reserved = gate.stores.ledger.reserve(
      {
        holdId: visit.requestId,
        funds: visit.known.funds,
        budgets: visit.budgets,
        amount,
        expiresAtMs: nowMs + visit.settled.deadlineMs + HOLD_MARGIN_MS,
        operation: visit.settled.name,
        keyId: visit.known.caller.keyId,
        ...(idempotency && { idempotency }),
      },
      nowMs,
    );
    if (!isPromise(reserved)) return conclude(visit, gate, reserved);
    return reserved.then(
      (answer) => conclude(visit, gate, answer),
      (error: unknown) => ledgerDown(gate, visit, error),
    );
  } catch (error) {
    return ledgerDown(gate, visit, error);
  }
}

/** A quote may be refused for what the first call has done, so a replay must not need one. */
async function recallBeforeQuote(
  visit: Visit,
  gate: Settings,
  idempotency: Idempotency | undefined,
): Promise<Refusal | { readonly kind: "replayed" } | undefined> {
  if (idempotency === undefined || visit.settled.server.price?.kind !== "quote") return undefined;
  const recalled = await askLedger(gate, visit, () =>
    gate.stores.ledger.recall(idempotency, gate.clock.wallMs()),
  );
  if (isRefusal(recalled)) return recalled;
  if (recalled.kind === "unknown") return undefined;
  return concludeKnown(visit, recalled) ?? { kind: "replayed" };
}

async function amountOf(visit: Visit, gate: Settings): Promise<number | Refusal> {
  const price = visit.settled.server.price;
  if (price === undefined) return 0;
  if (price.kind !== "quote") return price.credits;
  const running = workFor(visit, gate, "quote");
  try {
    const quoted = gate.upstream.quote(running.work);
    const answer = isPromise(quoted) ? await running.withinDeadline(quoted) : quoted;
    if (isRefusal(answer)) return complete(gate, answer);
    return typeof answer === "number"
      ? checkQuote(visit, answer)
      : readQuote(visit, gate, answer, price.credits);
  } catch (error) {
    return refuseTimeout(error);
  } finally {
    running.close();
  }
}

function readQuote(
  visit: Visit,
  gate: Settings,
  answer: WorkDone,
  pointer: string,
): number | Refusal {
  if (answer.status >= 400) return foldFailure(visit, gate, answer);
  return checkQuote(visit, at(parseJson(answer.body), pointer));
}

/** What is no number of credits is the upstream's fault, for which the ledger must not be taken to be down. */
function checkQuote(visit: Visit, credits: unknown): number {
  assert(isCredits(credits), () => `the quote for ${visit.settled.name} holds no credits`);
  return credits;
}

/** Credits fail closed: what the ledger cannot confirm is not done. */
async function askLedger<T>(
  gate: Settings,
  visit: Visit,
  ask: () => Awaitable<T>,
): Promise<T | Refusal> {
  try {
    return await ask();
  } catch (error) {
    return ledgerDown(gate, visit, error);
  }
}

function ledgerDown(gate: Settings, visit: Visit, error: unknown): Refusal {
  gate.onEvent({ kind: "fault", step: "reserve", requestId: visit.requestId, error });
  return refuse("credits_unavailable", { retryAfterMs: COME_BACK_MS, by: "ledger" });
}

function conclude(visit: Visit, gate: Settings, reserved: Reserved): Refusal | undefined {
  if (reserved.kind === "held") {
    visit.creditsRemaining = reserved.remaining;
    visit.held = visit.hold?.amount ?? 0;
    visit.narrowestBudget = reserved.budget;
    return undefined;
  }
  // Nothing was taken, so there is nothing to give back.
  visit.hold = undefined;
  switch (reserved.kind) {
    case "credits_exhausted":
      tellShort(visit, gate, "account");
      return refuseForAccount(reserved);
    case "budget_exceeded": {
      const { budget, used, held, resetAtMs } = reserved;
      const { scope, id, cap } = budget;
      tellShort(visit, gate, budget);
      const shortage = { cap, used, held, resetAtMs };
      return refuse("budget_exceeded", { by: `${scope} ${id}`, limit: cap, shortage });
    }
    default:
      return concludeKnown(visit, reserved);
  }
}

function tellShort(visit: Visit, gate: Settings, short: "account" | Budget): void {
  if (gate.onSpend === undefined) return;
  const { accountId } = visit.known.caller;
  tellSpend(gate, visit.requestId, { accountId, budgets: visit.budgets, short });
}

function refuseForAccount({
  remaining,
  resetAtMs,
}: Extract<Reserved, { readonly kind: "credits_exhausted" }>): Refusal {
  const shortage = { remaining, ...(resetAtMs !== undefined && { resetAtMs }) };
  return refuse("credits_exhausted", { by: "account", limit: remaining, shortage });
}

function concludeKnown(visit: Visit, known: KnownKey): Refusal | undefined {
  switch (known.kind) {
    case "replay":
      visit.replayed = known.answer;
      return undefined;
    case "in_progress":
      return refuse("request_in_progress", { retryAfterMs: COME_BACK_MS });
    case "key_reused":
      return refuse("idempotency_key_reused", { param: IDEMPOTENCY_KEY });
    case "no_answer":
      return refuse("replay_unavailable", { param: IDEMPOTENCY_KEY });
  }
}

/** The undo: the hold ends uncharged, and its idempotency key can be used again. */
export async function releaseHold(visit: Visit, gate: Settings): Promise<void> {
  const hold = visit.hold;
  visit.hold = undefined;
  if (hold === undefined) return;
  // The number was that of the hold, which is no more: what costs nothing says nothing of credits.
  visit.creditsRemaining = undefined;
  await gate.stores.ledger.release(hold.id, gate.clock.wallMs());
}
