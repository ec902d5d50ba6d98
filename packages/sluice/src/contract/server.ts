/** The server layer of a contract: schemas, prices, plans and folding. Callers never see it. */
import type { RefusedExample } from "./example.ts";
import type { FoldingRule } from "./fold.ts";
import type { ServerOperation } from "./operation.ts";
import type { Plan } from "./plan.ts";

/** What happens to rate limits while their store cannot be reached. Credits always fail closed. */
export const LIMITS_DOWN = ["open", "local", "closed"] as const;

export interface ServerDeclaration<Operation extends string, PlanName extends string> {
  readonly plans: Readonly<Record<PlanName, Plan>>;
  /** The plans that may call the API at all. @default all */
  readonly requires?: { readonly plans: readonly PlanName[] };
  /**
   * `open`: everything passes; `local`: each process counts alone, exactly, so that all of them together admit at most
   * so many times the limit as there are processes; both announced by a header and an event. `closed`: 503.
   * @default "local"
   */
  readonly limitsDown?: (typeof LIMITS_DOWN)[number];
  /** When accounts hear that their credits or a budget run low, where they have not chosen for themselves. */
  readonly warnings?: {
    /** Parts in percent, rising: 1 to 10 whole numbers from 1 to 100. @default [50, 75, 90, 100] */
    readonly percents: readonly number[];
  };
  readonly operations: Readonly<Record<Operation, ServerOperation<PlanName>>>;
  /** How the upstream's errors become conditions. @default none */
  readonly folding?: readonly FoldingRule[];
  /** By code, the request that documents show being refused. @default one that follows from the code's condition */
  readonly examples?: Readonly<Record<string, RefusedExample<Operation>>>;
}

/** What code of ours that works with any contract asks for. */
export type AnyServer = ServerDeclaration<string, string>;
