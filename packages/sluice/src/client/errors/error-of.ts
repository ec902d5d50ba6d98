/** A call that was given up, as the error that its caller gets. */
import type { LogicalCall } from "../call/logical-call.ts";
import { mayBeDone } from "../decide/decide.ts";
import { pathOf } from "../events.ts";
import type { Failure } from "../failure/failure.ts";
import type { ClientSettings } from "../settings.ts";
import { ApiError } from "./api-error.ts";

export interface Ended {
  readonly failure: Failure;
  readonly attempts: number;
  readonly why: readonly string[];
  readonly retryAfterMs: number | undefined;
  /** Whether an attempt before the last one may have been done. @default false */
  readonly mayBeDoneBefore?: boolean;
  /** Of a stream that broke off: what had come. */
  readonly received?: string;
}

export function errorOf(call: LogicalCall, ended: Ended, client: ClientSettings): ApiError {
  const { attempts, why, retryAfterMs, received, mayBeDoneBefore = false } = ended;
  const nowMs = client.clock.wallMs();
  // What refused the last attempt cannot know what became of those before it.
  const isDoubtful = mayBeDoneBefore && ended.failure.charged === "no";
  const failure: Failure = isDoubtful ? { ...ended.failure, charged: "unknown" } : ended.failure;
  return new ApiError(failure, {
    nowMs,
    wire: client.wire,
    secret: client.secret,
    operation: call.operation,
    endpoint: `${call.method} ${pathOf(call.url)}`,
    parameters: call.parameters,
    attempts,
    why,
    retryAtMs: retryAfterMs === undefined ? undefined : nowMs + retryAfterMs,
    userMessage: client.userMessage,
    received,
    repeatable: call.isKnownAgain || !(mayBeDoneBefore || mayBeDone(failure)),
  });
}
