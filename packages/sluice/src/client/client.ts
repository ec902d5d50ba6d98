/**
 * THE ORDER of one call: ask the breaker, wait for a turn, send, read, decide; then wait and begin again, or give up.
 * Nothing else is decided here.
 */
import type { KeptAnswer } from "./attempt.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { type Decision, decide } from "./decide/decide.ts";
import type { Failure } from "./failure/failure.ts";
import type { ClientSettings } from "./settings.ts";
import type { TransportAnswer } from "./transport/transport.ts";
import { type Missed, tryOnce } from "./try-once.ts";

/** A call that went well; its body may still be on its way. */
export interface Delivered {
  readonly kind: "delivered";
  readonly answer: TransportAnswer;
  /** The body, for a call that reads it whole. */
  readonly text: string;
  /** Breaks the body off. */
  readonly abort: (reason: unknown) => void;
  readonly attempts: number;
}

/** A call that was given up, and why. */
export interface GivenUp {
  readonly kind: "given_up";
  readonly failure: Failure;
  readonly kept: KeptAnswer | undefined;
  readonly attempts: number;
  readonly why: readonly string[];
  /** When the same call can succeed, as far as anybody knows; counted from now. */
  readonly retryAfterMs: number | undefined;
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
  const deadlineMs = client.clock.monotonicMs() + call.totalMs;
  let before: GivenUp | undefined;
  let retriesCost = 0;
  for (let attempts = 1; ; attempts++) {
    const tried = await tryOnce(call, client, deadlineMs, attempts);
    if (tried.ok) {
      client.budget?.succeeded(retriesCost);
      const { answer, text = "", abort } = tried;
      return { kind: "delivered", answer, text, abort, attempts };
    }
    const { failure, kept } = tried;
    // What the server said last tells more than that it was not asked again.
    if (failure.source === "client" && before !== undefined) {
      const why = [...before.why, failure.message];
      return { ...before, why, retryAfterMs: failure.hints.waitMs };
    }
    const leftBefore = client.budget?.left ?? 0;
    const decision = decideOn(tried, call, client, attempts, deadlineMs);
    retriesCost += leftBefore - (client.budget?.left ?? 0);
    client.tell({ kind: "failed", call, failure, attempts, decision });
    const { why } = decision;
    const retryAfterMs = decision.kind === "stop" ? decision.retryAfterMs : decision.ms;
    before = { kind: "given_up", failure, kept, attempts, why, retryAfterMs };
    if (decision.kind === "stop") return before;
    await client.wheel.sleep(decision.ms, call.signal);
  }
}

function decideOn(
  { failure, mayRetry }: Missed,
  call: LogicalCall,
  client: ClientSettings,
  attempt: number,
  deadlineMs: number,
): Decision {
  const { budget } = client;
  return decide(
    failure,
    {
      attempt,
      attemptsMax: mayRetry ? call.attemptsMax : attempt,
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
