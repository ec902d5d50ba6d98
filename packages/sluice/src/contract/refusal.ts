/**
 * A refusal: an expected "no", as a value. It knows its condition and the facts; how an API words it is
 * the contract's business (`render`).
 */
import { assert } from "../base/index.ts";
import type { Condition, WaitingCondition } from "./condition.ts";

/** What a refusal knows beside its condition. All optional: a condition says which it always carries. */
export interface Facts {
  /** The parameter, header or field at fault; nested fields dotted (`messages.0.role`). */
  readonly param?: string;
  /** What would have been right, as the end of a sentence: `must be one of ["mavera-1"]`. */
  readonly expected?: string;
  /** Milliseconds until the same request can pass. */
  readonly retryAfterMs?: number;
  /** The number that was reached: requests, slots, bytes, resources. */
  readonly limit?: number;
  /** The methods that the path does allow. */
  readonly allowed?: readonly string[];
  /** The whole message, where the upstream knows better words than the catalogue. */
  readonly message?: string;
  /** What refused, for the operator's log: a window, slot, budget or scope. Never shown to the caller. */
  readonly by?: string;
  /** How that stood, where credits were too few. Never shown to the caller either. */
  readonly shortage?: Shortage;
}

/** What there was of credits when they were too few: of a budget, or of the account. */
export type Shortage =
  | {
      readonly cap: number;
      readonly used: number;
      /** By calls and jobs that run. */
      readonly held: number;
      /** When its next month begins. */
      readonly resetAtMs: number;
    }
  | {
      readonly remaining: number;
      /** When the allowance starts anew; absent where it does not, or not before somebody spends. */
      readonly resetAtMs?: number;
    };

export interface Refusal extends Facts {
  readonly kind: "refusal";
  /** A condition, or one of the contract's own domain conditions. */
  readonly condition: string;
  /** The code, where it is already known (a parsed answer); otherwise the contract spells the condition. */
  readonly code?: string;
}

/** A refusal that always knows when to come back. */
export function refuse(
  condition: WaitingCondition,
  facts: Facts & { readonly retryAfterMs: number },
): Refusal;
/** Any other refusal. */
export function refuse(condition: Exclude<Condition, WaitingCondition>, facts?: Facts): Refusal;
export function refuse(condition: Condition, facts: Facts = {}): Refusal {
  return { kind: "refusal", condition, ...facts };
}

/** A refusal for a reason that only this API knows, declared under `domain` in its contract. */
export function refuseDomain(condition: string, facts: Facts = {}): Refusal {
  assert(condition.length > 0, "a domain condition has a name");
  return { kind: "refusal", condition, ...facts };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "refusal";
}
