// `sluice simulate scale`: THE ORDER of an estimate: what is asked, what one of each costs, what queues do, what is
// refused, what it comes to.

import { StartError } from "../../../start-error.ts";
import type { TypedFor } from "../../command/commands.ts";
import { createProgress } from "../../print/progress.ts";
import { giveReport } from "../report/give-report.ts";
import type { Report } from "../report/report.ts";
import { type Demand, demandFrom } from "./demand.ts";
import { type Costs, estimate } from "./estimate.ts";
import { keyCacheOf } from "./key-cache.ts";
import { momentsOf } from "./moments.ts";
import { refusalsOf } from "./refusals.ts";
import { type Estimated, reportOf } from "./scale-report.ts";
import { keyGroups } from "./spread-of-keys.ts";
import { measured, measuredBy, type UnitCostName } from "./unit-costs.ts";

export async function scale(typed: TypedFor<"simulate scale">): Promise<void> {
  const { seed = "1", json, html } = typed;
  const demand = demandFrom(typed);
  checkMeasuring(typed);
  const progress = createProgress();
  const onStep = (what: string) => progress.show(what);
  try {
    const { costs, source } = typed.measure ? await measureHere(typed, onStep) : kept();
    const data = await estimated(demand, costs, source, seed, onStep);
    progress.clear();
    giveReport(reportOf(data, seed), data, {
      ...(json && { json }),
      ...(html !== undefined && { html }),
    });
  } finally {
    progress.clear();
  }
}

async function estimated(
  demand: Demand,
  costs: Costs,
  source: string,
  seed: string,
  onStep: (what: string) => void,
): Promise<Estimated> {
  const groups = keyGroups(demand);
  const { lookUpPercent } = keyCacheOf(groups, demand);
  const steps = await momentsOf(demand, costs, lookUpPercent, seed, onStep);
  const refusals = await refusalsOf(groups, seed, onStep);
  const asked = steps.find(({ of }) => of === 1);
  const together = asked?.run.together ?? { decisions: 1, commands: 1 };
  return { demand, costs, source, estimate: estimate(demand, costs, together), steps, refusals };
}

/** What the command says of these numbers by the unit costs that are kept here, for whoever draws it. */
export async function scaleReport(typed: TypedFor<"simulate scale">): Promise<Report> {
  const { costs, source } = kept();
  const data = await estimated(demandFrom(typed), costs, source, "1", () => undefined);
  return reportOf(data, "1");
}

function checkMeasuring(typed: TypedFor<"simulate scale">): void {
  const given = (["redis-url", "database-url", "sample"] as const).filter(
    (name) => typed[name] !== undefined,
  );
  if (!typed.measure && given[0] !== undefined) {
    throw new StartError(`--${given[0]} is for --measure: say that, too, or leave it out.`);
  }
  const missing = (["redis-url", "database-url"] as const).find(
    (name) => typed[name] === undefined,
  );
  if (typed.measure && missing !== undefined) {
    throw new StartError(`--measure needs --${missing}: the address of an empty one.`);
  }
}

function kept(): { costs: Costs; source: string } {
  const names = Object.keys(measured) as UnitCostName[];
  const costs = Object.fromEntries(names.map((name) => [name, measured[name].value])) as Costs;
  return { costs, source: `measured on ${measuredBy.on}: ${measuredBy.machine}` };
}

async function measureHere(
  typed: TypedFor<"simulate scale">,
  onStep: (what: string) => void,
): Promise<{ costs: Costs; source: string }> {
  const { measure } = await import("./measure/measure.ts");
  const sample = Number(typed.sample ?? 20_000);
  if (!(Number.isInteger(sample) && sample >= 100 && sample <= 5_000_000)) {
    throw new StartError(`--sample is "${typed.sample}": give a whole number of 100 to 5000000.`);
  }
  const [redisUrl = "", databaseUrl = ""] = [typed["redis-url"], typed["database-url"]];
  const costs = await measure({ redisUrl, databaseUrl, sample, onStep });
  return { costs, source: "measured on this machine, just now" };
}
