/** What happens to calls, as it happens: for logs, metrics and traces. Events carry no key, no header and no body. */
import type { LogicalCall } from "./call/logical-call.ts";
import type { Decision } from "./decide/decide.ts";
import type { Failure } from "./failure/failure.ts";

export type ClientEvent =
  /** An attempt leaves. */
  | { readonly kind: "sent"; readonly call: LogicalCall; readonly attempts: number }
  /** An attempt failed, and what was decided. */
  | {
      readonly kind: "failed";
      readonly call: LogicalCall;
      readonly failure: Failure;
      readonly attempts: number;
      readonly decision: Decision;
    }
  /** The breaker of an operation opened, half-opened or closed. */
  | { readonly kind: "breaker"; readonly operation: string | undefined; readonly state: string }
  /** Something about the key or the policies that will not go well. */
  | { readonly kind: "warning"; readonly message: string };

export type ClientListener = (event: PublicEvent) => void;

/** The same, without what only the client itself may see. */
export type PublicEvent =
  | {
      readonly kind: "sent";
      readonly operation: string | undefined;
      readonly method: string;
      readonly path: string;
      readonly attempts: number;
    }
  | {
      readonly kind: "failed";
      readonly operation: string | undefined;
      readonly method: string;
      readonly path: string;
      readonly attempts: number;
      readonly code: string;
      readonly status: number | undefined;
      readonly requestId: string | undefined;
      /** How long it will wait before it tries again; undefined where it gives up. */
      readonly waitMs: number | undefined;
      readonly why: readonly string[];
    }
  | Extract<ClientEvent, { kind: "breaker" | "warning" }>;

export function publicEvent(event: ClientEvent): PublicEvent {
  if (event.kind === "breaker" || event.kind === "warning") return event;
  const { operation, method, url } = event.call;
  const where = { operation, method, path: pathOf(url), attempts: event.attempts };
  if (event.kind === "sent") return { kind: "sent", ...where };
  const { failure, decision } = event;
  const { code, status, requestId } = failure;
  const waitMs = decision.kind === "wait" ? decision.ms : undefined;
  return { kind: "failed", ...where, code, status, requestId, waitMs, why: decision.why };
}

/** Without the query, which may hold what nobody should keep. */
export function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  return path.split(/[?#]/, 1)[0] || "/";
}
