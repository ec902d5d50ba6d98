// Each answer has a row that gets to the log's database, or is counted as one that does not; and no more wait than may.

import { LOG_EVERY_MS, LOG_ROWS_MAX } from "../nodes/far-log.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const ARRIVES = "each row gets to the log, or is counted as one that does not";
const BOUND = "a log holds no more rows than its bound";

interface Logged {
  /** Rows that have not arrived, and when they were written down. */
  readonly waitingMs: Map<string, number>;
  dropped: number;
}

export class Rows implements Watcher {
  readonly #world: SimWorld;
  readonly #processes = new Map<Process, Logged>();
  readonly #processOf = new Map<string, Logged>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  logged(host: Process, requestId: string, waiting: number, dropped: number): void {
    // What a process had begun in the turn in which it died is gone with it.
    if (!host.isAlive) return;
    const logged = this.#processes.get(host) ?? { waitingMs: new Map<string, number>(), dropped };
    this.#processes.set(host, logged);
    logged.waitingMs.set(requestId, this.#world.nowMs);
    logged.dropped = dropped;
    this.#processOf.set(requestId, logged);
    if (waiting <= LOG_ROWS_MAX) return;
    this.#world.broken(BOUND, `${host.name} holds ${waiting} of ${LOG_ROWS_MAX}`);
  }

  written(requestId: string): void {
    this.#processOf.get(requestId)?.waitingMs.delete(requestId);
    this.#processOf.delete(requestId);
  }

  /** What it held is gone. */
  died(host: Process): void {
    for (const requestId of this.#processes.get(host)?.waitingMs.keys() ?? []) {
      this.#processOf.delete(requestId);
    }
    this.#processes.delete(host);
  }

  atEnd(): void {
    const dueMs = this.#world.nowMs - 2 * LOG_EVERY_MS;
    for (const [host, { waitingMs, dropped }] of this.#processes) {
      const lost = [...waitingMs].filter(([, ms]) => ms <= dueMs).map(([requestId]) => requestId);
      if (lost.length <= dropped) continue;
      const found = `${host.name} counts ${dropped}, and ${lost.length} are missing: ${lost[0]}`;
      this.#world.broken(ARRIVES, found);
    }
  }
}
