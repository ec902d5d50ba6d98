// The stores that all nodes of a world share.

import type { Directory, Ledger } from "../../gate/stores.ts";
import { MemoryDirectory, MemoryLedger } from "../../store/memory/index.ts";
import { LimitsServer } from "../engines/limits-server.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { besides, type KeptStores } from "./kept-stores.ts";

export const LEDGER_METHODS = [
  ...(["reserve", "settle", "release", "extend", "recall", "expire"] as const),
  ...(["detach", "job", "jobs", "hold"] as const),
];
export const DIRECTORY_METHODS = ["findKey", "workspace", "project"] as const;
const PUTS = ["putAccount", "putWorkspace", "putProject", "putKey"] as const;

export class SharedStores {
  /** What is true: the laws ask these. */
  readonly directory = new MemoryDirectory();
  readonly ledger = new MemoryLedger();
  readonly limits: LimitsServer;
  /** What the gates ask, and whoever changes anything: the same, unless a run is given stores that keep it. */
  readonly asked: { readonly directory: Directory; readonly ledger: Ledger };
  #tickets = 0;

  constructor(world: SimWorld, kept?: KeptStores) {
    this.limits = new LimitsServer(world);
    const directoryMethods = [...DIRECTORY_METHODS, ...PUTS];
    this.asked = {
      directory: besides<Directory>(this.directory, kept?.directory, directoryMethods, world),
      ledger: besides<Ledger>(this.ledger, kept?.ledger, ["grant", ...LEDGER_METHODS], world),
    };
  }

  /** One for each question to the limits, over all nodes. */
  readonly nextTicket = (): number => this.#tickets++;
}
