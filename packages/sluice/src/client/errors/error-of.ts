/** A call that was given up, as the error that its caller gets. */
import type { LogicalCall } from "../call/logical-call.ts";
import { pathOf } from "../events.ts";
import type { Failure } from "../failure/failure.ts";
import type { ClientSettings } from "../settings.ts";
import { ApiError } from "./api-error.ts";

export interface Ended {
  readonly failure: Failure;
  readonly attempts: number;
  readonly why: readonly string[];
  readonly retryAfterMs: number | undefined;
  /** Of a stream that broke off: what had come. */
  readonly received?: string;
}

export function errorOf(call: LogicalCall, ended: Ended, client: ClientSettings): ApiError {
  const { failure, attempts, why, retryAfterMs, received } = ended;
  const nowMs = client.clock.wallMs();
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
  });
}
