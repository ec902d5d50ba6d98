// The stores in memory do what the ports promise.

import { describe, it } from "vitest";
import { limitsConformance, storeConformance } from "../../src/store/conformance/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";

const make = () => ({ stores: createMemoryStores(), close() {} });

describe("store/memory", () => {
  storeConformance({ describe, it }, make, { traces: 2_000 });
});

describe("store/memory, many traces", () => {
  limitsConformance({ describe, it }, make, { traces: 20_000, seed: "many" });
});
