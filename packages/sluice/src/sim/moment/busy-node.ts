// One node of a moment: its processor, its way to the limits and to the ledger as production has them, and the way of a
// request.

import { isPromise, type Random, type VirtualClock } from "../../base/index.ts";
import type { Admission, Admitted, LimitRefused } from "../../gate/stores.ts";
import { type Batcher, createBatcher } from "../../store/batch/index.ts";
import { DistantLimits } from "../../store/redis/index.ts";
import type { FarStores } from "./far-stores.ts";
import type { Moment } from "./moment.ts";
import { Loop } from "./processors.ts";

/** As the ledger on PostgreSQL has them by default. */
const PARTITIONS = 2;
const BATCH_MAX = 256;
/** As the log writes: so many rows at once, and none waits longer. */
const CHUNK_ROWS = 1_000;
const LOG_EVERY_MS = 250;
const LEASE_MS = 15_000;
const WINDOW_MS = 60_000;

/** What became of a request. */
export type Ending = "answered" | "overloaded";

export class BusyNode {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #moment: Moment;
  readonly #stores: FarStores;
  readonly #limits: DistantLimits;
  readonly #ledger: readonly Batcher<string, string>[];
  readonly loop: Loop;
  #rows = 0;
  decidedAlone = 0;

  constructor(clock: VirtualClock, random: Random, moment: Moment, stores: FarStores) {
    this.#clock = clock;
    this.#random = random;
    this.#moment = moment;
    this.#stores = stores;
    this.loop = new Loop(clock);
    const { deadlineMs } = moment.limits;
    const settings = { engine: stores.engine, deadlineMs, leaseMs: LEASE_MS };
    this.#limits = new DistantLimits({ ...settings, clock, random });
    const batcher = () => createBatcher({ engine: stores.ledger, batchMax: BATCH_MAX, clock });
    this.#ledger = Array.from({ length: PARTITIONS }, batcher);
    this.#writeLog();
  }

  /** From the first byte to the last: half of a processor's work comes before the limits are asked. */
  serve(number: number, ended: (ending: Ending) => void): void {
    const { lookUpPercent, chargedPercent, node } = this.#moment;
    const isLookedUp = this.#random.float() * 100 < lookUpPercent;
    const isCharged = this.#random.float() * 100 < chargedPercent;
    const halfUs = (node.requestUs + (isCharged ? node.chargedUs : 0)) / 2;
    const answer = (ending: Ending) =>
      this.loop.do(halfUs, () => {
        this.#logged();
        ended(ending);
      });
    const admit = () =>
      this.#admit(number, () => {
        if (isCharged) this.#charge(number, answer);
        else answer("answered");
      });
    this.loop.do(halfUs, isLookedUp ? () => this.#stores.lookUp(admit) : admit);
  }

  close(): Promise<void> {
    return this.#limits.close();
  }

  #admit(number: number, goOn: () => void): void {
    const owner = `key ${number}`;
    const window = { id: owner, limit: 1_000_000, windowMs: WINDOW_MS, cost: 1 };
    const admission: Admission = { windows: [window], slots: [], owner, whenDown: "local" };
    const told = (verdict: Admitted | LimitRefused) => {
      if (verdict.local !== undefined) this.decidedAlone++;
      goOn();
    };
    const decided = this.#limits.admit(admission, this.#clock.monotonicMs());
    if (isPromise(decided)) void decided.then(told);
    else told(decided);
  }

  /** Reserved, and settled: two batches, one after the other, of one partition. */
  #charge(number: number, answer: (ending: Ending) => void): void {
    const ledger = this.#ledger[number % PARTITIONS] as Batcher<string, string>;
    const overloaded = () => answer("overloaded");
    ledger.submit("reserve").then(() => {
      ledger.submit("settle").then(() => answer("answered"), overloaded);
    }, overloaded);
  }

  #logged(): void {
    if (++this.#rows < CHUNK_ROWS) return;
    this.#stores.write(this.#rows);
    this.#rows = 0;
  }

  #writeLog(): void {
    this.#clock.after(LOG_EVERY_MS, () => {
      if (this.#rows > 0) this.#stores.write(this.#rows);
      this.#rows = 0;
      this.#writeLog();
    });
  }
}
