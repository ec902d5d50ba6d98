// The stores on a SQLite file do what the ports promise.

import { describe, it } from "vitest";
import { storeConformance } from "../../../src/store/conformance/index.ts";
import { makeStores } from "./scratch-files.ts";

describe("store/sqlite", () => {
  storeConformance({ describe, it }, () => makeStores(), { traces: 60 });
});
