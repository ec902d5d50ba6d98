/** The whole of an explanation as sentences that a support person can send on. */
import { type AnyApi, helpUrl } from "../../contract/index.ts";
import type { LogRow } from "../stores.ts";
import { type Cost, costInWords } from "./cost.ts";
import { faultForCaller, reasonOf } from "./reasons.ts";
import { passesAtMs } from "./scope.ts";
import type { Told } from "./told.ts";
import { durationInWords, firstOfPage, momentInWords } from "./words.ts";

/** Who reads: whoever runs the API, or whoever calls it, who need not hear what it is made of. */
export type Audience = "operator" | "caller";

export function sentencesOf(
  api: AnyApi,
  row: LogRow,
  told: Told,
  cost: Cost,
  audience: Audience,
): readonly string[] {
  const isRefused = row.ending === "refused" || row.ending === "fault";
  const all = [
    callInWords(row),
    ...contextOf(row, audience),
    isRefused ? reasonFor(audience, api, row) : endingInWords(row),
    ...(isRefused ? [whenInWords(row), toldInWords(api, row, told)] : []),
    costInWords(cost),
    ...(isRefused ? adviceOf(api, row) : []),
  ];
  return all.filter((sentence) => sentence !== undefined);
}

function callInWords(row: LogRow): string {
  const { accountId, keyId, operation, address } = row;
  const at = `At ${momentInWords(row.atMs)}`;
  // Bytes that were no request have no method.
  if (row.method === "-") return `${at} something arrived from ${address}.`;
  const who = accountId === undefined ? `somebody at ${address}` : `account ${accountId}`;
  const named = operation === undefined ? "" : ` (${operation})`;
  const by = keyId === undefined ? "" : ` with key ${keyId}, from ${address}`;
  return `${at} ${who} sent ${row.method} ${row.path}${named}${by}.`;
}

function reasonFor(audience: Audience, api: AnyApi, row: LogRow): string {
  return (audience === "caller" && faultForCaller(row)) || reasonOf(api, row);
}

/** What is worth knowing whatever came of the call. */
function contextOf(row: LogRow, audience: Audience): string[] {
  const found: string[] = [];
  if (row.simulated) {
    found.push("A test key asked for this refusal, to try it out: nothing of it was real.");
  }
  if (row.isOlderSecret && row.condition !== "revoked_key") {
    found.push("The key was used with an older secret, which is being replaced.");
  }
  if (audience === "caller") return found;
  if (row.degraded?.startsWith("limits")) {
    found.push(
      "The store of the limits did not answer, so they were counted by one process alone, or not.",
    );
  }
  if (row.degraded?.endsWith("keys")) {
    found.push("The store of the keys did not answer, so the key was believed from before.");
  }
  return found;
}

function endingInWords(row: LogRow): string {
  const took = row.durationMs === 0 ? "" : ` after ${durationInWords(row.durationMs)}`;
  switch (row.ending) {
    case "abandoned":
      return `The caller left${took}, before the answer, in the step "${row.endedAt}".`;
    case "replayed":
      return `It came with an idempotency key that was known, so the stored answer was sent again: ${row.status}.`;
    default:
      return `It went through: ${row.status}${took}.`;
  }
}

function whenInWords(row: LogRow): string | undefined {
  const { condition, details } = row;
  const passMs = passesAtMs(row);
  if (passMs !== undefined) {
    const later = `${momentInWords(passMs)}, ${durationInWords(passMs - row.atMs)} later`;
    if (condition === "rate_limited") return `The same call would have passed from ${later}.`;
    const sooner = condition === "budget_exceeded" ? "the budget is raised" : "credits are added";
    const anew =
      condition === "budget_exceeded"
        ? "The budget's next month begins"
        : "The allowance starts anew";
    return `${anew} at ${later}; the call passes before that once ${sooner}.`;
  }
  if (row.simulated) return undefined;
  if (condition === "rate_limited" && details?.limit === 0)
    return "Waiting does not help: the limit is 0.";
  if (condition === "concurrency_limited") {
    return "The same call passes as soon as one of those ends, which nobody can foresee.";
  }
  return details?.shortage && "The same call passes once credits are added.";
}

function toldInWords(api: AnyApi, row: LogRow, told: Told): string {
  const { code, retryAfterMs } = row;
  const message = messageOf(api, told);
  const quoted = message === undefined ? "" : `, "${message}"`;
  const wait = retryAfterMs === undefined ? "" : `, and to wait ${durationInWords(retryAfterMs)}`;
  if (row.details?.begunAs === "events") {
    return ended(`The answer had begun; its last event told the caller ${code}${quoted}`);
  }
  if (told.status === undefined) return told.bodyMissing ?? "The answer had begun.";
  return ended(`The caller was told ${told.status} ${code}${quoted}${wait}`);
}

/** With a full stop, unless one is quoted at its end. */
function ended(sentence: string): string {
  return /[.!?]"$/.test(sentence) ? sentence : `${sentence}.`;
}

function messageOf({ wire }: AnyApi, { body }: Told): string | undefined {
  if (body === undefined || body === "") return undefined;
  return wire.envelope.decode(JSON.parse(body))?.message;
}

/** From the code's own page. */
function adviceOf({ wire, pages }: AnyApi, { code = "" }: LogRow): string[] {
  const page = pages[code];
  if (page === undefined) return [];
  const advice = [`What to do: ${firstOfPage(page.howToFix)}`];
  const { docs } = wire.about;
  // A path alone leads nowhere for whoever gets the words sent on.
  if (docs !== undefined && URL.canParse(docs)) advice.push(`More: ${helpUrl(wire, code)}`);
  return advice;
}
