// The numbers of a step in words: those that belong together in one line, each with its unit.

import { count, credits, duration } from "../../../parts/numbers.ts";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

type Facts = Readonly<Record<string, number | string>>;

interface Telling {
  /** What it speaks of. */
  readonly takes: readonly string[];
  tell(facts: Facts): readonly Fact[];
}

const tellings: readonly Telling[] = [
  {
    takes: ["window", "used", "limit"],
    tell: ({ window, used, limit }) =>
      used === undefined || limit === undefined
        ? one("window", window)
        : one(`window ${window ?? ""}`.trim(), `${number(used)} of ${number(limit)}`),
  },
  {
    takes: ["slots", "slotsTaken", "slotLimit"],
    tell: ({ slots, slotsTaken, slotLimit }) =>
      one(`slots ${nameOf(slots)}`.trim(), `${number(slotsTaken)} of ${number(slotLimit)}`),
  },
  {
    takes: ["budget", "budgetUsed", "budgetHeld", "budgetCap"],
    tell: ({ budget, budgetUsed, budgetHeld, budgetCap }) =>
      one(
        `budget of ${budget}`,
        `${number(budgetUsed)} used and ${number(budgetHeld)} held of ${number(budgetCap)}`,
      ),
  },
  {
    takes: ["cap", "used", "held", "resetAtMs"],
    tell: ({ cap, used, held, resetAtMs }) => [
      ...one("budget", `${number(used)} used and ${number(held)} held of ${number(cap)}`),
      ...moment("starts anew", resetAtMs),
    ],
  },
];

const units: Readonly<Record<string, (value: number | string) => readonly Fact[]>> = {
  retryAfterMs: (value) => one("told to wait", duration(Number(value))),
  resetAtMs: (value) => moment("starts anew", value),
  held: (value) => one("held", credits(Number(value))),
  charged: (value) => one("charged", credits(Number(value))),
  creditsRemaining: (value) => one("left", credits(Number(value))),
  remaining: (value) => one("left", credits(Number(value))),
  param: (value) => one("parameter", value),
};

export function factsOf(facts: Facts): readonly Fact[] {
  const left = new Map(Object.entries(facts));
  // The heading of the page.
  left.delete("condition");
  const told: Fact[] = [];
  for (const { takes, tell } of tellings) {
    if (!left.has(takes[0] ?? "")) continue;
    told.push(...tell(Object.fromEntries(left) as Facts));
    for (const name of takes) left.delete(name);
  }
  for (const [name, value] of left) told.push(...(units[name]?.(value) ?? one(name, value)));
  return told;
}

function one(name: string, value: number | string | undefined): readonly Fact[] {
  if (value === undefined) return [];
  return [{ name, value: typeof value === "number" ? count(value) : value }];
}

function moment(name: string, value: number | string | undefined): readonly Fact[] {
  if (value === undefined) return [];
  const utc = new Date(Number(value)).toISOString();
  return one(name, `${utc.replace("T", " ").replace(/(:00)?\.000Z$|Z$/, "")} UTC`);
}

function number(value: number | string | undefined): string {
  return value === undefined ? "?" : count(Number(value));
}

/** Without its owner, who stands beside it. */
function nameOf(id: number | string | undefined): string {
  return String(id ?? "").split(":", 1)[0] ?? "";
}
