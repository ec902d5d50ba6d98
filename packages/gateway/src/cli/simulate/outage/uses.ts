// Which operations of a contract callers use where nobody says: what only reads, and what costs least.

import type { AnyApi } from "sluice";
import { nearestName } from "sluice";
import { inputOf } from "sluice/reference";
import { isNoSubject, type Use } from "sluice/sim";
import { StartError } from "../../../start-error.ts";
import { numberWithin } from "../numbers.ts";

/** Of the calls, in percent, where there are both. */
const READS = 60;
const READS_MAX = 3;
const SHARE = { least: 0.001, most: 1_000_000, isFine: true } as const;

/** @throws StartError for an operation that cannot be simulated */
export function usesOf(api: AnyApi, said: readonly string[]): readonly Use[] {
  const uses = said.length > 0 ? said.map((one) => useFrom(api, one)) : usual(api);
  return uses.map((use) => ({ ...use, input: inputOf(api, use.operation) }));
}

function useFrom(api: AnyApi, text: string): Use {
  const equals = text.lastIndexOf("=");
  const operation = equals < 0 ? text : text.slice(0, equals);
  const share = numberWithin("--use", equals < 0 ? undefined : text.slice(equals + 1), 1, SHARE);
  const why = isNoSubject(api, operation);
  if (why === undefined) return { operation, share };
  const able = Object.keys(api.wire.operations).filter((one) => !isNoSubject(api, one));
  const near = nearestName(operation, able);
  const meant = near === undefined ? `There is ${able.join(", ")}.` : `Did you mean "${near}"?`;
  throw new StartError(`--use ${operation}: ${why}. ${meant}`);
}

function usual(api: AnyApi): readonly Use[] {
  const able = Object.keys(api.wire.operations).filter((one) => !isNoSubject(api, one));
  const price = (operation: string) => mostCredits(api, operation);
  const isRead = (one: string) => api.wire.operations[one]?.method === "GET" && price(one) === 0;
  const reads = able.filter(isRead).slice(0, READS_MAX);
  const [dearer] = able.filter((one) => price(one) > 0).toSorted((a, b) => price(a) - price(b));
  const other = dearer ?? able.find((one) => !isRead(one));
  if (reads.length === 0 && other === undefined) {
    throw new StartError(
      "No operation of this contract can be simulated: each starts jobs or streams.",
    );
  }
  const read = other === undefined ? 100 : READS;
  return [
    ...reads.map((operation) => ({ operation, share: read / reads.length })),
    ...(other === undefined ? [] : [{ operation: other, share: 100 - READS }]),
  ];
}

/** What a call can cost at most; of a quote nobody knows, but it is dearer than anything with a price. */
export function mostCredits({ server }: AnyApi, operation: string): number {
  const price = server.operations[operation]?.price;
  if (price === undefined) return 0;
  return price.kind === "quote" ? QUOTED_MAX : price.credits;
}

const QUOTED_MAX = 1_000_000;
