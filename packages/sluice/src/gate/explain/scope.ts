/** What refused a call, in words: whose window, slots, budget or permission, and how full it was. */
import type { AnyApi } from "../../contract/index.ts";
import type { LogRow } from "../stores.ts";
import { creditsInWords, durationInWords } from "./words.ts";

/** The window or the kind of slots that a row names, as `name:owner`. */
export interface FullLimit {
  readonly name: string;
  /** `key key_1` or `account acct_1`. */
  readonly owner: string;
  readonly limit: number;
  /** Of a window that the contract still has. */
  readonly windowMs: number | undefined;
}

/** The look-ups of unknown keys are counted by the minute. */
const ADDRESS_WINDOW_MS = 60_000;

/** Undefined where no window and no slots refused. */
export function fullLimitOf({ wire }: AnyApi, row: LogRow): FullLimit | undefined {
  const { by, condition, details } = row;
  if (condition !== "rate_limited" && condition !== "concurrency_limited") return undefined;
  if (by === "address") return addressLimit(row);
  // A refusal that a test key asked for names the first that counts the call.
  const id = by ?? (condition === "rate_limited" ? row.window : undefined);
  if (id === undefined) return undefined;
  const colon = id.indexOf(":");
  const name = colon === -1 ? id : id.slice(0, colon);
  const rule = condition === "rate_limited" ? wire.windows[name] : wire.slots?.[name];
  const per = rule?.per ?? (id.endsWith(`:${row.keyId}`) ? "key" : "account");
  return {
    name,
    owner: `${per} ${(per === "key" ? row.keyId : row.accountId) ?? id.slice(colon + 1)}`,
    limit: details?.limit ?? row.windowLimit ?? 0,
    windowMs: rule !== undefined && "windowMs" in rule ? rule.windowMs : undefined,
  };
}

function addressLimit({ address, details }: LogRow): FullLimit {
  const owner = `address ${address}`;
  return { name: "address", owner, limit: details?.limit ?? 0, windowMs: ADDRESS_WINDOW_MS };
}

/** Undefined where nothing with a name of its own refused: the request itself was wrong, or it was not refused. */
export function refusedBy(api: AnyApi, row: LogRow): string | undefined {
  const { condition, by, details } = row;
  if (row.ending !== "refused" && row.ending !== "fault") return undefined;
  const full = fullLimitOf(api, row);
  if (full !== undefined) return limitInWords(row, full);
  const { shortage } = details ?? {};
  if (shortage !== undefined) {
    const needed = details?.needed === undefined ? "" : `, ${details.needed} needed`;
    return "cap" in shortage
      ? `budget of ${by}: ${shortage.used} used and ${shortage.held} held of ${shortage.cap} in the month${needed}`
      : `credits of account ${row.accountId}: ${shortage.remaining} left${needed}`;
  }
  switch (condition) {
    case "plan_required":
      return by === undefined ? undefined : `plan ${by}`;
    case "forbidden":
      return by === undefined ? undefined : `permission ${by} of key ${row.keyId}`;
    case "subscription_inactive":
      return `subscription of account ${row.accountId}`;
    case "revoked_key":
    case "expired_key":
      return row.keyId === undefined ? undefined : `key ${row.keyId}`;
    default:
      return by;
  }
}

function limitInWords(row: LogRow, { name, owner, limit, windowMs }: FullLimit): string {
  if (row.condition === "concurrency_limited")
    return `slots ${name} of ${owner}: ${limit} of ${limit}`;
  const length = windowMs === undefined ? "" : ` in ${durationInWords(windowMs)}`;
  const what = row.by === "address" ? "look-ups of unknown keys from" : `rate window ${name} of`;
  return `${what} ${owner}: ${limit} of ${limit}${length}`;
}

/** When the same call passes if nobody else takes anything; undefined where no time helps, or nobody knows. */
export function passesAtMs(row: LogRow): number | undefined {
  const { condition, details, atMs, durationMs } = row;
  if (row.ending !== "refused" || row.simulated) return undefined;
  if (condition === "rate_limited") {
    // Waiting never gets anybody through a limit of nothing.
    if (details?.waitMs === undefined || details.limit === 0) return undefined;
    return Math.ceil(atMs + durationMs + details.waitMs);
  }
  return details?.shortage?.resetAtMs;
}

/** How much there was, where credits were too few. */
export function shortageInWords({ by, accountId, details }: LogRow): string | undefined {
  const { shortage, needed } = details ?? {};
  if (shortage === undefined) return undefined;
  const wanted = needed === undefined ? "" : `, and the call may cost ${needed}`;
  return "cap" in shortage
    ? `The budget of ${by} had too little room: of ${creditsInWords(shortage.cap)} in the calendar month, ` +
        `${shortage.used} were used and ${shortage.held} were held for calls that were running${wanted}.`
    : `Account ${accountId} had too few credits: ${creditsInWords(shortage.remaining)} left${wanted}.`;
}
