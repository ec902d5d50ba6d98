/** The row of a request in the log: what its visit found, in columns. Most rows have no details, and cost one object. */
import { type Refusal, redactKeys } from "../../contract/index.ts";
import { clientAddress } from "../keys/address-guard.ts";
import type { Settings } from "../settings.ts";
import type { Degraded, LogRow, RowDetails, RowEnding } from "../stores.ts";
import type { Visit } from "../visit.ts";

/** How the way through the gate ended. */
export type Ending = Refusal | "done" | "replayed" | "abandoned";

/** What only the answer knows. */
export interface Outcome {
  readonly status: number;
  readonly ending: Ending;
  readonly clientRequestId: string | undefined;
  readonly code?: string;
  /** Whether a test key has asked for it. */
  readonly simulated?: boolean;
  readonly retryAfterMs?: number | undefined;
}

const PATH_LENGTH_MAX = 512;
const ADDRESS_LENGTH_MAX = 100;
const ENCODED = /%([0-9a-f]{2})/gi;

export function rowOf(visit: Visit, gate: Settings, outcome: Outcome): LogRow {
  const caller = visit.identity?.caller;
  const refusal = typeof outcome.ending === "object" ? outcome.ending : undefined;
  const window = visit.windowClaims?.[0];
  return {
    requestId: visit.requestId,
    clientRequestId: outcome.clientRequestId,
    api: gate.api.wire.about.title,
    atMs: visit.atMs,
    durationMs: visit.waited ? gate.clock.monotonicMs() - visit.startedMs : 0,
    accountId: caller?.accountId,
    keyId: caller?.keyId,
    isOlderSecret: visit.secretIsOlder,
    address: addressOf(visit, gate),
    operation: visit.operation?.name,
    method: visit.call.method,
    path: loggedPath(visit, gate),
    status: outcome.status,
    code: outcome.code,
    condition: refusal?.condition,
    endedAt: visit.step,
    ending: visit.faulted ? "fault" : rowEnding(outcome.ending),
    window: window?.name,
    windowLimit: window?.limit,
    windowRemaining: visit.windows?.[0]?.remaining,
    held: visit.held,
    charged: visit.charged,
    creditsRemaining: visit.creditsRemaining ?? remainingIn(refusal),
    by: refusal?.by,
    param: refusal?.param,
    retryAfterMs: outcome.retryAfterMs,
    details: detailsOf(visit, refusal),
    simulated: outcome.simulated === true,
    degraded: degradedOf(visit),
  };
}

export function degradedOf({ keyIsStale, limitsAreDown }: Visit): Degraded | undefined {
  if (!limitsAreDown) return keyIsStale ? "keys" : undefined;
  return keyIsStale ? "limits, keys" : "limits";
}

function remainingIn(refusal: Refusal | undefined): number | undefined {
  const shortage = refusal?.shortage;
  return shortage !== undefined && "remaining" in shortage ? shortage.remaining : undefined;
}

function detailsOf(visit: Visit, refusal: Refusal | undefined): RowDetails | undefined {
  const { slotsTaken: slots, narrowestBudget: budget } = visit;
  if (refusal === undefined) {
    if (slots === undefined && budget === undefined) return undefined;
    return { ...(slots && { slots }), ...(budget && { budget }) };
  }
  const { limit, expected, allowed, message, shortage, retryAfterMs: waitMs } = refusal;
  const details: RowDetails = {
    ...(slots && { slots }),
    ...(budget && { budget }),
    ...(shortage && { shortage }),
    ...(limit !== undefined && { limit }),
    ...(expected !== undefined && { expected }),
    ...(allowed && { allowed }),
    ...(message !== undefined && { message }),
    ...(waitMs !== undefined && { waitMs: Math.ceil(waitMs) }),
    ...(shortage && { needed: visit.asked }),
    ...(visit.stream && { begunAs: visit.stream.kind }),
  };
  return Object.keys(details).length === 0 ? undefined : details;
}

/** What a proxy wrote is a stranger's word where the hops were counted wrong. */
function addressOf({ call }: Visit, { api, trustedHops }: Settings): string {
  if (trustedHops === 0) return call.address;
  const address = clientAddress(call, trustedHops);
  return redactKeys(api.wire.key, address).slice(0, ADDRESS_LENGTH_MAX).toWellFormed();
}

/** Without keys, also where a key's characters were percent-encoded. */
function loggedPath({ path, operation }: Visit, gate: Settings): string {
  if (path === operation?.pattern.text) return path;
  const readable = path.includes("%") ? path.replaceAll(ENCODED, decodeUnreserved) : path;
  return redactKeys(gate.api.wire.key, readable).slice(0, PATH_LENGTH_MAX);
}

/** RFC 3986 §2.3: unreserved characters mean the same encoded or not. */
function decodeUnreserved(encoded: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return /[\w.~-]/.test(character) ? character : encoded;
}

function rowEnding(ending: Ending): RowEnding {
  return typeof ending === "object" ? "refused" : ending;
}
