// What an API answered although its documents do not say that the operation can: a hole in the contract's declaration.

import type { AnyApi } from "sluice";
import type { LogRow } from "sluice/gate";
import { possibleRefusals } from "sluice/reference";

type Row = Pick<LogRow, "operation" | "condition" | "code" | "simulated">;

/** Collects them over a whole test, from the rows of the log. */
export class Undeclared {
  readonly #api: AnyApi;
  readonly #found = new Set<string>();

  constructor(api: AnyApi) {
    this.#api = api;
  }

  /** A simulated refusal is whatever the test key asked for. */
  note({ operation, condition, code, simulated }: Row): void {
    if (operation === undefined || condition === undefined || simulated) return;
    const possible = possibleRefusals(this.#api, operation);
    if (possible.some((one) => one.condition === condition && one.code === code)) return;
    this.#found.add(`${operation} answered ${code} (${condition})`);
  }

  get list(): readonly string[] {
    return [...this.#found];
  }
}
