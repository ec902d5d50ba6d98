/** A call that this client did not send: it would have been refused, or come too late. Costs the server nothing. */
import type { AnyWire } from "../../contract/index.ts";
import type { Failure } from "./failure.ts";

export type Obstacle = "open" | "full" | "late" | "poor";

const OBSTACLES = {
  open: {
    condition: "unavailable",
    otherwise: "service_unavailable",
    message: "Not sent: the server has failed too often just now.",
  },
  full: {
    condition: "concurrency_limited",
    otherwise: "queue_full",
    message: "Not sent: too many calls wait already.",
  },
  late: {
    condition: "rate_limited",
    otherwise: "rate_limited",
    message: "Not sent: its turn would come after its deadline.",
  },
  poor: {
    condition: "credits_exhausted",
    otherwise: "credits_exhausted",
    message: "Not sent: it may cost more than this client has left to spend.",
  },
} as const;

/** Spelled as the API would have, so that whoever handles its refusals handles this one, too. */
export function refusedHere(
  wire: AnyWire | undefined,
  obstacle: Obstacle,
  waitMs: number | undefined,
): Failure {
  const { condition, otherwise, message } = OBSTACLES[obstacle];
  const code = wire?.spellings.codeOf(condition, undefined, undefined);
  const entry = code === undefined ? undefined : wire?.codes[code];
  return {
    source: "client",
    status: undefined,
    code: code ?? otherwise,
    type: entry?.type,
    message,
    param: undefined,
    conditions: [condition],
    requestId: undefined,
    advice: "never",
    action: obstacle === "poor" ? "top_up" : "wait",
    charged: "no",
    processed: "no",
    hints: { waitMs, waitFrom: "this client", shouldRetry: undefined },
    body: undefined,
    cause: undefined,
  };
}
