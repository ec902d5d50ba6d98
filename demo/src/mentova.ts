// Mentova behind its gate, in this process: the plain API, the contract, and stores in memory, which begin
// anew at each start.

import { mentova } from "@sluice-apis/mentova/contract";
import { createMentovaUpstream } from "@sluice-apis/mentova/upstream";
import { seededRandom, systemClock, systemRandom } from "sluice/base";
import { createGate, fetchUpstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import type { Demo } from "./seed.ts";

const pepperBytes = 32;

export function createMentova(): Demo {
  const stores = createMemoryStores();
  const upstream = createMentovaUpstream({
    clock: systemClock,
    // One seed for ever: the demo's data has the same ids after each start.
    random: seededRandom("mentova demo"),
  });
  const gate = createGate(mentova, {
    stores,
    upstream: fetchUpstream(upstream.fetch),
    // The stores do not outlive the process, so neither need the digests in them.
    pepper: systemRandom.bytes(pepperBytes),
  });
  return { gate, stores, upstream };
}
