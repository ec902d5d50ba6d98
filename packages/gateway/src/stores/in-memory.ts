// Everything in this process: for trying out, and for tests. A restart forgets keys, money and limits.

import { systemRandom } from "sluice/base";
import { createMemoryStores } from "sluice/store/memory";
import type { OpenedStores } from "./opened.ts";
import { shadowLimitsInMemory } from "./shadow-limits.ts";

const PEPPER_BYTES = 32;

export function openInMemory(): OpenedStores {
  return {
    stores: createMemoryStores(),
    pepper: systemRandom.bytes(PEPPER_BYTES),
    shadowLimits: shadowLimitsInMemory(),
    takeOver: async () => undefined,
    started: () => undefined,
    check: async () => undefined,
    close: async () => undefined,
  };
}
