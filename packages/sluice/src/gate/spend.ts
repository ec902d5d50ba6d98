/** Who spends: told to whoever watches how much is left, as it happens. */
import type { EventListener } from "./events.ts";
import type { Budget } from "./stores.ts";

/** That an account was charged, or had too little for a call. */
export interface Spend {
  readonly accountId: string;
  /** Those that the call counts against; undefined where that is not known any more, as at a job's end. */
  readonly budgets: readonly Budget[] | undefined;
  /** What had too little, for a call that was refused; undefined where it was charged. */
  readonly short: "account" | Budget | undefined;
}

/** Called on the way of a call: it takes note and returns at once. */
export type SpendListener = (spend: Spend) => void;

interface Listeners {
  readonly onSpend: SpendListener | undefined;
  readonly onEvent: EventListener;
}

/** What it throws is told to the operator, and changes nothing: the money has moved, or has not. */
export function tellSpend(gate: Listeners, requestId: string, spend: Spend): void {
  try {
    gate.onSpend?.(spend);
  } catch (error) {
    gate.onEvent({ kind: "fault", step: "settle", requestId, error });
  }
}
