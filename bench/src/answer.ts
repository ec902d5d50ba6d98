// What every benchmark server answers and how it says that it is ready: the same work in each row,
// so that a ratio compares the layers and not the handlers.

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The path that is measured. */
export const ITEMS_PATH = "/v1/items";

/** Where a server with a log on a disk tells what became of its rows. */
export const LOG_REPORT_PATH = "/bench-log-report";

export interface LogReport {
  readonly written: number;
  readonly dropped: number;
  /** Charged by the calls that were written. */
  readonly credits: number;
}

/** 224 bytes as JSON. Each server serialises it for each request, as a real handler would. */
export const ITEMS = {
  object: "list",
  data: [
    { id: "item_8fk2", name: "Brass valve", price_cents: 1250, in_stock: 42 },
    { id: "item_3qz7", name: "Steel hinge", price_cents: 480, in_stock: 317 },
  ],
  has_more: false,
  request_id: "req_01hx7m3k9p2w5tn",
};

/** What a server that checks keys says to a caller it does not know. */
export const REFUSAL = { error: { code: "invalid_api_key", message: "Unknown API key." } };

/** The one key that a guarded server accepts; the harness makes a new one for each run. */
export function benchKey(): string {
  const { BENCH_KEY } = process.env;
  if (BENCH_KEY === undefined || !/^[a-z]+_live_[0-9a-f]{32}$/.test(BENCH_KEY)) {
    throw new Error("BENCH_KEY must be a prefix such as bench_live_ and 32 hex digits");
  }
  return BENCH_KEY;
}

/** Listens on a free local port, tells the harness which, and ends when the harness goes away. */
export function serve(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    announce((server.address() as AddressInfo).port);
  });
}

/** For servers that do their own listening: prints the line that the harness waits for. */
export function announce(port: number): void {
  process.stdin.resume().once("close", () => process.exit(0));
  process.stdout.write(`listening ${port}\n`);
}
