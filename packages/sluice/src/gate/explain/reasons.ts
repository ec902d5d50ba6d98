/** Why a call was refused, condition by condition, for somebody who has never seen our code. */
import {
  type AnyApi,
  BODY_BYTES_DEFAULT,
  type Condition,
  DEADLINE_MS_DEFAULT,
  isCondition,
} from "../../contract/index.ts";
import type { LogRow } from "../stores.ts";
import { fullLimitOf, shortageInWords } from "./scope.ts";
import { durationInWords } from "./words.ts";

type Reason = (row: LogRow, api: AnyApi) => string;

const keyOf = ({ keyId }: LogRow) => (keyId === undefined ? "Its key" : `Its key ${keyId}`);
const callOf = ({ operation, method, path }: LogRow) => operation ?? `${method} ${path}`;
/** The API's own words, where it had any. */
const inItsWords = ({ details }: LogRow) =>
  details?.message ? ` It said: "${details.message}"` : "";
const wrong = (what: string, { param, details }: LogRow) =>
  `The ${what} '${param ?? what}' is not accepted: it ${details?.expected ?? "must be valid"}.`;

const REASONS: Readonly<Record<Condition, Reason>> = {
  malformed_request: () => "What arrived was no HTTP request that can be understood.",
  headers_too_large: () =>
    "The first line and the headers of the request were larger than is read.",
  request_timeout: () => "The request began to arrive, and did not arrive whole in time.",

  missing_key: (_, { wire }) => `It carried no API key. A key is sent in ${placesOf(wire.key)}.`,
  malformed_key: (_, { wire }) =>
    `What it carried as a key does not have the shape of one: a key begins with ${prefixesOf(wire.key)} ` +
    `and has ${wire.key.length} characters after that.`,
  unknown_key: () => "It carried a key that does not exist.",
  revoked_key: (row) =>
    row.isOlderSecret
      ? `${keyOf(row)} was used with an older secret, which was replaced and whose time was over.`
      : `${keyOf(row)} had been revoked.`,
  expired_key: (row) => `${keyOf(row)} had expired.`,

  rate_limited: rateLimited,
  concurrency_limited(row, api) {
    const full = fullLimitOf(api, row);
    return full === undefined
      ? `As many calls as may run at once were running: ${row.details?.limit ?? "the limit"}.`
      : `As many calls as may run at once were running: ${full.limit} of ${full.limit} of the limit "${full.name}" of ${full.owner}.`;
  },

  subscription_inactive: (row) => `The subscription of account ${row.accountId} was not active.`,
  plan_required(row, { server }) {
    const plans = server.operations[row.operation ?? ""]?.plans ?? server.requires?.plans ?? [];
    const wanted = plans.length === 0 ? "" : `: it takes ${plans.join(" or ")}`;
    const plan = row.by === undefined ? "The plan" : `The plan "${row.by}"`;
    return `${plan} of account ${row.accountId} does not include ${callOf(row)}${wanted}.`;
  },
  forbidden(row) {
    if (row.endedAt === "authorise" && row.by !== undefined) {
      return `${keyOf(row)} does not have the permission "${row.by}", which ${callOf(row)} needs.`;
    }
    if (row.by !== undefined) {
      return `${keyOf(row)} belongs to a ${row.by}, and the request names another one to pay.`;
    }
    return `The API does not let this caller do it.${inItsWords(row)}`;
  },

  not_found(row) {
    if (row.operation === undefined) return `The API has nothing at ${row.path}.`;
    const what = row.param === undefined ? "What was asked for" : `What '${row.param}' names`;
    return `${what} does not exist, or belongs to another account.${inItsWords(row)}`;
  },
  method_not_allowed: ({ method, path, details }) =>
    `The API has something at ${path}, but not for ${method}: it takes ${(details?.allowed ?? []).join(", ")}.`,
  body_too_large: (row) =>
    `The body was larger than the ${row.details?.limit ?? BODY_BYTES_DEFAULT} bytes that ${callOf(row)} takes.`,
  unsupported_media_type: (row) => `The body was not in a format that ${callOf(row)} reads.`,
  malformed_body: () => "The body was not well-formed.",
  invalid_parameter: (row) => wrong("parameter", row),
  missing_field: ({ param }) => `The field '${param}' is missing.`,
  invalid_field: (row) => wrong("field", row),

  credits_exhausted: (row) =>
    shortageInWords(row) ?? `Account ${row.accountId} had too few credits left for the call.`,
  budget_exceeded: (row) =>
    shortageInWords(row) ??
    "A budget of the workspace, the project or the key had too little room.",
  credits_unavailable: (row) =>
    row.endedAt === "settle"
      ? "The work was done, but the store of the credits did not answer, so its cost could not be written down."
      : "The store of the credits did not answer, and no call is made that might not be paid for.",
  request_in_progress: () => "An earlier request with the same idempotency key was still running.",
  idempotency_key_reused: () =>
    "Its idempotency key had come before with another request: another method, path or body.",
  replay_unavailable: () =>
    "An earlier request with the same idempotency key left no answer that could be repeated.",

  conflict: (row) => `It does not fit what is there already${blaming(row)}.${inItsWords(row)}`,
  plan_limit_reached: (row) =>
    `The account has as many of these as it may${blaming(row)}.${inItsWords(row)}`,
  resource_limit_reached: (row) =>
    `What it adds to can hold no more${blaming(row)}.${inItsWords(row)}`,
  internal: ({ endedAt, requestId }) =>
    `Something failed on our side, in the step "${endedAt}". Our own records have the error under ${requestId}.`,
  unavailable: ({ by }) =>
    by === undefined
      ? "The service that does the work was down or overloaded."
      : `The store of the ${by === "directory" ? "keys and accounts" : by} did not answer.`,
  upstream_timeout: (row, { server }) => {
    const deadlineMs = server.operations[row.operation ?? ""]?.deadlineMs ?? DEADLINE_MS_DEFAULT;
    return `The service that does the work did not answer within ${durationInWords(deadlineMs)}.`;
  },
};

