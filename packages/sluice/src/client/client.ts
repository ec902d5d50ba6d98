/**
 * THE ORDER of one call: ask the breaker, wait for a turn, send, read, decide; then wait and begin again, or give up.
 * Nothing else is decided here.
 */
import { isPromise } from "../base/index.ts";
import { attempt, type Outcome } from "./attempt.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { type Decision, decide, mayBeDone } from "./decide/decide.ts";
import type { Delivered, GivenUp } from "./ended.ts";
import type { Failure } from "./failure/failure.ts";
import { type Obstacle, refusedHere } from "./failure/refused-here.ts";
import { giveBack, tellFailures } from "./learn.ts";
import type { Admission } from "./policy/breaker.ts";
import type { ClientSettings } from "./settings.ts";
import type { Turn } from "./turn.ts";

/** A try that failed, and what was decided. */
interface Judged extends GivenUp {
  /** Undefined where it is given up. */
  readonly waitMs: number | undefined;
  /** Of the budget, by all retries of the call. */
  readonly retriesCost: number;
}

/** Which try it was. */
interface Try {
  readonly call: LogicalCall;
  readonly client: ClientSettings;
  readonly deadlineMs: number;
  readonly attempts: number;
  readonly asked: Admission | undefined;
}

/** Takes one call through the order. Rejects only with its caller's own reason. */
export function perform(call: LogicalCall, client: ClientSettings): Promise<Delivered | GivenUp> {
  return client.isHeard ? performHeard(call, client) : inOrder(call, client);
}

/** The same for whoever listens: when it begins, and how it ends. */
async function performHeard(call: LogicalCall, client: ClientSettings) {
  let ended: Delivered | GivenUp | undefined;
  client.tell({ kind: "begun", call });
  try {
    ended = await inOrder(call, client);
    return ended;
  } finally {
    client.tell({ kind: "ended", call, ended });
  }
}

async function inOrder(call: LogicalCall, client: ClientSettings): Promise<Delivered | GivenUp> {
  const { clock, lane } = client;
  const breaker = client.breakerOf(call);
  let nowMs = clock.monotonicMs();
  const deadlineMs = nowMs + call.totalMs;
  const first = breaker?.ask(nowMs, client.random);
  let asked = first;
  let before: Judged | undefined;
  let untold = 0;
  try {
    for (let attempts = 1; ; attempts++) {
      let turn: Turn | undefined;
      let outcome: Outcome | undefined;
      try {
        if (asked?.kind === "refuse") outcome = notSent(client, "open", asked.retryAfterMs);
        else {
          const entering = call.isOwn ? lane.enter(call, nowMs, deadlineMs) : undefined;
          const entered = isPromise(entering) ? await entering : entering;
          if (entered === undefined || entered.kind === "turn") {
            turn = entered;
            const added = client.tell({ kind: "sent", call, attempts, turn });
            outcome = await attempt(call, client, deadlineMs, added);
          } else outcome = notSent(client, entered.kind, entered.waitMs);
        }
      } finally {
        if (turn !== undefined) giveBack(turn, outcome, client);
      }
      if (outcome.ok) {
        if (first !== undefined) breaker?.tell("success", clock.monotonicMs(), 0, first);
        client.budget?.succeeded(before?.retriesCost ?? 0);
        const { answer, text = "", abort } = outcome;
        return { kind: "delivered", answer, text, abort, attempts };
      }
      before = judge(outcome, before, { call, client, deadlineMs, attempts, asked });
      if (outcome.failure.source !== "client") untold++;
      // What a retry mends is no illness: the first failure is told with the second.
      if (attempts > 1 || before.waitMs === undefined) {
        tellFailures(breaker, first, before.failure, untold, clock.monotonicMs());
        untold = 0;
      }
      if (before.waitMs === undefined) return before;
      await client.wheel.sleep(before.waitMs, call.signal);
      nowMs = clock.monotonicMs();
      asked = first && breaker?.askAgain(first, nowMs);
    }
  } finally {
    // For a probe of which nothing was told: its caller left.
    if (first !== undefined) breaker?.tell("ignored", clock.monotonicMs(), 0, first);
  }
}

function notSent(client: ClientSettings, obstacle: Obstacle, waitMs: number): Outcome {
  return { ok: false, failure: refusedHere(client.wire, obstacle, waitMs), kept: undefined };
}

/** Wait or give up; everybody who listens hears of it. */
function judge(
  { failure, kept }: Extract<Outcome, { ok: false }>,
  before: Judged | undefined,
  tried: Try,
): Judged {
  const { call, client, attempts, asked } = tried;
  const isHere = failure.source === "client";
  // What the server said last tells more than that it was not asked again.
  if (isHere && before !== undefined) {
    const why = [...before.why, failure.message];
    return { ...before, why, retryAfterMs: failure.hints.waitMs, waitMs: undefined };
  }
  const mayRetry = !isHere && asked?.kind !== "pass_without_retries";
  const leftBefore = client.budget?.left ?? 0;
  const decision = decideOn(failure, mayRetry, tried);
  client.tell({ kind: "failed", call, failure, attempts, decision });
  const { why } = decision;
  const waitMs = decision.kind === "wait" ? decision.ms : undefined;
  const retryAfterMs = decision.kind === "stop" ? decision.retryAfterMs : waitMs;
  const retriesCost = (before?.retriesCost ?? 0) + leftBefore - (client.budget?.left ?? 0);
  const mayBeDoneBefore =
    before !== undefined && (before.mayBeDoneBefore || mayBeDone(before.failure));
  const end = { kind: "given_up", failure, kept, attempts, why, retryAfterMs } as const;
  return { ...end, mayBeDoneBefore, waitMs, retriesCost };
}

function decideOn(
  failure: Failure,
  mayRetry: boolean,
  { call, client, deadlineMs, attempts }: Try,
): Decision {
  const { budget } = client;
  return decide(
    failure,
    {
      attempt: attempts,
      attemptsMax: mayRetry ? call.attemptsMax : attempts,
      timeLeftMs: deadlineMs - client.clock.monotonicMs(),
      waitMaxMs: client.waitMaxMs,
      canRepeat: call.canRepeat,
      aborted: call.signal?.aborted ?? false,
      takeBudget: (kind) => budget?.take(kind) ?? true,
      ...(budget && { budget }),
    },
    client.backoff,
    client.random,
  );
}
