// The request log of one process: the production buffer and writer, over the database that the ledger is in too. What it holds
// and what has arrived there is watched.

import type { LogRow } from "../../gate/index.ts";
import { LogBuffer, LogWriter, WaitingRows } from "../../store/log/index.ts";
import { MemoryRequestLog } from "../../store/memory/index.ts";
import type { Holder } from "../engines/limits-link.ts";
import { StoreLink } from "../engines/store-link.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { NodeClock } from "./node-clock.ts";

/** Few, so that an outage of seconds fills it. */
export const LOG_ROWS_MAX = 60;
const CHUNK_ROWS = 20;
export const LOG_EVERY_MS = 1_000;

export class FarLog extends MemoryRequestLog {
  readonly #world: SimWorld;
  readonly #host: Holder;
  readonly #buffer = new LogBuffer(LOG_ROWS_MAX);
  readonly #rows: WaitingRows;

  constructor(world: SimWorld, host: Holder, clock: NodeClock) {
    super();
    this.#world = world;
    this.#host = host;
    const link = new StoreLink(world, "ledger", host, "log");
    const sink = {
      write: (rows: readonly (readonly unknown[])[]) =>
        link.call("rows", () => {
          for (const [requestId] of rows) world.moments.written(String(requestId));
          return 0;
        }),
      isBusy: false,
    };
    const times = { chunkRows: CHUNK_ROWS, everyMs: LOG_EVERY_MS };
    const writer = new LogWriter({ buffer: this.#buffer, sink, clock, ...times });
    this.#rows = new WaitingRows(this.#buffer, writer);
  }

  override append(row: LogRow): void {
    this.#rows.append(row);
    const { size } = this.#buffer;
    this.#world.moments.logged(this.#host, row.requestId, size, this.#rows.dropped);
  }
}
