// The stores that all nodes of a world share.

import { MemoryDirectory, MemoryLedger, MemoryRequestLog } from "../../store/memory/index.ts";
import { LimitsServer } from "../engines/limits-server.ts";
import type { SimWorld } from "../run/sim-world.ts";

export class SharedStores {
  readonly directory = new MemoryDirectory();
  readonly ledger = new MemoryLedger();
  readonly log = new MemoryRequestLog();
  readonly limits: LimitsServer;
  #tickets = 0;

  constructor(world: SimWorld) {
    this.limits = new LimitsServer(world);
  }

  /** One for each question to the limits, over all nodes. */
  readonly nextTicket = (): number => this.#tickets++;
}
