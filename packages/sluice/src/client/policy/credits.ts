/** The caller's own cap on credits: what runs is counted at its most, so that calls at once cannot overspend together. */
import { isCredits } from "../../contract/index.ts";
import { insist } from "../decide/numbers.ts";

export interface CreditBudget {
  /** Sets credits aside for one call; undefined where too few are left. */
  reserve(credits: number): CreditHold | undefined;
  /** Neither spent nor set aside. Below zero once calls have cost more than was set aside for them. */
  readonly left: number;
}

export interface CreditHold {
  /** What the call really cost, retries included; 0 gives everything back. Only the first time counts. */
  settle(actual: number): void;
}

export function createCreditBudget(credits: number): CreditBudget {
  let left = checked(credits);
  return {
    reserve(wanted) {
      if (checked(wanted) > left) return undefined;
      left -= wanted;
      let open = true;
      return {
        settle(actual) {
          checked(actual);
          if (open) left += wanted - actual;
          open = false;
        },
      };
    },
    get left() {
      return left;
    },
  };
}

function checked(credits: number): number {
  insist(isCredits(credits), `credits: ${credits} is not a whole number from 0`);
  return credits;
}
