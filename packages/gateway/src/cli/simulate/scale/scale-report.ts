// An estimate as a report: what is full first, what callers wait for, who is refused, what is kept and what it costs.

import { grouped } from "../../print/words.ts";
import { percent, short } from "../report/axis.ts";
import { bars } from "../report/bars.ts";
import { curves } from "../report/curves.ts";
import type { Block, Report, Section, Table } from "../report/report.ts";
import type { Demand, PlanShare } from "./demand.ts";
import type { Costs, Estimate } from "./estimate.ts";
import type { Step } from "./moments.ts";
import type { Refusals } from "./refusals.ts";
import { measured, measuredBy, type UnitCostName } from "./unit-costs.ts";

export interface Estimated {
  readonly demand: Demand;
  readonly costs: Costs;
  /** Where the unit costs are from. */
  readonly source: string;
  readonly estimate: Estimate;
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusals[];
}

const GIB = 2 ** 30;

export function reportOf(given: Estimated, seed: string): Report {
  const { demand, estimate } = given;
  const { keys, requestsPerSecond, nodes } = demand;
  return {
    title: `${grouped(keys)} keys, ${grouped(requestsPerSecond)} requests a second, ${nodes} nodes`,
    summary: [fullestSentence(estimate, demand), waitSentence(given), refusedSentence(given)],
    sections: [load(given), waits(given), refused(given), kept(given), price(given), unit(given)],
    notes: [
      `Unit costs: ${given.source}. Measured again by: ${measuredBy.command}`,
      "A node is one process on one core. Work is shared evenly between nodes, and between servers. The API behind the gate is not in it.",
      "Within a plan keys call unevenly (log-normal, sigma 1), and every plan's keys want as much of their limit. No retries: what is refused is counted among the requests a second already.",
      `Seed ${seed}: the same command gives the same report.`,
    ],
  };
}

function fullestSentence({ fullest, fullAtPerSecond, loads }: Estimate, demand: Demand): string {
  const isEnough = fullAtPerSecond >= demand.requestsPerSecond;
  const load = loads.find(({ name }) => name === fullest);
  const needs = `${short(load?.cores ?? 0)} cores of ${load?.has}`;
  const at = `${grouped(Math.floor(fullAtPerSecond))} requests a second`;
  return isEnough
    ? `It is enough: ${fullest} would be full first, at ${at} (it needs ${needs}).`
    : `It is not enough: ${fullest} would need ${needs}, and is full at ${at}.`;
}

function waitSentence({ steps }: Estimated): string {
  const asked = steps.find(({ of }) => of === 1);
  if (asked === undefined || isFull(asked)) {
    return "At this rate something is full: callers wait for it, or nodes count limits by themselves.";
  }
  const { p50, p99, p999 } = asked.run.addedMs;
  return `The gate adds ${short(p50)} ms to half of the requests, no more than ${short(p99)} ms to 99 of 100, and ${short(p999)} ms to 999 of 1,000.`;
}

/** Work comes faster than it is done, or as good as; or nodes have given up asking Redis. */
function isFull({ run }: Step): boolean {
  const isLate = run.unanswered > 0 || run.decidedAlone > run.requests / 100;
  return isLate || Math.max(...Object.values(run.busy)) > 0.97;
}

function refusedSentence({ refusals, demand }: Estimated): string {
  const share = shareOf(refusals);
  const each = demand.plans
    .map((plan) => `${percent(shareOf(refusals, plan))} of ${plan.name}`)
    .join(", ");
  return `${percent(share)} of the requests are refused because a key is over its limit: ${each}.`;
}

function shareOf(refusals: readonly Refusals[], plan?: PlanShare): number {
  let [asked, refused] = [0, 0];
  for (const { group, share } of refusals) {
    if (plan !== undefined && group.plan.name !== plan.name) continue;
    asked += group.keys * group.perMinute;
    refused += group.keys * group.perMinute * share;
  }
  return asked === 0 ? 0 : refused / asked;
}

