// The laws hold in runs of production code that nobody thought of: 2,000 seeds, the same each time, and those of the past.

import { describe, expect, it } from "vitest";
import { pinnedSeeds, runSeed } from "./seeds.ts";

const SEEDS = 2_000;
/** So many a test, for whoever waits for the first that fails. */
const AT_ONCE = 100;

describe("no law is broken", () => {
  it("in the runs that broke one once", async () => {
    const seeds = pinnedSeeds();
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) await runSeed(seed);
  }, 60_000);

  const firsts = Array.from({ length: SEEDS / AT_ONCE }, (_, at) => 1 + at * AT_ONCE);
  it.each(firsts)(
    `in ${AT_ONCE} runs from seed %i on`,
    async (first) => {
      for (let seed = first; seed < first + AT_ONCE; seed++) await runSeed(seed);
    },
    120_000,
  );
});
