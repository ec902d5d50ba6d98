/** Why each condition can hold, in this contract's own numbers: the sentences of "where it comes from" and of examples. */
import {
  type AnyApi,
  type ByPlan,
  CONDITIONS,
  DEADLINE_MS_DEFAULT,
  isCondition,
  type SlotLimit,
  type WindowLimit,
} from "../../contract/index.ts";
import { bytes, count, duration, listed, sentenceOf } from "./words.ts";

/** What a condition means, in any API. */
export function meaningOf(condition: string): string {
  return isCondition(condition) ? CONDITIONS[condition].means : sentenceOf(condition);
}

/** The same in this API's own numbers; at an operation, in that one's. */
export function reasonFor(api: AnyApi, condition: string, operation?: string | undefined): string {
  const own = isCondition(condition) ? REASONS[condition]?.(api, operation) : undefined;
  return own ?? meaningOf(condition);
}

type Reason = (api: AnyApi, operation: string | undefined) => string | undefined;

const REASONS: Readonly<Record<string, Reason>> = {
  upstream_timeout({ server }, operation) {
    const declared = operation === undefined ? undefined : server.operations[operation];
    if (declared === undefined) return undefined;
    return `The work took longer than ${duration(declared.deadlineMs ?? DEADLINE_MS_DEFAULT)}.`;
  },
  rate_limited(api, operation) {
    const windows = Object.values(api.wire.windows).filter(
      ({ operations }) => !operation || !operations || operations.includes(operation),
    );
    if (windows.length === 0) return "One address has tried too many unknown keys.";
    return windows.map((window) => windowSentence(api, window)).join(" ");
  },
  concurrency_limited(api, operation) {
    const slots = Object.values(api.wire.slots ?? {}).filter(
      ({ operations }) => !operation || operations.includes(operation),
    );
    if (slots.length === 0) return undefined;
    return `As many as may run at once are running: ${listed(slots.map((slot) => slotWords(api, slot)))}.`;
  },
  plan_required({ wire, server }, operation) {
    const declared = operation === undefined ? undefined : server.operations[operation]?.plans;
    const plans = declared ?? server.requires?.plans;
    if (plans === undefined) return undefined;
    const titles = plans.map((plan) => server.plans[plan]?.title ?? plan);
    const noun = operation === undefined ? "API" : "call";
    return plans.length < wire.plans.length
      ? `The ${noun} comes with ${titles.length === 1 ? "the plan" : "the plans"} ${listed(titles)}; the account is on another.`
      : undefined;
  },
  forbidden({ server }, operation) {
    const permission = operation && server.operations[operation]?.permission;
    return permission ? `The key lacks the permission \`${permission}\`.` : undefined;
  },
  body_too_large({ server }, operation) {
    const max = operation && server.operations[operation]?.bodyBytesMax;
    return max ? `The body has more than ${bytes(max)}.` : undefined;
  },
  credits_exhausted({ server }, operation) {
    const price = operation ? server.operations[operation]?.price : undefined;
    if (price === undefined || price.kind === "quote") return undefined;
    return `The account has fewer than ${count(price.credits)} credits left.`;
  },
};

function windowSentence({ server }: AnyApi, { per, limit, windowMs }: WindowLimit): string {
  const within = duration(windowMs);
  return `The ${per} has made ${numbers(server.plans, limit)} requests within the last ${within}.`;
}

function slotWords({ wire, server }: AnyApi, { per, limit, operations }: SlotLimit): string {
  const calls = operations.map((name) => {
    const { method, path } = wire.operations[name] ?? { method: "", path: name };
    return `\`${method} ${path}\``;
  });
  return `${numbers(server.plans, limit)} of ${listed(calls, "or")} per ${per}`;
}

/** `60`, or `60 (Starter), 120 (Basic) or 240 (Professional)`. */
export function numbers(
  plans: Readonly<Record<string, { readonly title: string }>>,
  limit: ByPlan<string>,
): string {
  if (typeof limit === "number") return count(limit);
  const each = Object.entries(limit);
  const [first] = each;
  if (first !== undefined && each.every(([, value]) => value === first[1])) return count(first[1]);
  const words = each.map(([plan, value]) => `${count(value)} (${plans[plan]?.title ?? plan})`);
  return listed(words, "or");
}
