/** A promise of an API as data: what it says, what it takes to find out, and how it ends. */
import type { AnyApi } from "sluice";
import type { Exchange } from "./exchange.ts";
import type { Need } from "./need.ts";
import type { Session } from "./session.ts";

export const GROUPS = [
  "Refusals",
  "Errors",
  "Keys",
  "Request ids",
  "Protocol",
  "Rate limits",
  "Simulation",
  "Idempotency",
  "Credits",
] as const;
export type Group = (typeof GROUPS)[number];

export interface ApiPromise {
  /** Never changes: scripts name it. */
  readonly id: string;
  readonly group: Group;
  readonly says: string;
  readonly needs: readonly Need[];
  /** Whether the contract promises it at all. @default it does */
  isMade?(api: AnyApi): boolean;
  probe(session: Session): Promise<Finding> | Finding;
}

/** A request, its answer, and what should have come. */
export interface Fault {
  readonly exchange: Exchange | undefined;
  readonly expected: string;
  readonly found: string;
}

export type Finding =
  /** By so many answers. */
  | { readonly kind: "kept"; readonly answers: number }
  | { readonly kind: "broken"; readonly faults: readonly Fault[] }
  /** And what it would need. */
  | { readonly kind: "not_provoked"; readonly needs: string };

export interface Judged {
  readonly promise: Pick<ApiPromise, "id" | "group" | "says">;
  readonly finding: Finding;
}

export function kept(answers: number): Finding {
  return { kind: "kept", answers };
}

export function notProvoked(needs: string): Finding {
  return { kind: "not_provoked", needs };
}

/** Kept where there is no fault; where nothing could be looked at, nothing was found out. */
export function findingOf(
  faults: readonly Fault[],
  answers: number,
  otherwise = "an answer that shows it",
): Finding {
  if (faults.length > 0) return { kind: "broken", faults };
  return answers > 0 ? kept(answers) : notProvoked(otherwise);
}
