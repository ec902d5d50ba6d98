// The same laws in as many runs as there is time for: 100,000 seeds take about an hour of one core. TORTURE_SEED is the first,
// TORTURE_SECONDS bounds it; what it says at the end is where the next one goes on.

import { describe, expect, it } from "vitest";
import { runSeed } from "./seeds.ts";

const FIRST = Number(process.env["TORTURE_SEED"] ?? 1_000_000);
const SECONDS = Number(process.env["TORTURE_SECONDS"] ?? 540);
const SEEDS_MAX = 100_000;

describe("no law is broken", () => {
  it(
    `in the runs from seed ${FIRST} on, for ${SECONDS} s`,
    async () => {
      const endMs = performance.now() + SECONDS * 1_000;
      let ran = 0;
      for (; ran < SEEDS_MAX && performance.now() < endMs; ran++) await runSeed(FIRST + ran);
      console.log(`ran ${ran} of ${SEEDS_MAX} seeds; go on with TORTURE_SEED=${FIRST + ran}`);
      expect(ran).toBeGreaterThan(0);
    },
    (SECONDS + 60) * 1_000,
  );
});
