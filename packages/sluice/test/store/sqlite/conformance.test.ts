// The stores on a SQLite file do what the ports promise.

import { describe, it, vi } from "vitest";
import { storeConformance } from "../../../src/store/conformance/index.ts";
import { makeStores } from "./scratch-files.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("store/sqlite", () => {
  // The suite's rows are as old as the epoch.
  const log = { retentionMs: Number.POSITIVE_INFINITY };
  storeConformance({ describe, it }, () => makeStores({ log }), { traces: 60 });
});
