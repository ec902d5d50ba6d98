/** The caller's own cap on credits, call by call: what an operation may cost is set aside before, what it did cost is kept. */
import { at, isCredits } from "../../contract/index.ts";
import { createCreditBudget } from "../policy/credits.ts";

export interface CreditOptions {
  /** All that this client may spend. */
  readonly budget: number;
  /** By operation, what one call costs at most; operations that are not named are taken to be free. */
  readonly atMost: Readonly<Record<string, number>>;
  /** Where an answer's body says what it cost, as a JSON pointer. @default it cost the most that it could */
  readonly actual?: string;
}

/** Ends what was set aside: with the answer's body, or with nothing for a call that was given up. */
export type Settle = (body: unknown) => void;

export interface Spending {
  /** Undefined where too little is left. */
  begin(operation: string | undefined): Settle | undefined;
  readonly left: number;
}

export function createSpending({ budget, atMost, actual }: CreditOptions): Spending {
  const credits = createCreditBudget(budget);
  return {
    begin(operation) {
      const most = operation === undefined ? 0 : (atMost[operation] ?? 0);
      const hold = credits.reserve(most);
      if (hold === undefined) return undefined;
      return (body) => {
        const cost = actual === undefined ? undefined : at(body, actual);
        hold.settle(body === undefined ? 0 : isCredits(cost) ? cost : most);
      };
    },
    get left() {
      return credits.left;
    },
  };
}
