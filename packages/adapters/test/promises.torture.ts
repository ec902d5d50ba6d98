// What the gate promises, asked of each adapter over each kind of stores that outlive a process.

import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { describe } from "vitest";
import { adapters } from "./adapters.ts";
import { describeDepartures, describeStreams } from "./describe-departures.ts";
import { describePromises } from "./describe-promises.ts";

const open = startStores();

describe.each(["a file", "servers"] as const)("over stores in %s", (kind) => {
  describe.each(adapters)("the adapter $name", (adapter) => {
    describePromises(adapter, open, kind);
    describeStreams(adapter, open, kind);
    describeDepartures(adapter, open, kind);
  });
});
