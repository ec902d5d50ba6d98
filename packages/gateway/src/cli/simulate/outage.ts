// `sluice simulate outage`: your client settings against an outage you describe, beside other people's clients. The order:
// read, run once with each client, measure, report.

import type { AnyApi } from "sluice";
import type { ContractScenario } from "sluice/sim";
import { said } from "../operator/values.ts";
import { createProgress } from "../print/progress.ts";
import { apiFrom } from "./outage/api-from.ts";
import { type OutageTyped, othersFrom, scenarioFrom, troubleFrom } from "./outage/asked.ts";
import { againOf, callersInWords, dataOf } from "./outage/described.ts";
import { outageReport } from "./outage/outage-report.ts";
import { scenarioIn, troubleIn } from "./outage/scenario-file.ts";
import { type Tried, timesOf, tryOutage } from "./outage/tried.ts";
import { troubleInWords } from "./outage/trouble.ts";
import { CLIENTS } from "./outage/words.ts";
import { giveReport } from "./report/give-report.ts";

export async function outage(typed: OutageTyped): Promise<void> {
  const { seed = "1", json, html, svg } = typed;
  const others = othersFrom(typed);
  const { scenario, trouble, api } = await asked(typed);
  const progress = createProgress();
  const tried: Tried[] = [];
  for (const policy of ["sluice" as const, ...others]) {
    progress.show(`${CLIENTS[policy]}, ${tried.length + 1} of ${others.length + 1}`);
    tried.push(await tryOutage(api, scenario, policy, seed));
  }
  progress.clear();
  const [own, ...beside] = tried as [Tried, ...Tried[]];
  const report = outageReport({
    api: api.wire.about.title,
    rateLimited: codeOf(api, "rate_limited"),
    callers: callersInWords(scenario, own.measured),
    ...{ trouble, own, others: beside },
    times: timesOf(scenario),
    again: againOf(typed),
  });
  giveReport(report, dataOf(api, scenario, seed, tried), said({ json, html, svg }));
}

function codeOf({ wire }: AnyApi, condition: "rate_limited"): string {
  const spelled = wire.conditions[condition];
  return typeof spelled === "string" ? spelled : spelled.code;
}

interface Asked {
  readonly api: AnyApi;
  readonly scenario: ContractScenario;
  readonly trouble: string;
}

async function asked(typed: OutageTyped): Promise<Asked> {
  if (typed.scenario !== undefined) {
    const scenario = scenarioIn(typed.scenario, typed);
    const api = await apiFrom(typed.behind[0]);
    return { api, scenario, trouble: troubleIn(scenario) };
  }
  const trouble = troubleFrom(typed);
  const api = await apiFrom(typed.behind[0]);
  const scenario = scenarioFrom(api, typed, trouble);
  return { api, scenario, trouble: troubleInWords(trouble) };
}
