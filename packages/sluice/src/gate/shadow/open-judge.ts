/** A second opinion on calls that are over: a log says what they were, and nobody answers them again. */
import type { Clock } from "../../base/index.ts";
import type { AnyApi } from "../../contract/index.ts";
import { settingsFrom } from "../settings.ts";
import type { Stores } from "../stores.ts";
import { Judge, type JudgeParts } from "./judge.ts";

export interface JudgeOptions {
  /** The contract that is tried. */
  readonly api: AnyApi;
  /** The contract that was in force. @default unknown: what it charged is what the log says */
  readonly was?: AnyApi | undefined;
  /** New ones: `limits` count for the contract, and nothing is kept in the others. */
  readonly stores: Stores;
  readonly clock: Clock;
  /** What accounts and budgets had. @default what the log says, and budgets are not looked at */
  readonly ledger?: JudgeParts["ledger"];
}

/** No key is ever looked up. */
const PEPPER = new Uint8Array(32);

export function openJudge({ api, was, stores, clock, ledger }: JudgeOptions): Judge {
  const settings = settingsFrom(api, {
    stores,
    clock,
    pepper: PEPPER,
    upstream: { run: nobody, quote: nobody },
    answers: Object.fromEntries(ownOf(api).map((name) => [name, nobody])),
    onEvent: () => undefined,
  });
  return new Judge(settings, was, { api, limits: stores.limits, ...(ledger && { ledger }) });
}

function nobody(): never {
  throw new Error("what was done is not done again");
}

/** The operations that a gate answers by itself. */
function ownOf({ server }: AnyApi): readonly string[] {
  return Object.entries(server.operations)
    .filter(([, { answeredBy }]) => answeredBy === "gate")
    .map(([name]) => name);
}
