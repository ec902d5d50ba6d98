// One outage, met once with each client: each in a world of its own, in which all callers have it.

import type { AnyApi } from "sluice";
import { InvariantError } from "sluice/base";
import { type ContractScenario, describeFailure, type PolicyName, simulate } from "sluice/sim";
import { StartError } from "../../../start-error.ts";
import { CommandError, exitCodes } from "../../exit-codes.ts";
import { type Measured, measure } from "./measured.ts";
import { type Observed, Observer, type Times } from "./observed.ts";

export interface Tried {
  readonly policy: PolicyName;
  readonly measured: Measured;
  readonly seen: Observed;
  /** Of the run, for whoever compares two. */
  readonly digest: string;
}

/** @throws StartError for a scenario that cannot be run; a broken law is a bug of ours */
export async function tryOutage(
  api: AnyApi,
  scenario: ContractScenario,
  policy: PolicyName,
  seed: string,
): Promise<Tried> {
  const callers = scenario.callers.map((group) => ({ ...group, policy }));
  const given = { ...scenario, callers };
  const times = timesOf(scenario);
  const observer = new Observer(times);
  const run = await runOrExplain(() => simulate(given, seed, { api, onlooker: observer.onlooker }));
  if (run.violations.length > 0) {
    const again = `sluice simulate outage --scenario <the scenario above> --seed ${seed}`;
    throw new CommandError(describeFailure(run, again), exitCodes.fault);
  }
  return { policy, measured: measure(observer, times), seen: observer, digest: run.digest };
}

/** When anything at all is out; without, all of it is normal. */
export function timesOf({ faults, durationMs, recoveryMs }: ContractScenario): Times {
  const fromMs = Math.min(durationMs, ...faults.map((fault) => fault.fromMs));
  const endMs = Math.max(fromMs, ...faults.map((fault) => fault.fromMs + fault.lengthMs));
  return { fromMs, endMs: Math.min(endMs, durationMs), stopMs: durationMs + recoveryMs };
}

async function runOrExplain<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const isAdvice = error instanceof InvariantError && error.message.startsWith("scenario: ");
    throw isAdvice ? new StartError(`${capital(error.message)}.`) : error;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
