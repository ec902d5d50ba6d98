/** What an upstream's failures come to: deadlines, and error answers through the contract's folding rules. */
import { assert } from "../../base/index.ts";
import { CONDITIONS, fold, isCondition, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import type { Visit } from "../visit.ts";
import { DeadlineError } from "./running.ts";
import { isPieces, JSON_HEADERS, type WorkDone } from "./upstream.ts";

/** At the deadline the caller hears that it took too long; anything else that was thrown is a fault. */
export function refuseTimeout(error: unknown): Refusal {
  if (error instanceof DeadlineError) return refuse("upstream_timeout");
  throw error;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * An answer that no adapter could write must be a fault here, before it is charged.
 * @param upgrades whether it takes up an offer to upgrade the connection
 */
export function assertSendable({ status, headers }: WorkDone, upgrades = false): void {
  assert(
    upgrades || (Number.isInteger(status) && status >= 200 && status <= 599),
    () => `the upstream answered with the status ${status}`,
  );
  if (headers === JSON_HEADERS) return;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    const sendable = HEADER_NAME.test(name) && HEADER_VALUE.test(headers[i + 1] ?? "\0");
    assert(sendable, () => `the upstream's header ${JSON.stringify(name)} cannot be sent`);
  }
}

/** An upstream's own refusal, made whole: a condition that the contract has, and a wait where there must be one. */
export function complete(gate: Settings, refusal: Refusal): Refusal {
  const { condition } = refusal;
  const known = gate.api.wire.spellings.has(condition);
  assert(known, () => `the upstream reported "${condition}", which the contract does not have`);
  const waits = isCondition(condition) && CONDITIONS[condition].waits;
  return waits ? { retryAfterMs: COME_BACK_MS, ...refusal } : refusal;
}

/** A 4xx without a rule is a hole in the contract, so it must not reach the caller as it is. */
export function foldFailure(
  visit: Visit,
  gate: Settings,
  result: Pick<WorkDone, "status" | "body">,
): Refusal {
  const folded = fold(gate.api.server.folding ?? [], {
    status: result.status,
    body: parseJson(result.body),
  });
  if (folded !== undefined) return complete(gate, folded);
  if (result.status === 502 || result.status === 503 || result.status === 504) {
    return refuse("unavailable", { retryAfterMs: COME_BACK_MS });
  }
  const { requestId, settled } = visit;
  const { status } = result;
  gate.onEvent({ kind: "unfolded", requestId, operation: settled.name, status });
  return refuse("internal");
}

/** Undefined for what is no JSON; a stream is none. */
export function parseJson(body: WorkDone["body"]): unknown {
  if (isPieces(body)) return undefined;
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
