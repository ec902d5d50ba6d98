/** One try of a call: the breaker is asked, a turn is waited for, one attempt is made, and everybody learns from it. */
import { attempt, type Outcome } from "./attempt.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import type { Failure } from "./failure/failure.ts";
import { type HeaderLookUp, readRate } from "./failure/hints.ts";
import { type Obstacle, refusedHere } from "./failure/refused-here.ts";
import type { Turn } from "./lane.ts";
import type { ClientSettings } from "./settings.ts";

/** A try that failed. */
export type Missed = Extract<Outcome, { ok: false }> & {
  /** False where the breaker lets nobody try again. */
  readonly mayRetry: boolean;
};

export async function tryOnce(
  call: LogicalCall,
  client: ClientSettings,
  deadlineMs: number,
  attempts: number,
): Promise<Extract<Outcome, { ok: true }> | Missed> {
  const { clock, lane } = client;
  const breaker = client.breakerOf(call);
  const asked = breaker?.ask(clock.monotonicMs(), client.random);
  const tell = (outcome: "success" | "failure" | "ignored", waitMs?: number) =>
    breaker?.tell(outcome, clock.monotonicMs(), waitMs, asked);
  if (asked?.kind === "refuse") return notSent(client, "open", asked.retryAfterMs);
  let outcome: Outcome | undefined;
  let turn: Turn | undefined;
  try {
    const entered = call.isOwn ? await lane.enter(call, deadlineMs) : undefined;
    if (entered !== undefined && entered.kind !== "turn") {
      return notSent(client, entered.kind, entered.waitMs);
    }
    turn = entered;
    const added = client.tell({ kind: "sent", call, attempts, turn });
    outcome = await attempt(call, client, deadlineMs - clock.monotonicMs(), added);
  } finally {
    if (turn !== undefined) conclude(turn, outcome, client);
    // A caller who leaves says nothing of the server.
    if (outcome === undefined) tell("ignored");
  }
  if (outcome.ok) tell("success");
  else tell(isIll(outcome.failure) ? "failure" : "ignored", outcome.failure.hints.waitMs);
  return outcome.ok ? outcome : { ...outcome, mayRetry: asked?.kind !== "pass_without_retries" };
}

function notSent(client: ClientSettings, obstacle: Obstacle, waitMs: number): Missed {
  const failure = refusedHere(client.wire, obstacle, waitMs);
  return { ok: false, failure, kept: undefined, mayRetry: false };
}

/** Gives the turn back, and learns from the answer how the server's window stands. */
function conclude(turn: Turn, outcome: Outcome | undefined, client: ClientSettings): void {
  const { clock, lane } = client;
  const nowMs = clock.monotonicMs();
  const header = headerOf(outcome);
  if (header === undefined) turn.flight?.lost(nowMs);
  else {
    const failure = outcome?.ok === false ? outcome.failure : undefined;
    const isRate = failure?.status === 429 && failure.advice === "wait";
    const refused = isRate ? { waitMs: failure.hints.waitMs } : undefined;
    turn.flight?.answered(nowMs, readRate(header, clock.wallMs()), refused);
  }
  if (outcome === undefined || outcome.ok) {
    lane.leave(turn, outcome === undefined ? "ignored" : "success");
  } else lane.leave(turn, isCrowding(outcome.failure) ? "overloaded" : "ignored");
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
  return source !== "answer" || (status ?? 0) >= 500;
}
