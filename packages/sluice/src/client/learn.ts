/** What is learned from a try and from a call, by everybody who decides about the next one. */
import type { Outcome } from "./attempt.ts";
import type { Failure } from "./failure/failure.ts";
import type { HeaderLookUp } from "./failure/hints.ts";
import type { Admission, Breaker } from "./policy/breaker.ts";
import type { ClientSettings } from "./settings.ts";
import type { Turn } from "./turn.ts";

/**
 * After each try: gives the turn back, and learns from the answer how the server's window stands.
 * @param outcome undefined where its caller left.
 */
export function giveBack(
  turn: Turn,
  outcome: Outcome | undefined,
  { clock, lane, readRate }: ClientSettings,
): void {
  const nowMs = clock.monotonicMs();
  const failure = outcome?.ok === false ? outcome.failure : undefined;
  const header = headerOf(outcome);
  if (header === undefined) turn.flight?.lost(nowMs);
  else {
    const isRate = failure?.status === 429 && failure.advice === "wait";
    const refused = isRate ? { waitMs: failure.hints.waitMs } : undefined;
    turn.flight?.answered(nowMs, readRate(header, clock.wallMs()), refused);
  }
  const isCrowded = failure !== undefined && isCrowding(failure);
  const how = outcome?.ok ? "success" : isCrowded ? "overloaded" : "ignored";
  lane.leave(turn, how, nowMs, outcome && header !== undefined);
}

/** What a call's tries say of the server's health. @param times how many tries ended like this last one. */
export function tellFailures(
  breaker: Breaker | undefined,
  asked: Admission | undefined,
  failure: Failure,
  times: number,
  nowMs: number,
): void {
  if (asked === undefined || !isIll(failure)) return;
  for (let time = 0; time < times; time++) {
    breaker?.tell("failure", nowMs, failure.hints.waitMs, asked);
  }
}

/** Undefined where there was no answer. */
function headerOf(outcome: Outcome | undefined): HeaderLookUp | undefined {
  if (outcome?.ok) return outcome.answer.header;
  const kept = outcome?.kept;
  if (kept === undefined) return undefined;
  const headers = new Map(kept.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => headers.get(name);
}

/** Too much at once, as far as one can tell from outside. */
function isCrowding({ source, status, conditions }: Failure): boolean {
  return source === "timeout" || status === 503 || conditions[0] === "concurrency_limited";
}

/** Only what says that the server is not well counts: a refusal is an answer like any other. */
function isIll({ source, status }: Failure): boolean {
  return source !== "client" && (source !== "answer" || (status ?? 0) >= 500);
}
