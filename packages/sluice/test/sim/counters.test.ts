// What the simulator's server of the limits counts is what the port promises, by the suite that the real ones pass.

import { describe, it } from "vitest";
import type { Limits } from "../../src/gate/stores.ts";
import { Counters } from "../../src/sim/engines/counters.ts";
import { limitsConformance } from "../../src/store/conformance/index.ts";

function limits(): Limits {
  const counters = new Counters();
  return {
    admit: (admission, nowMs) => counters.admit(admission, nowMs),
    release(slots) {
      for (const { id, member } of slots) counters.do({ kind: "release", id, member }, 0);
    },
  };
}

describe("the model of the server of the limits", () => {
  const make = () => ({ stores: { limits: limits() }, close: () => undefined });
  limitsConformance({ describe, it }, make, { traces: 200, seed: "model", clock: "counted" });
});
