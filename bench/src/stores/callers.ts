// Concurrent callers of one ledger: each reserves, settles and begins again, all on one account with
// an allowance and on one budget of each scope.

import { createRequestIds, systemClock, systemRandom } from "sluice/base";
import type { Budget, Ledger } from "sluice/gate";
import { BenchError } from "../machine.ts";
import type { Side, Stretch } from "./interleaved.ts";

/** Never reached. */
const PLENTY = 1_000_000_000_000;
const FUNDS = {
  accountId: "acct_hot",
  allowance: { credits: PLENTY, reset: { kind: "calendar_month" } },
} as const;
const BUDGETS: readonly Budget[] = [
  { scope: "key", id: "key_hot", cap: PLENTY },
  { scope: "project", id: "project_hot", cap: PLENTY },
  { scope: "workspace", id: "workspace_hot", cap: PLENTY },
];
const DEADLINE_MS = 60_000;

export class Callers implements Side {
  readonly #ledger: Ledger;
  readonly #count: number;
  readonly #nextId = createRequestIds(systemClock, systemRandom);
  #pairs = 0;
  /** Of the pairs since it was last taken. */
  #milliseconds: number[] = [];

  constructor(ledger: Ledger, count: number) {
    this.#ledger = ledger;
    this.#count = count;
  }

  async run(forMs: number): Promise<Stretch> {
    const before = this.#pairs;
    const startedMs = performance.now();
    const one = () => this.#callUntil(startedMs + forMs);
    await Promise.all(Array.from({ length: this.#count }, one));
    return { done: this.#pairs - before, elapsedMs: performance.now() - startedMs };
  }

  forget(): void {
    this.#milliseconds = [];
  }

  /** Of the pairs since the last time, in order of length. */
  takeMilliseconds(): readonly number[] {
    const sorted = Float64Array.from(this.#milliseconds).sort();
    this.#milliseconds = [];
    return [...sorted];
  }

  /** What was answered must be what the books say. */
  async checkBooks(): Promise<void> {
    const { used, held } = await this.#ledger.balance(FUNDS, Date.now());
    if (used !== this.#pairs || held !== 0) {
      throw new BenchError(
        `${this.#pairs} credits were charged; the books say ${used}, ${held} held`,
      );
    }
  }

  async #callUntil(endMs: number): Promise<void> {
    for (let nowMs = performance.now(); nowMs < endMs; ) {
      await this.#pair();
      const endedMs = performance.now();
      this.#milliseconds.push(endedMs - nowMs);
      nowMs = endedMs;
    }
  }

  async #pair(): Promise<void> {
    const holdId = this.#nextId();
    const reserveMs = Date.now();
    const reservation = {
      holdId,
      funds: FUNDS,
      budgets: BUDGETS,
      amount: 1,
      expiresAtMs: reserveMs + DEADLINE_MS,
      operation: "listItems",
      keyId: "key_hot",
    };
    const reserved = await this.#ledger.reserve(reservation, reserveMs);
    if (reserved.kind !== "held") throw new BenchError(`A hold was refused: ${reserved.kind}`);
    const settlement = { holdId, charge: 1, rememberMs: 0 };
    const settled = await this.#ledger.settle(settlement, Date.now());
    if (settled.charged !== 1) throw new BenchError(`A hold was not charged: ${settled.kind}`);
    this.#pairs++;
  }
}
