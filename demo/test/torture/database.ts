// The database of a fleet, which is stopped as by a power cut and started again.

import type { PostgresServer } from "@sluice-internal/test-servers/postgres";
import { systemClock } from "sluice/base";

/** So long after it is back the servers may still have rows of the log that they kept meanwhile. */
const catchUpMs = 3_000;

interface Outage {
  readonly fromMs: number;
  toMs: number;
}

export class Database {
  readonly outages: Outage[] = [];
  readonly #server: PostgresServer;

  constructor(server: PostgresServer) {
    this.#server = server;
  }

  wasDownSince(sinceMs: number): boolean {
    return (this.outages.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY) >= sinceMs;
  }

  /** Stops it, and starts it when what is done meanwhile is done. */
  async crash(meanwhile: () => Promise<void>): Promise<void> {
    const outage = { fromMs: systemClock.wallMs(), toMs: Number.POSITIVE_INFINITY };
    this.outages.push(outage);
    await this.#server.crash();
    await meanwhile();
    await this.#server.start();
    outage.toMs = systemClock.wallMs();
  }

  /** Since when rows of the log may have waited for it. */
  waitingSinceMs(atMs: number): number {
    const last = this.outages.at(-1);
    return last !== undefined && atMs < last.toMs + catchUpMs ? last.fromMs : atMs;
  }
}
