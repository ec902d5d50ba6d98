/** A request explained: the way it went, what refused it, when it would pass, what its caller was told, and what it cost. */
import type { AnyApi } from "../../contract/index.ts";
import type { HoldRecord, LogRow } from "../stores.ts";
import { type Cost, costOf } from "./cost.ts";
import { passesAtMs, refusedBy } from "./scope.ts";
import { type Audience, sentencesOf } from "./sentences.ts";
import { type ExplainedStep, stepsOf } from "./steps.ts";
import { type Told, toldBy } from "./told.ts";

/** Plain data: JSON keeps all of it. */
export interface Explanation {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  /** When it came: ISO 8601, UTC. */
  readonly at: string;
  readonly who: {
    readonly accountId: string | undefined;
    readonly keyId: string | undefined;
    readonly isOlderSecret: boolean;
    readonly address: string;
  };
  readonly what: {
    readonly api: string;
    readonly operation: string | undefined;
    readonly method: string;
    readonly path: string;
    readonly durationMs: number;
    readonly ending: LogRow["ending"];
    readonly condition: string | undefined;
    readonly simulated: boolean;
  };
  /** The nine, in order. */
  readonly steps: readonly ExplainedStep[];
  /** The scope that refused, in words: `rate window requests of key key_1: 60 of 60 in 60 s`. */
  readonly refusedBy: string | undefined;
  /** From when on the same call passes; undefined where no time helps, or nobody knows. */
  readonly passesAtMs: number | undefined;
  readonly told: Told;
  readonly cost: Cost;
  /** All of it for people, in order. */
  readonly sentences: readonly string[];
}

/**
 * @param api The contract that the row is of: its `api` is the contract's title.
 * @param row From the log.
 * @param hold What the ledger says of the hold with the request's id; without it the cost is as far as the row knows.
 * @param audience whether its words may speak of stores and steps
 */
export function explain(
  api: AnyApi,
  row: LogRow,
  hold?: HoldRecord,
  audience: Audience = "operator",
): Explanation {
  const told = toldBy(api, row);
  const cost = costOf(api, row, hold);
  const { accountId, keyId, isOlderSecret, address } = row;
  const { operation, method, path, durationMs, ending, condition, simulated } = row;
  return {
    requestId: row.requestId,
    clientRequestId: row.clientRequestId,
    at: new Date(row.atMs).toISOString(),
    who: { accountId, keyId, isOlderSecret, address },
    what: { api: row.api, operation, method, path, durationMs, ending, condition, simulated },
    steps: stepsOf(row),
    refusedBy: refusedBy(api, row),
    passesAtMs: passesAtMs(row),
    told,
    cost,
    sentences: sentencesOf(api, row, told, cost, audience),
  };
}
