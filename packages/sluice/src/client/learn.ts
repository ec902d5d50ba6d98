/** After each try: the turn is given back, and everybody who decides about the next one learns from it. */
import type { Outcome } from "./attempt.ts";
import type { Failure } from "./failure/failure.ts";
import { type HeaderLookUp, readRate } from "./failure/hints.ts";
import type { Admission, Breaker } from "./policy/breaker.ts";
import type { ClientSettings } from "./settings.ts";
import type { Turn } from "./turn.ts";

/** What a try had, and how it ended: undefined where its caller left. */
export interface Tried {
  readonly breaker: Breaker | undefined;
  readonly asked: Admission | undefined;
  readonly turn: Turn | undefined;
  readonly outcome: Outcome | undefined;
}

export function learn({ breaker, asked, turn, outcome }: Tried, client: ClientSettings): void {
  const nowMs = client.clock.monotonicMs();
  const failure = outcome?.ok === false ? outcome.failure : undefined;
  if (turn !== undefined) giveBack(turn, outcome, failure, nowMs, client);
  if (asked === undefined || asked.kind === "refuse") return;
  // A caller who leaves says nothing of the server, nor does what was never sent.
  const isIgnored = outcome === undefined || (failure !== undefined && !isIll(failure));
  const how = isIgnored ? "ignored" : failure === undefined ? "success" : "failure";
  breaker?.tell(how, nowMs, failure?.hints.waitMs, asked);
}

/** Gives the turn back, and learns from the answer how the server's window stands. */
function giveBack(
  turn: Turn,
  outcome: Outcome | undefined,
  failure: Failure | undefined,
  nowMs: number,
  { clock, lane }: ClientSettings,
): void {
  const header = headerOf(outcome);
  if (header === undefined) turn.flight?.lost(nowMs);
  else {
    const isRate = failure?.status === 429 && failure.advice === "wait";
    const refused = isRate ? { waitMs: failure.hints.waitMs } : undefined;
    turn.flight?.answered(nowMs, readRate(header, clock.wallMs())[0], refused);
  }
  const isCrowded = failure !== undefined && isCrowding(failure);
  lane.leave(turn, outcome?.ok ? "success" : isCrowded ? "overloaded" : "ignored", nowMs);
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