function load({ estimate }: Estimated): Section {
  const { loads, lookUpPercent, lookUpsPerSecond, cacheEntries } = estimate;
  const picture = bars({
    title: "How full each part is",
    says: "Of the cores that it has, in percent; over 100 it cannot keep up.",
    parts: ["busy"],
    rows: loads.map(({ name, cores, has }) => ({ name, values: [(100 * cores) / has] })),
    unit: "% of its cores",
    upTo: 100,
  });
  const found = `Nodes look up ${short(lookUpPercent)} % of the keys that callers bring (${grouped(Math.round(lookUpsPerSecond))} a second): each remembers ${grouped(Math.round(cacheEntries))} keys, for a minute at most.`;
  return section("What is full first", [
    { kind: "picture", picture },
    { kind: "words", text: found },
  ]);
}

function waits({ steps }: Estimated): Section {
  const all = steps.filter((step) => !isFull(step));
  const curve = (name: string, of: (step: Step) => number) => ({
    name,
    points: all.map((step) => ({ at: step.requestsPerSecond, value: of(step) })),
  });
  const shown = all.length > 0 ? all : steps.slice(0, 1);
  const picture = curves({
    title: "What the gate adds to a request",
    says: "It is small until something is nearly full; where something is full, it grows without end, and nothing is drawn.",
    shape: "lines",
    curves:
      shown === all
        ? [
            curve("half of the requests", ({ run }) => run.addedMs.p50),
            curve("99 of 100", ({ run }) => run.addedMs.p99),
            curve("999 of 1,000", ({ run }) => run.addedMs.p999),
          ]
        : [{ name: "full at each rate", points: [{ at: 0, value: 0 }] }],
    unit: "milliseconds",
    along: "requests a second",
  });
  const table: Table = {
    caption: "A moment at each rate",
    columns: [
      { title: "Requests a second", align: "right" },
      ...["Nodes %", "Redis %", "PostgreSQL %", "Decisions together", "Commands together"].map(
        (title) => ({ title, align: "right" as const }),
      ),
      { title: "Decided alone", align: "right" },
    ],
    rows: steps.map(({ requestsPerSecond, run }) => [
      grouped(Math.round(requestsPerSecond)),
      ...[run.busy.nodes, run.busy.limits, run.busy.database].map((share) => short(100 * share)),
      ...[run.together.decisions, run.together.commands].map(short),
      percent(Math.min(1, run.decidedAlone / Math.max(1, run.requests))),
    ]),
  };
  return section("What callers wait for", [
    { kind: "picture", picture },
    { kind: "table", table },
    {
      kind: "words",
      text: "Decided alone: Redis did not answer in 30 ms, so that the node counted by itself, and said so.",
    },
  ]);
}

function refused({ refusals, demand }: Estimated): Section {
  const picture = bars({
    title: "Requests that are refused, by plan",
    says: "A key that asks more often than its plan allows hears 429, and when to come back.",
    parts: ["refused"],
    rows: demand.plans.map((plan) => ({
      name: `${plan.name}, ${short(plan.limit)} a minute`,
      values: [100 * shareOf(refusals, plan)],
    })),
    unit: "% of its requests",
  });
  return section("Who is refused", [{ kind: "picture", picture }]);
}

function kept({ estimate }: Estimated): Section {
  const table: Table = {
    caption: "What is kept",
    columns: [{ title: "" }, { title: "Where" }, { title: "GiB", align: "right" }],
    rows: estimate.kept.map(({ name, place, bytes }) => [name, place, short(bytes / GIB)]),
  };
  const rows = `The log has ${grouped(Math.round(estimate.logRowsPerDay))} rows a day.`;
  return section("What is kept", [
    { kind: "table", table },
    { kind: "words", text: rows },
  ]);
}

function price({ estimate }: Estimated): Section {
  const sum = estimate.pricePerMonth.reduce((total, { price: one }) => total + one, 0);
  const table: Table = {
    caption: "What it costs a month",
    columns: [{ title: "" }, { title: "A month", align: "right" }],
    rows: [...estimate.pricePerMonth, { name: "all of it", price: sum }].map((one) => [
      one.name,
      grouped(Math.round(one.price)),
    ]),
  };
  return section("What it costs", [{ kind: "table", table }]);
}

function unit({ costs }: Estimated): Section {
  const names = Object.keys(measured) as UnitCostName[];
  const table: Table = {
    caption: "What one of each costs",
    columns: [{ title: "" }, { title: "Costs", align: "right" }, { title: "" }],
    rows: names.map((name) => [measured[name].says, short(costs[name]), measured[name].unit]),
  };
  return section("What it was reckoned from", [{ kind: "table", table }]);
}

function section(title: string, blocks: readonly Block[]): Section {
  return { title, blocks };
}
