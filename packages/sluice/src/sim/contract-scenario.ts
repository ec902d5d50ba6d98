// A scenario over somebody's own contract: which of its operations callers use, on which plan, and what their clients are set
// to. Plain data again; the contract itself is handed in beside it.

import type { ClientOptions } from "../client/index.ts";
import type { InputExample } from "../contract/index.ts";
import type { CallerGroup, Scenario } from "./scenario.ts";

export interface ContractScenario extends Omit<Scenario, "allowed" | "callers"> {
  readonly callers: readonly ContractCallers[];
  /** Granted to each account at the beginning, beside what comes with its plan. */
  readonly credits: number;
}

/** Callers that behave alike; each has a key of its own. */
export interface ContractCallers extends Omit<CallerGroup, "makePercent" | "askPercent"> {
  /** Of the contract. */
  readonly plan: string;
  readonly uses: readonly Use[];
  /** Of our client; others have their defaults. @default the client's own */
  readonly client?: ClientTuning;
}

/** An operation that callers use. */
export interface Use {
  readonly operation: string;
  /** How much of the calls, beside the shares of the others. */
  readonly share: number;
  /** What is sent. @default the contract's example */
  readonly input?: InputExample;
  /** What a call costs where the answer or a quote says it. @default what the contract's example says, or the most */
  readonly credits?: number;
}

/** What of our client can be set in a scenario. */
export type ClientTuning = Pick<
  ClientOptions,
  "attempts" | "backoff" | "breaker" | "budget" | "deadline" | "pacing"
>;

export type AnyScenario = Scenario | ContractScenario;
export type AnyGroup = CallerGroup | ContractCallers;

export function isOverContract(scenario: AnyScenario): scenario is ContractScenario {
  return !("allowed" in scenario);
}
