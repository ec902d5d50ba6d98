/** Step 9: the answer in the contract's words, the headers that every answer carries, and the row in the log. */
import {
  CLIENT_REQUEST_ID,
  DEGRADED,
  deltaSeconds,
  epochSeconds,
  HOP_BY_HOP,
  REPLAYED,
  REQUEST_ID,
  type Refusal,
  redactKeys,
  render,
} from "../../contract/index.ts";
import { type Answer, STATUS_ABANDONED } from "../call.ts";
import { presentable } from "../row/presentable.ts";
import { degradedOf, type Ending, type Outcome, rowOf } from "../row/row-of.ts";
import type { Settings } from "../settings.ts";
import { costIn } from "../stream/meter.ts";
import { isPieces, JSON_HEADERS, type WorkDone } from "../upstream/upstream.ts";
import type { Visit } from "../visit.ts";
import { warningOf } from "../warning.ts";

const CLIENT_REQUEST_ID_MAX = 200;

export function respond(visit: Visit, gate: Settings, ending: Ending): Answer {
  visit.jobStarted?.();
  const clientRequestId = readClientRequestId(visit, gate);
  const headers = everyHeader(visit, gate, clientRequestId);
  if (typeof ending === "object") return refused(visit, gate, ending, headers, clientRequestId);
  if (ending === "replayed") headers.push(REPLAYED, "true");
  const done = ending === "replayed" ? visit.replayed : visit.work;
  const status = ending === "abandoned" ? STATUS_ABANDONED : (done?.status ?? 500);
  if (done !== undefined) pushUpstreamHeaders(done.headers, headers, gate);
  log(visit, gate, { status, ending, clientRequestId });
  if (ending === "abandoned") return { status, headers, body: "" };
  return { status, headers, body: visit.unsent ?? wholeBody(done?.body) };
}

/** The head of an answer whose events are still to come. */
export function openStream(visit: Visit, gate: Settings): Omit<Answer, "body"> {
  noteCost(visit);
  const headers = everyHeader(visit, gate, readClientRequestId(visit, gate));
  pushUpstreamHeaders(visit.work?.headers ?? [], headers, gate);
  return { status: visit.work?.status ?? 200, headers };
}

/** A head that says the cost says what will be left, as that of a whole answer does. */
function noteCost(visit: Visit): void {
  const { hold, work, creditsRemaining } = visit;
  if (hold === undefined || creditsRemaining === undefined) return;
  const told = costIn(visit.settled.server.price, work?.headers ?? []) ?? hold.amount;
  visit.cost = Math.min(told, hold.amount);
  visit.creditsRemaining = creditsRemaining + hold.amount - visit.cost;
}

/** The end of its events: the row, and the body of the error that takes the place of the completion. */
export function closeStream(visit: Visit, gate: Settings, ending: Ending): string | undefined {
  const clientRequestId = readClientRequestId(visit, gate);
  if (typeof ending === "object") return refused(visit, gate, ending, [], clientRequestId).body;
  const status = ending === "abandoned" ? STATUS_ABANDONED : (visit.work?.status ?? 200);
  log(visit, gate, { status, ending, clientRequestId });
  return undefined;
}

/** What comes piece by piece never comes here. */
function wholeBody(body: WorkDone["body"] = ""): string | Uint8Array {
  return isPieces(body) ? "" : body;
}

/** What every answer carries. */
function everyHeader(visit: Visit, gate: Settings, clientRequestId: string | undefined): string[] {
  const headers: string[] = [REQUEST_ID, visit.requestId];
  if (clientRequestId !== undefined) headers.push(CLIENT_REQUEST_ID, clientRequestId);
  if (visit.windows !== undefined) pushRateLimit(visit, gate, headers);
  const degraded = degradedOf(visit);
  if (degraded !== undefined) headers.push(DEGRADED, degraded);
  if (visit.creditsRemaining !== undefined) {
    const name = gate.api.wire.headers.creditsRemaining;
    if (name !== undefined) headers.push(name, String(visit.creditsRemaining));
    pushWarning(visit, gate, headers);
  }
  return headers;
}

function pushWarning(visit: Visit, gate: Settings, headers: string[]): void {
  const name = gate.api.wire.headers.warning;
  const value = name && warningOf(visit, gate);
  if (name !== undefined && value !== undefined) headers.push(name, value);
}

function refused(
  visit: Visit,
  gate: Settings,
  refusal: Refusal,
  headers: string[],
  clientRequestId: string | undefined,
): Answer & { readonly body: string } {
  const shown = presentable(refusal, gate.api.wire.key);
  const rendered = render(gate.api.wire, shown, { operation: visit.operation?.name });
  for (const part of rendered.headers) headers.push(part);
  log(visit, gate, {
    status: rendered.status,
    ending: shown,
    clientRequestId,
    code: rendered.code,
    simulated: refusal === visit.simulation?.refusal,
    retryAfterMs: rendered.retryAfterMs,
  });
  return { status: rendered.status, headers, body: rendered.body };
}

/** The caller's own id is kept apart from ours: it is theirs to choose, so it proves nothing. */
function readClientRequestId(visit: Visit, gate: Settings): string | undefined {
  const sent = visit.call.header("x-request-id") ?? visit.call.header("x-client-request-id");
  if (sent === undefined || sent === "" || sent.length > CLIENT_REQUEST_ID_MAX) return undefined;
  return /^[\x21-\x7e]+$/.test(sent) ? redactKeys(gate.api.wire.key, sent) : undefined;
}

function pushRateLimit(visit: Visit, gate: Settings, headers: string[]): void {
  const policy = gate.api.wire.headers.rateLimit;
  const state = visit.windows?.[0];
  const claim = visit.windowClaims?.[0];
  if (policy === "none" || state === undefined || claim === undefined) return;
  if (policy === "x-ratelimit") {
    headers.push(
      "X-RateLimit-Limit",
      String(claim.limit),
      "X-RateLimit-Remaining",
      String(state.remaining),
      "X-RateLimit-Reset",
      String(epochSeconds(visit.atMs + (visit.admittedMs - visit.startedMs) + state.resetMs)),
    );
    return;
  }
  const { name } = claim;
  headers.push(
    "RateLimit-Policy",
    `"${name}";q=${claim.limit};w=${Math.ceil(claim.windowMs / 1_000)}`,
    "RateLimit",
    `"${name}";r=${state.remaining};t=${deltaSeconds(state.resetMs)}`,
  );
}

/** The upstream's headers, less those of its own hop and those that only the gate writes. */
function pushUpstreamHeaders(from: readonly string[], headers: string[], gate: Settings): void {
  if (from === JSON_HEADERS) {
    headers.push("Content-Type", "application/json");
    return;
  }
  for (let i = 0; i + 1 < from.length; i += 2) {
    const name = from[i] ?? "";
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || gate.ownHeaders.has(lower)) continue;
    if (lower.startsWith("sluice-") || lower.endsWith("request-id")) continue;
    headers.push(name, from[i + 1] ?? "");
  }
}

/** The answer stands whether or not it can be logged. */
function log(visit: Visit, gate: Settings, outcome: Outcome): void {
  try {
    const row = rowOf(visit, gate, outcome);
    gate.shadow?.end(visit, row);
    gate.stores.log.append(row);
    gate.onAnswer?.(row, visit.call);
  } catch (error) {
    gate.shadow?.end(visit, undefined);
    gate.onEvent({ kind: "fault", step: "respond", requestId: visit.requestId, error });
  }
}
