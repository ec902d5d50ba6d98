// The pictures of docs/thinking-about-limits.md and docs/estimating-scale.md, each from runs of the simulator:
// npm run generate --workspace @sluice/gateway

import { readFileSync, writeFileSync } from "node:fs";
import type { ContractScenario, PolicyName } from "sluice/sim";
import { asked } from "../../../src/cli/command/asked.ts";
import { apiFrom } from "../../../src/cli/simulate/outage/api-from.ts";
import {
  type OutageTyped,
  othersFrom,
  scenarioFrom,
  troubleFrom,
} from "../../../src/cli/simulate/outage/asked.ts";
import { BIN_MS } from "../../../src/cli/simulate/outage/observed.ts";
import { outageReport } from "../../../src/cli/simulate/outage/outage-report.ts";
import { type Tried, timesOf, tryOutage } from "../../../src/cli/simulate/outage/tried.ts";
import { type Curve, curves } from "../../../src/cli/simulate/report/curves.ts";
import type { Picture, Report } from "../../../src/cli/simulate/report/report.ts";
import { alone } from "../../../src/cli/simulate/report/svg.ts";
import { scaleReport } from "../../../src/cli/simulate/scale/scale.ts";

const STORM = "--clients 20 --compare none --compare aws --compare p-retry";
const SLOW = "--clients 40 --rate 12 --after 40s --alone --attempts 5";
const WITHOUT = `${SLOW} --breaker none --budget none`;
const WITH_BUDGET = `${SLOW} --breaker none --budget 10`;
const WITH_BOTH = `${SLOW} --budget 10`;
/** Each is on the page. */
export const COMMANDS = [STORM, WITHOUT, WITH_BUDGET, WITH_BOTH] as const;

/** What a command asks for, in a contract that is made up. */
async function readCommand(args: string) {
  const wish = asked(["simulate", "outage", ...args.split(" ")]);
  if (wish.kind !== "command") throw new Error(`${args} is no command`);
  const typed = wish.typed as unknown as OutageTyped;
  const api = await apiFrom(undefined);
  return { api, typed, scenario: scenarioFrom(api, typed, troubleFrom(typed)) };
}

/** Bursts against a window: first with callers who go on at once, then with ours. */
async function bursts(): Promise<Picture> {
  const { api, scenario } = await readCommand("--clients 20 --shape bursty --rate 50 --alone");
  const quiet: ContractScenario = {
    ...scenario,
    faults: [],
    durationMs: 90_000,
    recoveryMs: 10_000,
  };
  const refused = async (policy: PolicyName, name: string) => {
    const { seen } = await tryOutage(api, quiet, policy, "1");
    return perSecond(name, seen.refused);
  };
  return curves({
    title: "Calls in bursts, refused by a limit of 60 a minute",
    says: "Twenty callers stay below the limit on average, and come in bursts.",
    shape: "lines",
    curves: [
      await refused("none", "a client that sends at once"),
      await refused("sluice", "one that spreads its calls"),
    ],
    unit: "refusals in five seconds",
  });
}

function perSecond(name: string, bins: readonly number[]): Curve {
  const every = 5_000 / BIN_MS;
  const points = Array.from({ length: Math.floor(bins.length / every) }, (_, at) => ({
    at: at * 5_000,
    value: bins.slice(at * every, (at + 1) * every).reduce((sum, one) => sum + one, 0),
  }));
  return { name, points };
}

interface Storm {
  readonly load: Picture;
  readonly recovery: Picture;
  /** What the command says first. */
  readonly summary: readonly string[];
}

export async function storm(): Promise<Storm> {
  const { api, typed, scenario } = await readCommand(STORM);
  const tried: Tried[] = [];
  for (const policy of ["sluice" as const, ...othersFrom(typed)]) {
    tried.push(await tryOutage(api, scenario, policy, "1"));
  }
  const [own, ...others] = tried as [Tried, ...Tried[]];
  const told = { api: "", trouble: "", callers: "", again: "", rateLimited: "rate_limited" };
  const report = outageReport({ ...told, times: timesOf(scenario), own, others });
  return {
    load: named(report, "Load on the API"),
    recovery: named(report, "Calls that were done in the end"),
    summary: report.summary,
  };
}

function named({ sections }: Report, title: string): Picture {
  for (const { blocks } of sections) {
    for (const block of blocks) {
      if (block.kind === "picture" && block.picture.title === title) return block.picture;
    }
  }
  throw new Error(`the report has no picture "${title}"`);
}

/** One client, with less and less that holds it back. */
async function budgets(): Promise<Picture> {
  const load = async (args: string, name: string): Promise<Curve> => {
    const { api, scenario } = await readCommand(args);
    const { measured } = await tryOutage(api, scenario, "sluice", "1");
    const shown = measured.load.slice(0, 80_000 / BIN_MS);
    return { name, points: shown.map((value, at) => ({ at: at * BIN_MS, value })) };
  };
  return curves({
    title: "What a retry budget and a breaker are for",
    says: "Forty clients that try each call up to five times, while the API is down.",
    shape: "lines",
    curves: [
      await load(WITH_BOTH, "budget and breaker"),
      await load(WITH_BUDGET, "a budget of 10"),
      await load(WITHOUT, "neither"),
    ],
    unit: "times the normal load",
    shaded: [{ name: "out", from: 20_000, to: 50_000 }],
    levels: [{ name: "normal", value: 1 }],
  });
}

const folder = new URL("../../../../../docs/images/", import.meta.url);

export function pictureFile(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** By the names of their files. */
export async function quickPictures(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["limits-bursts.svg", alone(await bursts())],
    ["limits-budget.svg", alone(await budgets())],
  ]);
}

export function stormPictures({ load, recovery }: Storm): ReadonlyMap<string, string> {
  return new Map([
    ["limits-storm.svg", alone(load)],
    ["limits-recovery.svg", alone(recovery)],
  ]);
}

/** The command of docs/estimating-scale.md, as it is told. */
export const SCALE = { keys: "1000000", rate: "100000", behind: [] } as const;

export function scalePictures(report: Report): ReadonlyMap<string, string> {
  return new Map([
    ["scale-full.svg", alone(named(report, "How full each part is"))],
    ["scale-waits.svg", alone(named(report, "What the gate adds to a request"))],
  ]);
}

if (import.meta.main) {
  const drawn = [
    await quickPictures(),
    stormPictures(await storm()),
    scalePictures(await scaleReport(SCALE)),
  ];
  for (const pictures of drawn) {
    for (const [name, text] of pictures) writeFileSync(new URL(name, folder), text);
  }
}
