/** Where a second contract would have done otherwise with a call, as plain data without keys, bodies or paths. */
import { type AnyApi, type Refusal, render, type StepName } from "../../contract/index.ts";
import { presentable } from "../row/presentable.ts";
import type { LogRow } from "../stores.ts";

/** What differs; the first that fits. */
export type DifferenceKind =
  /** Let through, and the shadow refuses it. */
  | "newly_refused"
  /** Refused, and the shadow lets it through. */
  | "newly_passed"
  /** Refused by both, for another reason or in other words. */
  | "refused_otherwise"
  /** Let through by both, at another cost. */
  | "charged_otherwise";

export const DIFFERENCE_KINDS: readonly DifferenceKind[] = [
  "newly_refused",
  "newly_passed",
  "refused_otherwise",
  "charged_otherwise",
];

/** How a call went under one contract. */
export interface Side {
  /** The first of an answer that nobody has given is 200. */
  readonly status: number;
  readonly code: string | undefined;
  readonly condition: string | undefined;
  /** What refused: a window, slot, budget, plan or permission. */
  readonly by: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** In credits. */
  readonly charged: number;
  /** Whether it may have been less: nobody has said what the work cost. */
  readonly isMost: boolean;
}

export interface Difference {
  readonly kind: DifferenceKind;
  readonly requestId: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly keyId: string;
  /** As the contract in force calls it; undefined for a path that is none. */
  readonly operation: string | undefined;
  readonly real: Side;
  readonly shadow: Side;
}

/** What the shadow makes of a call. `same`: what it does not judge is as it was. */
export type Verdict =
  | { readonly kind: "same" }
  | { readonly kind: "passed"; readonly charged: number; readonly isMost: boolean }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly step: StepName };

/** @param operation the shadow's name of it */
export function sideOf(api: AnyApi, verdict: Verdict, row: LogRow, operation?: string): Side {
  if (verdict.kind === "same") return realSide(row);
  if (verdict.kind === "passed") {
    const { charged, isMost } = verdict;
    return { ...PASSED, charged, isMost };
  }
  const shown = presentable(verdict.refusal, api.wire.key);
  const { status, code, retryAfterMs } = render(api.wire, shown, { operation });
  const { condition, by } = shown;
  return { status, code, condition, by, retryAfterMs, charged: 0, isMost: false };
}

const PASSED: Side = {
  status: 200,
  code: undefined,
  condition: undefined,
  by: undefined,
  retryAfterMs: undefined,
  charged: 0,
  isMost: false,
};

export function realSide(row: LogRow): Side {
  const { status, code, condition, by, retryAfterMs, charged } = row;
  return { status, code, condition, by, retryAfterMs, charged, isMost: false };
}

export function kindOf(row: LogRow, verdict: Verdict, shadow: Side): DifferenceKind | undefined {
  const isPassed = row.ending === "done" || row.ending === "replayed";
  switch (verdict.kind) {
    case "same":
      return undefined;
    case "refused":
      if (isPassed) return "newly_refused";
      return isSameRefusal(row, shadow) ? undefined : "refused_otherwise";
    case "passed":
      if (!isPassed) return "newly_passed";
      return verdict.charged === row.charged ? undefined : "charged_otherwise";
  }
}

/** The condition may have another name in the code of a contract; who must wait how long is no difference. */
function isSameRefusal(row: LogRow, { condition, code, status }: Side): boolean {
  return row.condition === condition && row.code === code && row.status === status;
}
