// A simulated outage said back: who called what, how to have it again, and all of it as data.

import type { AnyApi } from "sluice";
import type { ContractScenario } from "sluice/sim";
import { counted, span } from "../../print/words.ts";
import { short } from "../report/axis.ts";
import type { OutageTyped } from "./asked.ts";
import type { Measured } from "./measured.ts";
import { type Tried, timesOf } from "./tried.ts";

export function callersInWords(
  scenario: ContractScenario,
  { requestsPerSecond }: Measured,
): string {
  const { fromMs, endMs, stopMs } = timesOf(scenario);
  const groups = scenario.callers.map(({ count, perMinute, uses, plan }) => {
    const all = uses.reduce((sum, { share }) => sum + share, 0);
    const parts = uses.map((use) => `${short((100 * use.share) / all)} % ${use.operation}`);
    return `${counted(count, "client")} on the plan ${plan}, each with ${short(perMinute)} calls a minute (${parts.join(", ")})`;
  });
  return (
    `${groups.join("; ")}: ${short(requestsPerSecond)} requests a second before the outage. ` +
    `It begins after ${span(fromMs)} and ends after ${span(endMs)}; we look on until ${span(stopMs)}.`
  );
}

/** The command, as it was typed. */
export function againOf({ behind, json: _, html: __, svg: ___, ...options }: OutageTyped): string {
  const said = Object.entries(options).flatMap(([name, value]) =>
    [value].flat().map((one) => (one === true ? `--${name}` : `--${name} ${quoted(String(one))}`)),
  );
  return ["sluice simulate outage", ...behind.map(quoted), ...said].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** For programs. */
export function dataOf(
  { wire }: AnyApi,
  scenario: ContractScenario,
  seed: string,
  tried: readonly Tried[],
): unknown {
  return {
    api: wire.about.title,
    seed,
    ...timesOf(scenario),
    clients: tried.map(({ policy, measured, seen, digest }) => ({
      policy,
      ...measured,
      codes: Object.fromEntries(seen.codes),
      degraded: seen.degraded,
      digest,
    })),
    scenario,
  };
}