export function reasonOf(api: AnyApi, row: LogRow): string {
  const condition = row.condition ?? "";
  if (isCondition(condition)) return REASONS[condition](row, api);
  return `The API itself refused it: ${condition}${blaming(row)}.${inItsWords(row)}`;
}

/** What is ours to mend, for whoever calls: that it was us, and nothing of what we are made of. Undefined for all else. */
export function faultForCaller({ condition, endedAt }: LogRow): string | undefined {
  switch (condition) {
    case "internal":
      return "Something failed on our side.";
    case "unavailable":
      return "The service was down or overloaded for a moment.";
    case "credits_unavailable":
      return endedAt === "settle"
        ? "The work was done, but its cost could not be written down."
        : "Credits could not be checked, and no call is made that might not be paid for.";
    default:
      return undefined;
  }
}

function blaming({ param }: LogRow): string {
  return param === undefined ? "" : ` ('${param}')`;
}

function rateLimited(row: LogRow, api: AnyApi): string {
  const full = fullLimitOf(api, row);
  if (full === undefined) return "There were too many requests.";
  const { name, owner, limit, windowMs } = full;
  const length = windowMs === undefined ? "" : ` in the last ${durationInWords(windowMs)}`;
  return row.by === "address"
    ? `Too many keys that do not exist came from ${owner}: ${limit} of ${limit}${length}.`
    : `The rate limit "${name}" of ${owner} was full: ${limit} of ${limit} requests${length}.`;
}

function placesOf({ places }: AnyApi["wire"]["key"]): string {
  const named = places.map((place) =>
    "bearer" in place
      ? "the header Authorization, behind the word Bearer"
      : `the header ${place.header}`,
  );
  return named.join(", or in ");
}

function prefixesOf({ prefixes }: AnyApi["wire"]["key"]): string {
  return Object.values(prefixes).join(" or ");
}
