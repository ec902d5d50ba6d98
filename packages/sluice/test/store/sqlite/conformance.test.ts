// The stores on a SQLite file do what the ports promise.

import { join } from "node:path";
import { describe, it, vi } from "vitest";
import { noticesConformance, storeConformance } from "../../../src/store/conformance/index.ts";
import { openSqliteStores } from "../../../src/store/sqlite/index.ts";
import { makeStores, scratchFolder } from "./scratch-files.ts";

vi.setConfig({ testTimeout: 300_000 });

describe("store/sqlite", () => {
  // The suite's rows are as old as the epoch.
  const log = { retentionMs: Number.POSITIVE_INFINITY };
  storeConformance({ describe, it }, () => makeStores({ log }), { traces: 60 });
});

describe("store/sqlite, opened twice", () => {
  noticesConformance({ describe, it }, async () => {
    const { folder, remove } = scratchFolder();
    const file = join(folder, "sluice.db");
    const [one, other] = [await openSqliteStores({ file }), await openSqliteStores({ file })];
    return {
      stores: { notices: one.notices, others: other.notices },
      async close() {
        await Promise.all([one.close(), other.close()]);
        remove();
      },
    };
  });
});
